//! What a test sample may not tell. Book: *Pipelines without leaks*.

/// The test samples, standardized: $`(x - \mu) / s`$, with mean μ and deviation s (divisor n) of the *training* samples.
///
/// The training samples are not all equal.
pub fn standardize_apart(train: &[f64], test: &[f64]) -> Vec<f64> {
    todo!("{train:?} {test:?}")
}

gradus_judges::judge!(standardize_apart);
