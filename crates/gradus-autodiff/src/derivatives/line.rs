//! A point and a direction.

use crate::error::AutodiffError;
use crate::forward::Dual;
use gradus_numeric::Real;
use std::iter::zip;

/// The line $`x + v\,\varepsilon`$.
pub(super) fn line<R: Real>(x: &[R], v: &[R]) -> Result<Vec<Dual<R>>, AutodiffError> {
    check_lengths(x.len(), v.len())?;
    Ok(zip(x, v).map(|(&x, &v)| Dual::new(x, v)).collect())
}

pub(super) fn check_lengths(left: usize, right: usize) -> Result<(), AutodiffError> {
    if left == right {
        Ok(())
    } else {
        Err(AutodiffError::LengthMismatch { left, right })
    }
}
