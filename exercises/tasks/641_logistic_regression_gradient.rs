//! The gradient of logistic regression. Book: *Logistic regression*.

/// The gradient of the mean cross-entropy of $`p_i = \sigma(x_i^\top \theta)`$ by θ. Row i of `x` is the sample $`x_i`$, y holds
/// 0 and 1.
pub fn logistic_regression_gradient(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
    todo!("{x:?} {y:?} {theta:?}")
}

gradus_judges::judge!(logistic_regression_gradient);
