//! The way into a factorization and out of it: finite, in `f64`, near one.

use crate::error::LinalgError;
use crate::vector::greatest;
use faer::{Mat, MatRef};
use gradus_numeric::{Float, binary_exponent, ldexp};
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
        Ok(Self::by(a, binary_exponent(size(a)?)))
    }

    /// With an even exponent, hence a greatest entry in $`[1, 4)`$: square roots scale back exactly.
    pub(crate) fn even<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        Ok(Self::by(a, binary_exponent(size(a)?) & !1))
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

    fn by<T: Float>(a: &DMatrix<T>, exponent: i32) -> Self {
        let matrix = rescaled(a, |_| exponent);
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
        size(b)?;
        let columns = b.as_slice().chunks_exact(b.nrows().max(1));
        let mut exponents: Vec<i32> = columns.map(|x| binary_exponent(greatest(x))).collect();
        exponents.resize(b.ncols(), 0);
        let matrix = rescaled(b, |j| exponents[j]);
        Ok(Self { matrix, exponents })
    }

    /// The matrix itself, in `T`, unless an entry is too great for it.
    pub(crate) fn unscaled<T: Float>(
        &self,
        operation: &'static str,
    ) -> Result<DMatrix<T>, LinalgError> {
        restored(self.matrix.as_ref(), |j| self.exponents[j], operation)
    }
}

/// $`2^k \hat A`$ in `T`, unless an entry is too great for it.
pub(crate) fn unscaled<T: Float>(
    a: MatRef<'_, f64>,
    k: i32,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    restored(a, |_| k, operation)
}

/// The matrix, unless rounding to `T` has made an entry infinite.
pub(crate) fn finite<T: Float>(
    a: DMatrix<T>,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    if greatest(a.as_slice()).is_nan() {
        return Err(LinalgError::Overflow { operation });
    }
    Ok(a)
}

/// $`2^{k_j} \hat a_j`$ for every column, in `T`, unless an entry is too great for it.
fn restored<T: Float>(
    a: MatRef<'_, f64>,
    k: impl Fn(usize) -> i32,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    let mut entries = Vec::with_capacity(a.nrows() * a.ncols());
    for j in 0..a.ncols() {
        match a.col(j).try_as_col_major() {
            Some(x) => extend_scaled(&mut entries, x.as_slice(), k(j), T::from_f64),
            None => entries.extend(a.col(j).iter().map(|x| T::from_f64(ldexp(*x, k(j))))),
        }
    }
    finite(DMatrix::from_vec(a.nrows(), a.ncols(), entries), operation)
}

/// $`\hat b_j = 2^{-e_j} b_j`$ for every column.
pub(crate) fn rescaled<T: Float>(b: &DMatrix<T>, exponent: impl Fn(usize) -> i32) -> Mat<f64> {
    let mut scaled = Mat::zeros(b.nrows(), b.ncols());
    let columns = b.as_slice().chunks_exact(b.nrows().max(1));
    for (j, column) in columns.enumerate() {
        scale_into(scaled.col_as_slice_mut(j), column, -exponent(j));
    }
    scaled
}

/// $`y = 2^k x`$.
pub(crate) fn scale_into<T: Float>(y: &mut [f64], x: &[T], k: i32) {
    let pairs = y.iter_mut().zip(x);
    if k.abs() < ONE_STEP {
        let factor = ldexp(1.0, k);
        pairs.for_each(|(y, x)| *y = x.to_f64() * factor);
    } else {
        pairs.for_each(|(y, x)| *y = ldexp(x.to_f64(), k));
    }
}

/// Appends $`2^k x`$, rounded.
pub(crate) fn extend_scaled<T>(y: &mut Vec<T>, x: &[f64], k: i32, round: impl Fn(f64) -> T) {
    if k.abs() < ONE_STEP {
        let factor = ldexp(1.0, k);
        y.extend(x.iter().map(|x| round(x * factor)));
    } else {
        y.extend(x.iter().map(|x| round(ldexp(*x, k))));
    }
}

/// Below this, $`2^k`$ is a number, and [`ldexp`] one multiplication.
const ONE_STEP: i32 = 1000;

/// The greatest absolute value, unless an entry is NaN or infinite.
pub(crate) fn size<T: Float>(a: &DMatrix<T>) -> Result<f64, LinalgError> {
    let size = greatest(a.as_slice());
    if size.is_finite() {
        return Ok(size);
    }
    let at = a.iter().position(|x| !x.is_finite()).unwrap_or(0);
    let (row, column) = (at % a.nrows(), at / a.nrows());
    let value = a[(row, column)].to_f64();
    Err(LinalgError::NonFinite { row, column, value })
}
