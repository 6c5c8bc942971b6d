//! The variance of data. Book: *Mean and variance of data*.

/// The variance $`\frac{1}{n - 1} \sum_i (x_i - \bar x)^2`$ of at least two numbers.
///
/// Data far away from zero lose no digits.
pub fn variance(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(variance);
