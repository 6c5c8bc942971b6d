//! The reference answer to `521_ridge_gradient`.

pub fn ridge_gradient(theta: &[f64], lambda: f64) -> Vec<f64> {
    theta.iter().map(|t| lambda * t).collect()
}
