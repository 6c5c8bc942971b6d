//! The way into a factorization and out of it: finite, in `f64`, near one.

use crate::error::LinalgError;
use crate::kernels::vector::{largest, largest_of};
use crate::kernels::view::{column_mut, columns};
use crate::scalar::Scalar;
use gradus_numeric::{Float, binary_exponent, ldexp};
use nalgebra::DMatrix;

/// $`A = 2^e \hat A`$ with the largest entry of $`\hat A`$ in $`[1, 2)`$, or all of them zero.
///
/// Every factorization runs in `f64` on $`\hat A`$: the power of two is exact, no square overflows, and
/// tolerances need not know the size of $`A`$. An entry that underflows is $`10^{308}`$ times smaller
/// than the largest one.
#[derive(Debug)]
pub(crate) struct Scaled {
    pub(crate) matrix: DMatrix<f64>,
    pub(crate) exponent: i32,
    /// $`\lVert \hat A \rVert_{\max}`$.
    pub(crate) largest: f64,
}

impl Scaled {
    /// Refuses NaN and infinite entries before any arithmetic.
    pub(crate) fn new<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        Self::named("a", a)
    }

    /// As [`Self::new`], of an argument with another name.
    pub(crate) fn named<T: Float>(
        argument: &'static str,
        a: &DMatrix<T>,
    ) -> Result<Self, LinalgError> {
        let size = size(argument, a)?;
        Ok(Self::by(a, size, binary_exponent(size)))
    }

    /// With an even exponent, so with a largest entry in $`[1, 4)`$: square roots scale back exactly.
    pub(crate) fn even<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        let size = size("a", a)?;
        Ok(Self::by(a, size, binary_exponent(size) & !1))
    }

    /// A number of the size of $`\hat A`$ on the scale of $`A`$.
    pub(crate) fn restored(&self, x: f64) -> f64 {
        ldexp(x, self.exponent)
    }

    fn by<T: Float>(a: &DMatrix<T>, size: f64, exponent: i32) -> Self {
        Self {
            matrix: rescaled(a, exponent),
            exponent,
            largest: ldexp(size, -exponent),
        }
    }
}

/// Every column with its own power of two: $`b_j = 2^{e_j} \hat b_j`$.
#[derive(Debug)]
pub(crate) struct ScaledColumns {
    pub(crate) matrix: DMatrix<f64>,
    pub(crate) exponents: Vec<i32>,
}

impl ScaledColumns {
    /// Refuses NaN and infinite entries before any arithmetic.
    pub(crate) fn new<T: Float>(b: &DMatrix<T>) -> Result<Self, LinalgError> {
        Self::named("a", b)
    }

    /// As [`Self::new`], of an argument with another name.
    pub(crate) fn named<T: Float>(
        argument: &'static str,
        b: &DMatrix<T>,
    ) -> Result<Self, LinalgError> {
        size(argument, b)?;
        let mut exponents = vec![0; b.ncols()];
        let mut entries = Vec::with_capacity(b.len());
        for (b, e) in columns(b).zip(&mut exponents) {
            *e = binary_exponent(largest(b));
            extend_scaled(&mut entries, b, -*e, |x| x);
        }
        let matrix = DMatrix::from_vec(b.nrows(), b.ncols(), entries);
        Ok(Self { matrix, exponents })
    }

    /// The matrix itself, in `T`, unless an entry is too large for it.
    pub(crate) fn unscaled<T: Scalar>(
        mut self,
        operation: &'static str,
    ) -> Result<DMatrix<T>, LinalgError> {
        for (j, e) in self.exponents.iter().enumerate() {
            scale(column_mut(&mut self.matrix, j), *e);
        }
        finite(T::rounded(self.matrix), operation)
    }
}

/// $`2^k \hat A`$ in `T`, unless an entry is too large for it.
pub(crate) fn unscaled<T: Scalar>(
    a: DMatrix<f64>,
    k: i32,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    finite(rounded(a, k), operation)
}

/// $`2^k \hat A`$ in `T`, where no entry can be too large for it.
pub(crate) fn rounded<T: Scalar>(mut a: DMatrix<f64>, k: i32) -> DMatrix<T> {
    scale(a.as_mut_slice(), k);
    T::rounded(a)
}

/// The matrix, unless rounding to `T` has made an entry infinite.
pub(crate) fn finite<T: Scalar>(
    a: DMatrix<T>,
    operation: &'static str,
) -> Result<DMatrix<T>, LinalgError> {
    if largest_of(a.as_slice()).is_nan() {
        return Err(LinalgError::Overflow { operation });
    }
    Ok(a)
}

/// $`2^{-e} A`$.
pub(crate) fn rescaled<T: Float>(a: &DMatrix<T>, e: i32) -> DMatrix<f64> {
    let mut scaled = Vec::with_capacity(a.len());
    extend_scaled(&mut scaled, a.as_slice(), -e, |x| x);
    DMatrix::from_vec(a.nrows(), a.ncols(), scaled)
}

/// $`x \leftarrow 2^k x`$.
fn scale(x: &mut [f64], k: i32) {
    if k == 0 {
        return;
    }
    if k.abs() < ONE_STEP {
        let factor = ldexp(1.0, k);
        for x in x {
            *x *= factor;
        }
    } else {
        for x in x {
            *x = ldexp(*x, k);
        }
    }
}

/// Appends $`2^k x`$, rounded.
pub(crate) fn extend_scaled<S: Float, T>(
    y: &mut Vec<T>,
    x: &[S],
    k: i32,
    round: impl Fn(f64) -> T,
) {
    if k.abs() < ONE_STEP {
        let factor = ldexp(1.0, k);
        y.extend(x.iter().map(|x| round(x.to_f64() * factor)));
    } else {
        y.extend(x.iter().map(|x| round(ldexp(x.to_f64(), k))));
    }
}

/// Below this, $`2^k`$ is a number, and [`ldexp`] one multiplication.
const ONE_STEP: i32 = 1000;

/// The largest absolute value, unless an entry is NaN or infinite.
pub(crate) fn size<T: Float>(argument: &'static str, a: &DMatrix<T>) -> Result<f64, LinalgError> {
    let size = largest_of(a.as_slice());
    if size.is_finite() {
        return Ok(size);
    }
    let at = a.iter().position(|x| !x.is_finite()).unwrap_or(0);
    Err(not_finite(argument, at, a.nrows(), a.as_slice()))
}

/// The error that tells which entry of which argument is not finite; `at` counts column by column.
pub(crate) fn not_finite<T: Float>(
    argument: &'static str,
    at: usize,
    rows: usize,
    entries: &[T],
) -> LinalgError {
    LinalgError::NonFinite {
        argument,
        row: at % rows,
        column: at / rows,
        value: entries[at].to_f64(),
    }
}
