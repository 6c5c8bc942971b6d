//! The way into a factorization and out of it: finite, in `f64`, near one.

use crate::error::LinalgError;
use crate::view::view;
use faer::{Mat, MatRef};
use gradus_numeric::{Float, binary_exponent, ldexp, norm_infinity};
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
        Ok(Self::by(
            a,
            binary_exponent(norm_infinity(a.as_slice()).to_f64()),
        ))
    }

    /// With an even exponent, hence a greatest entry in $`[1, 4)`$: square roots scale back exactly.
    pub(crate) fn even<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        check_finite(a)?;
        Ok(Self::by(
            a,
            binary_exponent(norm_infinity(a.as_slice()).to_f64()) & !1,
        ))
    }

    /// A number of the size of $`\hat A`$ on the scale of $`A`$.
    pub(crate) fn restored(&self, x: f64) -> f64 {
        ldexp(x, self.exponent)
    }

    /// $`\hat A`$ for products with vectors.
    pub(crate) fn dense(&self) -> DMatrix<f64> {
        DMatrix::from_fn(self.matrix.nrows(), self.matrix.ncols(), |i, j| {
            self.matrix[(i, j)]
        })
    }

    fn by<T: Float>(a: &DMatrix<T>, e: i32) -> Self {
        let matrix = Mat::from_fn(a.nrows(), a.ncols(), |i, j| ldexp(a[(i, j)].to_f64(), -e));
        let exponent = e;
        Self { matrix, exponent }
    }
}

/// Every column with its own power of two: $`b_j = 2^{e_j} \hat b_j`$.
#[derive(Debug)]
pub(crate) struct ScaledColumns {
    pub(crate) matrix: Mat<f64>,
    pub(crate) exponents: Vec<i32>,
}

impl ScaledColumns {
    /// Refuses NaN and infinite entries before any arithmetic.
    pub(crate) fn new<T: Float>(b: &DMatrix<T>) -> Result<Self, LinalgError> {
        check_finite(b)?;
        let column = |j| view(b).column(j).collect::<Vec<T>>();
        let exponents: Vec<i32> = (0..b.ncols())
            .map(|j| binary_exponent(norm_infinity(&column(j)).to_f64()))
            .collect();
        let matrix = rescaled(b, &exponents);
        Ok(Self { matrix, exponents })
    }

    /// The matrix itself, in `T`, unless an entry is too great for it.
    pub(crate) fn unscaled<T: Float>(
        &self,
        operation: &'static str,
    ) -> Result<DMatrix<T>, LinalgError> {
        let entry = |i, j| T::from_f64(ldexp(self.matrix[(i, j)], self.exponents[j]));
        finite(
            DMatrix::from_fn(self.matrix.nrows(), self.matrix.ncols(), entry),
            operation,
        )
    }
}

/// $`2^k \hat A`$ in `T`, unless an entry is too great for it.
pub(crate) fn unscaled<T: Float>(
    a: MatRef<'_, f64>,
    k: i32,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    let entry = |i, j| T::from_f64(ldexp(a[(i, j)], k));
    finite(DMatrix::from_fn(a.nrows(), a.ncols(), entry), operation)
}

/// The matrix, unless rounding to `T` has made an entry infinite.
pub(crate) fn finite<T: Float>(
    a: DMatrix<T>,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    if a.iter().all(|x| x.is_finite()) {
        Ok(a)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

/// $`\hat b_j = 2^{-e_j} b_j`$ for every column.
pub(crate) fn rescaled<T: Float>(b: &DMatrix<T>, exponents: &[i32]) -> Mat<f64> {
    Mat::from_fn(b.nrows(), b.ncols(), |i, j| {
        ldexp(b[(i, j)].to_f64(), -exponents[j])
    })
}

/// The first entry, column by column, that is NaN or infinite.
pub(crate) fn check_finite<T: Float>(a: &DMatrix<T>) -> Result<(), LinalgError> {
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
