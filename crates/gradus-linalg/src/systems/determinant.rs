//! The determinant.

use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use crate::systems::equilibrium::Equilibrium;
use crate::systems::lu_factors::LuFactors;
use gradus_numeric::{binary_exponent, ldexp};
use nalgebra::DMatrix;

/// Sign and logarithm of a determinant; made by [`slogdet`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogDeterminant {
    /// $`-1`$, $`0`$ or $`1`$.
    pub sign: f64,
    /// $`\ln |\det A|`$; −∞ if the determinant is 0.
    pub ln_abs: f64,
}

/// The determinant of a square matrix.
///
/// ```math
/// \det A = \sum_\pi \operatorname{sgn}(\pi) \prod_i a_{i \pi(i)} = \pm \prod_i u_{ii}, \qquad P A = L U
/// ```
///
/// The signed volume of the box that the columns span: 0 if they lie in a plane.
///
/// # Shapes
///
/// `a: n × n`; the result is a scalar, 1 for n = 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\det(A B) = \det A \det B`$, $`\det A^\top = \det A`$, $`\det(c A) = c^n \det A`$ | `determinants_multiply` |
/// | $`\det A = \prod \lambda_i = \pm \prod \sigma_i`$ | `the_determinant_is_the_product_of_the_eigenvalues_and_up_to_sign_of_the_singular_values` |
/// | exact for whole numbers | `integer_determinants_are_exact` |
/// | $`\det(A + u v^\top) = (1 + v^\top A^{-1} u) \det A`$ | `an_update_of_rank_one_scales_the_determinant` |
/// | of blocks: $`\det A \det(D - C A^{-1} B)`$ | `the_determinant_of_blocks_is_that_of_one_times_its_complement` |
///
/// # Numerics
///
/// Up to eight rows of whole numbers: exact elimination without fractions (Bareiss) in 128-bit integers, then
/// rounded once. Otherwise the product of the pivots of elimination, with its exponent kept apart: nothing
/// overflows on the way. The answer is ±∞ or 0 only if the determinant itself is too large or too small for `T`
/// ([`slogdet`] is finite then), or if elimination cannot tell the matrix from a singular one: of such a matrix neither
/// size nor sign is certain. Whether a matrix is singular is better asked of `rcond` ([`solve`](crate::solve)):
/// the determinant of $`10^{-3} I_{200}`$ is 0 in double precision.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`] for a NaN or infinite entry.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{det, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// assert_eq!(det(&a)?, -2.0);
/// assert_eq!(det(&DMatrix::from_diagonal_element(2, 2, 1e200))?, f64::INFINITY);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// E. H. Bareiss, *Sylvester's identity and multistep integer-preserving Gaussian elimination*, Math. Comp. 22
/// (1968), 565–578, <https://doi.org/10.1090/S0025-5718-1968-0226829-0>; N. J. Higham, *Accuracy and Stability of
/// Numerical Algorithms*, 2nd ed. (2002), §14.6.
#[doc(alias = "determinant")]
pub fn det<T: Scalar>(a: &DMatrix<T>) -> Result<T, LinalgError> {
    let Determinant { mantissa, exponent } = Determinant::new("det", a)?;
    // Beyond this, 0 and ∞ are reached anyway.
    let k = exponent.clamp(-5000, 5000);
    Ok(T::from_f64(ldexp(mantissa, i32::try_from(k).unwrap_or(0))))
}

/// Sign and logarithm of the absolute value of a determinant.
///
/// ```math
/// \det A = s\, e^{\ell}
/// ```
///
/// Finite for every matrix that elimination does not find singular, also where the determinant itself
/// overflows, as those of covariance matrices in a Gaussian likelihood do.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(A) + \ell(A^{-1}) = 0`$, $`s(A) = s(A^{-1})`$ | `log_determinants_of_inverses_cancel` |
/// | $`\ell(2^k A) = \ell(A) + n k \ln 2`$, also where $`\det 2^k A`$ is ±∞ or 0 | `the_log_determinant_is_finite_where_the_determinant_is_not` |
/// | $`\ell(L L^\top) = 2 \sum_i \ln l_{ii}`$ | `the_log_determinant_is_twice_that_of_the_cholesky_factor` |
///
/// # Numerics
///
/// As [`det`]; of a singular matrix the sign is 0 and the logarithm −∞.
///
/// # Errors
///
/// As [`det`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, slogdet};
///
/// let a = DMatrix::<f64>::from_diagonal_element(3, 3, -1e200);
/// let answer = slogdet(&a)?;
/// assert_eq!(answer.sign, -1.0);
/// assert!((answer.ln_abs / (600.0 * 10.0_f64.ln()) - 1.0).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// C. E. Rasmussen and C. K. I. Williams, *Gaussian Processes for Machine Learning* (2006), equation (A.18).
#[doc(alias = "log determinant")]
pub fn slogdet<T: Scalar>(a: &DMatrix<T>) -> Result<LogDeterminant, LinalgError> {
    let Determinant { mantissa, exponent } = Determinant::new("slogdet", a)?;
    if mantissa == 0.0 {
        let (sign, ln_abs) = (0.0, f64::NEG_INFINITY);
        return Ok(LogDeterminant { sign, ln_abs });
    }
    Ok(LogDeterminant {
        sign: mantissa.signum(),
        ln_abs: mantissa.abs().ln() + exponent as f64 * std::f64::consts::LN_2,
    })
}

/// $`m\,2^k`$ with $`m`$ zero or near one.
#[derive(Clone, Copy, Debug)]
struct Determinant {
    mantissa: f64,
    exponent: i64,
}

impl Determinant {
    fn new<T: Scalar>(operation: &'static str, a: &DMatrix<T>) -> Result<Self, LinalgError> {
        if !a.is_square() {
            let shape = shape(a);
            return Err(LinalgError::NotSquare { operation, shape });
        }
        let scaling = Equilibrium::new(a)?;
        if let Some(exact) = exact_determinant(a) {
            return Ok(Self::one().times(exact));
        }
        let lu = LuFactors::new(&scaling.matrix);
        let product = lu.pivots().fold(Self::one(), Self::times);
        Ok(Self {
            mantissa: sign(lu.permutation()) * product.mantissa,
            exponent: product.exponent + scaling.determinant_exponent(a.nrows()),
        })
    }

    fn one() -> Self {
        Self {
            mantissa: 1.0,
            exponent: 0,
        }
    }

    fn times(self, x: f64) -> Self {
        let product = self.mantissa * x;
        let e = binary_exponent(product);
        Self {
            mantissa: ldexp(product, -e),
            exponent: self.exponent + i64::from(e),
        }
    }
}

/// 1 if the permutation is made of an even number of swaps, else −1: every cycle of even length is odd.
fn sign(permutation: &[usize]) -> f64 {
    let mut seen = vec![false; permutation.len()];
    let mut sign = 1.0;
    for start in 0..permutation.len() {
        let mut at = start;
        while !seen[at] {
            seen[at] = true;
            at = permutation[at];
            if !seen[at] {
                sign = -sign;
            }
        }
    }
    sign
}

/// The determinant of a small matrix of whole numbers, unless integers of 128 bits overflow.
fn exact_determinant<T: Scalar>(a: &DMatrix<T>) -> Option<f64> {
    const ROWS: usize = 8;
    const LARGEST: f64 = (1_u64 << 53) as f64;
    let is_whole = |x: &T| x.to_f64().fract() == 0.0 && x.to_f64().abs() <= LARGEST;
    if a.nrows() > ROWS || !a.iter().all(is_whole) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers up to 2⁵³")]
    bareiss(a.map(|x| i128::from(x.to_f64() as i64))).map(|exact| exact as f64)
}

/// $`a_{ij} \leftarrow (a_{kk} a_{ij} - a_{ik} a_{kj}) / a_{k-1,k-1}`$, a division without remainder: every entry
/// is a minor of the matrix, and the last one its determinant.
fn bareiss(mut a: DMatrix<i128>) -> Option<i128> {
    let n = a.nrows();
    let (mut sign, mut previous) = (1, 1);
    for k in 0..n {
        let Some(pivot_row) = (k..n).find(|&i| a[(i, k)] != 0) else {
            return Some(0);
        };
        if pivot_row != k {
            a.swap_rows(k, pivot_row);
            sign = -sign;
        }
        for (j, i) in (k + 1..n).flat_map(|j| (k + 1..n).map(move |i| (j, i))) {
            let product = a[(k, k)].checked_mul(a[(i, j)])?;
            let other = a[(i, k)].checked_mul(a[(k, j)])?;
            a[(i, j)] = product.checked_sub(other)? / previous;
        }
        previous = a[(k, k)];
    }
    // The last pivot; 1 if there is none.
    Some(sign * previous)
}

#[cfg(test)]
mod tests {
    use super::{det, sign, slogdet};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn the_determinant_of_nothing_is_one() -> Result<(), LinalgError> {
        assert_eq!(det(&DMatrix::<f64>::zeros(0, 0))?, 1.0);
        let answer = slogdet(&DMatrix::<f32>::zeros(0, 0))?;
        assert_eq!((answer.sign, answer.ln_abs), (1.0, 0.0));
        assert_eq!(det(&DMatrix::from_element(1, 1, -2.5_f32))?, -2.5);
        assert_eq!(det(&DMatrix::<f64>::zeros(3, 3))?, 0.0);
        assert_eq!(
            slogdet(&DMatrix::<f64>::zeros(9, 9))?.ln_abs,
            f64::NEG_INFINITY
        );
        Ok(())
    }

    #[test]
    fn whole_numbers_have_exact_determinants() -> Result<(), LinalgError> {
        let nearly = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        assert_eq!(det(&DMatrix::from_row_slice(3, 3, &nearly))?, 0.0);
        let swap = DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 1.0, 0.0]);
        assert_eq!(det(&swap)?, -1.0);
        // Fibonacci: (F₇₆ F₇₈ − F₇₇²) = −1, from products of 107 bits.
        let fibonacci = [
            3416454622906707.0,
            5527939700884757.0,
            5527939700884757.0,
            8944394323791464.0,
        ];
        assert_eq!(det(&DMatrix::from_row_slice(2, 2, &fibonacci))?, -1.0);
        Ok(())
    }

    #[test]
    fn determinants_leave_the_range_only_at_the_end() -> Result<(), LinalgError> {
        let diagonal = |x: &[f64]| DMatrix::from_diagonal(&nalgebra::DVector::from_row_slice(x));
        assert_eq!(det(&diagonal(&[1e200, -1e200]))?, f64::NEG_INFINITY);
        assert_eq!(det(&diagonal(&[1e-200, 1e-200]))?, 0.0);
        let one = det(&diagonal(&[1e200, 1e-200]))?;
        assert!((one - 1.0).abs() <= 2.0 * f64::EPSILON);
        assert!(slogdet(&diagonal(&[5e-324; 40]))?.ln_abs > -40.0 * 745.0);
        let half = DMatrix::<f64>::identity(100, 100) * 0.5;
        assert_eq!(det(&half)?, 2.0_f64.powi(-100));
        Ok(())
    }

    #[test]
    fn cycles_of_even_length_are_odd() {
        assert_eq!(sign(&[]), 1.0);
        assert_eq!(sign(&[1, 0, 2]), -1.0);
        assert_eq!(sign(&[1, 2, 0]), 1.0);
        assert_eq!(sign(&[1, 0, 3, 2]), 1.0);
    }

    #[test]
    fn only_finite_squares_have_determinants() {
        assert!(matches!(
            det(&DMatrix::<f64>::zeros(1, 2)),
            Err(LinalgError::NotSquare { .. })
        ));
        assert!(matches!(
            det(&DMatrix::from_element(1, 1, f64::NAN)),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 0,
                ..
            })
        ));
    }
}
