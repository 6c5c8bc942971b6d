//! The gradient of the L2 penalty. Book: *Regularization*.

/// The gradient of the penalty $`\tfrac{\lambda}{2} \sum_i \theta_i^2`$.
pub fn ridge_gradient(theta: &[f64], lambda: f64) -> Vec<f64> {
    todo!("{theta:?} {lambda:?}")
}

gradus_judges::judge!(ridge_gradient);
