//! The gradient of linear regression. Book: *Linear regression*.

/// The gradient of the mean squared error $`\frac{1}{m} \sum_i (x_i^\top \theta - y_i)^2`$ by θ. Row i of `x` is the sample $`x_i`$.
pub fn linear_regression_gradient(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
    todo!("{x:?} {y:?} {theta:?}")
}

gradus_judges::judge!(linear_regression_gradient);
