//! The gradient of the mean squared error. Book: *Squared error and its relatives*.

/// The gradient of $`\frac{1}{m} \sum_i (p_i - y_i)^2`$ by the predictions p. There is no ½ in this loss.
pub fn mean_squared_error_gradient(p: &[f64], y: &[f64]) -> Vec<f64> {
    todo!("{p:?} {y:?}")
}

gradus_judges::judge!(mean_squared_error_gradient);
