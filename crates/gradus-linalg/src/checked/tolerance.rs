//! What counts as zero.

use crate::error::LinalgError;
use gradus_numeric::Float;

/// A tolerance is 0 or larger.
pub(crate) fn check_tolerance(tolerance: f64) -> Result<(), LinalgError> {
    if tolerance >= 0.0 {
        return Ok(());
    }
    Err(LinalgError::Domain {
        name: "tolerance",
        value: tolerance,
        domain: "at least 0",
    })
}

/// $`\max(m, n)\,\varepsilon`$: what rounding leaves of a singular value 0 if the largest is 1.
pub(crate) fn noise<T: Float>(m: usize, n: usize) -> f64 {
    m.max(n) as f64 * T::EPSILON.to_f64()
}

/// How many of the sorted singular values exceed $`t\,\sigma_1`$.
pub(crate) fn count_above(sigma: &[f64], tolerance: f64) -> usize {
    let bound = tolerance * sigma.first().copied().unwrap_or(0.0);
    sigma.iter().take_while(|&&s| s > bound).count()
}
