//! What Gaussian noise leaves open. Book: *Privacy*.

/// The δ that Gaussian noise gives for an ε: $`\Phi(\frac{1}{2\sigma} - \epsilon\sigma) - e^\epsilon\, \Phi(-\frac{1}{2\sigma} - \epsilon\sigma)`$.
///
/// `noise` is σ > 0, the standard deviation over the sensitivity, and ε ≥ 0. Φ is `gradus_numeric::normal_cdf`.
pub fn gaussian_delta(noise: f64, epsilon: f64) -> f64 {
    todo!("{noise} {epsilon}")
}

gradus_judges::judge!(gaussian_delta);
