//! The slope of the L1 penalty. Book: *Regularization*.

/// A gradient of the penalty $`\lambda \sum_i \lvert \theta_i \rvert`$; where $`\theta_i = 0`$ there is a kink, and the entry
/// is 0.
pub fn lasso_gradient(theta: &[f64], lambda: f64) -> Vec<f64> {
    todo!("{theta:?} {lambda:?}")
}

gradus_judges::judge!(lasso_gradient);
