//! The reference answer to `522_lasso_gradient`.

pub fn lasso_gradient(theta: &[f64], lambda: f64) -> Vec<f64> {
    let sign = |t: f64| if t == 0.0 { 0.0 } else { t.signum() };
    theta.iter().map(|&t| lambda * sign(t)).collect()
}
