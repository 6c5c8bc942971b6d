//! Back through batch normalization. Book: *Normalization*.

/// The gradient by x of a loss whose gradient by the normalized values $`y_i = (x_i - \bar x) / \sqrt{s^2 + 10^{-5}}`$ is `g`; the
/// variance $`s^2`$ has the divisor m.
pub fn batch_norm_gradient(x: &[f64], g: &[f64]) -> Vec<f64> {
    todo!("{x:?} {g:?}")
}

gradus_judges::judge!(batch_norm_gradient);
