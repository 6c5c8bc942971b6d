//! Data moved and mapped: $`W (x - \mu)`$ and $`W y + \mu`$.

use crate::checked::check::times;
use crate::checked::scaled::{Scaled, finite, unscaled};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{shape, view};
use crate::scalar::Scalar;
use gradus_numeric::{Shape, binary_exponent, ldexp, norm_infinity};
use nalgebra::{DMatrix, DVector};

/// $`W (x - \mu)`$ for every column of $`x`$, in `f64` and rounded once.
pub(crate) fn map_deviations<T: Scalar>(
    operation: &'static str,
    w: &DMatrix<T>,
    x: &DMatrix<T>,
    mean: &DVector<T>,
) -> Result<DMatrix<T>, LinalgError> {
    fits(operation, mean.len(), x)?;
    check_size::<f64>(operation, Shape::new(w.nrows(), x.ncols()))?;
    let (w, x) = (Scaled::named("w", w)?, Scaled::named("x", x)?);
    let largest = norm_infinity(mean.as_slice()).to_f64();
    // One more, for a difference may be twice as large as either.
    let e = 1 + x.exponent.max(binary_exponent(largest));
    let (p, n) = x.matrix.shape();
    let deviations = DMatrix::from_fn(p, n, |i, j| {
        ldexp(x.matrix[(i, j)], x.exponent - e) - ldexp(mean[i].to_f64(), -e)
    });
    let mapped = times(view(&w.matrix), view(&deviations));
    unscaled(mapped, w.exponent + e, operation)
}

/// $`W y + \mu`$ for every column of $`y`$, in `f64` and rounded once.
pub(crate) fn map_and_move<T: Scalar>(
    operation: &'static str,
    w: &DMatrix<T>,
    y: &DMatrix<T>,
    mean: &DVector<T>,
) -> Result<DMatrix<T>, LinalgError> {
    fits(operation, w.ncols(), y)?;
    check_size::<f64>(operation, Shape::new(w.nrows(), y.ncols()))?;
    let (w, y) = (Scaled::named("w", w)?, Scaled::named("y", y)?);
    let mapped = times(view(&w.matrix), view(&y.matrix));
    let entry = |i: usize, j: usize| {
        let moved = ldexp(mapped[(i, j)], w.exponent + y.exponent) + mean[i].to_f64();
        T::from_f64(moved)
    };
    finite(
        DMatrix::from_fn(mapped.nrows(), mapped.ncols(), entry),
        operation,
    )
}

/// Whether the data have this many rows.
fn fits<T: Scalar>(
    operation: &'static str,
    rows: usize,
    x: &DMatrix<T>,
) -> Result<(), LinalgError> {
    if x.nrows() == rows {
        return Ok(());
    }
    Err(LinalgError::ShapeMismatch {
        operation,
        left: Shape::new(rows, 1),
        right: shape(x),
    })
}
