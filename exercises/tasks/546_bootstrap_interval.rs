//! How sure is a mean? Book: *Confidence*.

/// The percentile interval of the mean of `x` by the bootstrap. Each entry of `picks` is one resample: the numbers of the
/// entries of x that were drawn, with repetitions.
///
/// Sort the B means of the resamples; the interval goes from the one of rank ⌈q B⌉ to the one of rank ⌈(1 − q) B⌉, where
/// q = (1 − level) / 2 and ranks count from 1.
pub fn bootstrap_interval(x: &[f64], picks: &[Vec<usize>], level: f64) -> (f64, f64) {
    todo!("{x:?} {picks:?} {level}")
}

gradus_judges::judge!(bootstrap_interval);
