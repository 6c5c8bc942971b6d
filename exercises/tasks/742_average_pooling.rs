//! A smaller picture. Book: *Convolution*.

/// The means over blocks of k × k pixels that lie side by side; what is left over at the right and at the bottom is dropped.
/// The picture is given as rows.
pub fn average_pooling(picture: &[Vec<f64>], k: usize) -> Vec<Vec<f64>> {
    todo!("{picture:?} {k}")
}

gradus_judges::judge!(average_pooling);
