//! How sure is a slope? Book: *Standard errors*.

/// The standard error of the slope of the line of least squares: $`\sqrt{\hat\sigma^2 / \sum_i (x_i - \bar x)^2}`$ with
/// $`\hat\sigma^2 = \sum_i r_i^2 / (n - 2)`$, where the $`r_i`$ are the residuals of that line.
///
/// There are three samples at least, and the x are not all equal.
pub fn slope_error(x: &[f64], y: &[f64]) -> f64 {
    todo!("{x:?} {y:?}")
}

gradus_judges::judge!(slope_error);
