//! What share is explained? Book: *Standard errors*.

/// The coefficient of determination $`R^2 = 1 - \sum_i (y_i - \hat y_i)^2 / \sum_i (y_i - \bar y)^2`$; y is the truth and ŷ is predicted.
///
/// The truth is not constant.
pub fn r_squared(truth: &[f64], predicted: &[f64]) -> f64 {
    todo!("{truth:?} {predicted:?}")
}

gradus_judges::judge!(r_squared);
