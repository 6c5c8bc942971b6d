//! Normalization of one sample. Book: *Normalization*.

/// Brings every sample, one a row, to mean 0 and variance 1 over its features: $`(x - \bar x) / \sqrt{s^2 + 10^{-5}}`$, where the
/// variance $`s^2`$ has the divisor n. What the other samples are does not matter.
pub fn layer_norm(samples: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{samples:?}")
}

gradus_judges::judge!(layer_norm);
