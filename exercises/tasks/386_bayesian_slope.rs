//! A slope, and how sure it is. Book: *Bayesian linear regression*.

/// Mean and variance of what is believed of the slope w of $`y_j = w x_j + \text{noise}`$, with the prior $`w \sim N(0, 1 / \alpha)`$ and
/// normal noise of the variance $`1 / \beta`$.
///
/// The precision is $`\alpha + \beta \sum_j x_j^2`$, its reciprocal the variance s, and the mean $`s \beta \sum_j x_j y_j`$.
pub fn bayesian_slope(x: &[f64], y: &[f64], alpha: f64, beta: f64) -> (f64, f64) {
    todo!("{x:?} {y:?} {alpha:?} {beta:?}")
}

gradus_judges::judge!(bayesian_slope);
