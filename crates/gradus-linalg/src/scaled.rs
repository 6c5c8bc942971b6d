//! The way into a factorization and out of it: finite, in `f64`, near one.

use crate::error::LinalgError;
use crate::norm::greatest;
use crate::power::{exponent, scale};
use faer::{Mat, MatRef};
use gradus_numeric::Float;
use nalgebra::DMatrix;

/// $`A = 2^e \hat A`$ with the greatest entry of $`\hat A`$ in $`[1, 2)`$, or all of them zero.
///
/// Every factorization runs in `f64` on $`\hat A`$: the power of two is exact, no square overflows, and
/// tolerances need not know the size of $`A`$. An entry that underflows is $`10^{308}`$ times smaller
/// than the greatest one.
#[derive(Debug)]
pub(crate) struct Scaled {
    pub(crate) matrix: Mat<f64>,
    pub(crate) exponent: i32,
}

impl Scaled {
    /// Refuses NaN and infinite entries before any arithmetic.
    pub(crate) fn new<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        check_finite(a)?;
        let e = exponent(greatest(a.as_slice()));
        let matrix = Mat::from_fn(a.nrows(), a.ncols(), |i, j| scale(a[(i, j)].to_f64(), -e));
        Ok(Self {
            matrix,
            exponent: e,
        })
    }
}

/// $`2^k \hat A`$ in `T`, unless an entry is too great for it.
pub(crate) fn unscaled<T: Float>(
    a: MatRef<'_, f64>,
    k: i32,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    let a = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        T::from_f64(scale(a[(i, j)], k))
    });
    if a.iter().all(|x| x.is_finite()) {
        Ok(a)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

/// The first entry, column by column, that is NaN or infinite.
fn check_finite<T: Float>(a: &DMatrix<T>) -> Result<(), LinalgError> {
    match a.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(at) => {
            let (row, column) = (at % a.nrows(), at / a.nrows());
            Err(LinalgError::NonFinite {
                row,
                column,
                value: a[(row, column)].to_f64(),
            })
        }
    }
}
