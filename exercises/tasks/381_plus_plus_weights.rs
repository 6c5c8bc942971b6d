//! Where should the next center be? Book: *Clouds of points*.

/// How k-means++ draws the next center: the probability of each sample, proportional to the square of its distance from the nearest of the
/// centers so far, which are samples themselves, given by their numbers.
///
/// Without a center all samples are equally likely. Not all samples are centers, and no two are equal.
pub fn plus_plus_weights(x: &[Vec<f64>], centers: &[usize]) -> Vec<f64> {
    todo!("{x:?} {centers:?}")
}

gradus_judges::judge!(plus_plus_weights);
