//! Normalizing a batch. Book: *Normalization*.

/// Batch normalization of one channel: the values of a batch minus their mean, divided by $`\sqrt{s^2 + \varepsilon}`$, where $`s^2`$ is the
/// variance with the divisor m and $`\varepsilon = 10^{-5}`$.
pub fn batch_norm(x: &[f64]) -> Vec<f64> {
    todo!("{x:?}")
}

gradus_judges::judge!(batch_norm);
