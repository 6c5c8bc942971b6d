//! The exponential of a matrix.

use crate::checked::scaled::{Scaled, unscaled};
use crate::error::LinalgError;
use crate::functions::pade::{Powers, THETA, column_sum_norm, doubled};
use crate::functions::squaring::{squared, triangle_squared};
use crate::kernels::view::{columns, shape};
use crate::scalar::Scalar;
use crate::spectra::balanced::Balanced;
use nalgebra::DMatrix;

/// The exponential of a square matrix.
///
/// ```math
/// e^A = \sum_{k=0}^{\infty} \frac{A^k}{k!}
/// ```
///
/// $`x(t) = e^{A t} x_0`$ is the solution of $`x' = A x`$: where the linear flow along $`A`$ leads in the time 1. It turns
/// sums that commute into products, skew-symmetric matrices into rotations, and eigenvalues λ into $`e^\lambda`$. It is
/// not the exponential of every entry.
///
/// # Shapes
///
/// `a: n × n`; the result too.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`e^A e^{-A} = I`$ | `the_exponential_of_the_opposite_is_the_inverse` |
/// | $`e^{A + B} = e^A e^B`$ if $`A B = B A`$ | `exponentials_of_commuting_matrices_multiply` |
/// | $`\det e^A = e^{\operatorname{tr} A}`$ | `the_determinant_of_the_exponential_is_the_exponential_of_the_trace` |
/// | $`e^{A^\top} = (e^A)^\top`$ | `the_exponential_of_the_transpose_is_the_transpose` |
/// | $`e^{Q D Q^\top} = Q e^D Q^\top`$ | `the_exponential_acts_on_eigenvalues` |
/// | a skew-symmetric matrix gives a rotation | `the_exponential_of_a_skew_matrix_is_orthogonal` |
/// | $`e^{D^{-1} A D} = D^{-1} e^A D`$, in any units | `the_exponential_is_the_same_in_any_units` |
/// | a triangle has $`e^{t_{ii}}`$ on its diagonal, and divided differences beside it | `the_exponential_of_a_triangle_is_known_beside_its_diagonal` |
///
/// # Numerics
///
/// The sum itself is a poor algorithm: for $`A = -30`$ it gives no right digit. Here
/// $`e^A = (r(2^{-s} A))^{2^s}`$: the matrix is halved $`s`$ times, until the Padé approximant
/// $`r(x) = p(x) / p(-x)`$ of degree 13 has an error below the rounding, and the approximant is squared $`s`$ times.
/// $`s`$ is chosen by the sizes of powers of $`A`$, not of $`A`$ alone, which halves no further than needed. A matrix with
/// entries of very different size is first brought to units in which rows and columns are of one size,
/// $`e^A = D e^{D^{-1} A D} D^{-1}`$ with powers of two on the diagonal of $`D`$: its size is then that of its
/// eigenvalues rather than of a single large entry. For triangles the diagonal and the entries beside it are known exactly
/// at each squaring, so that they err by a few roundings, whatever their size.
///
/// Computed in `f64`. The relative error is about $`2^s n u`$ in these units, where
/// $`2^s \lesssim \max(1, \lVert A \rVert)`$: the condition number of the problem is at least $`\lVert A \rVert`$.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::Overflow`] if an entry is too large for `T`,
/// or on the way for `f64`; [`LinalgError::Inaccurate`] if no digit is certain after all squarings: for triangles by a
/// bound of the error, for others if $`2^s u \ge 1`$, unless the result underflows to zero.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matrix_exponential, nalgebra::DMatrix};
///
/// // A shear: its square is zero, so the series has two terms.
/// let shear = DMatrix::from_row_slice(2, 2, &[0.0, 5.0, 0.0, 0.0]);
/// assert_eq!(matrix_exponential(&shear)?, DMatrix::from_row_slice(2, 2, &[1.0, 5.0, 0.0, 1.0]));
///
/// // A quarter turn.
/// let turn = DMatrix::from_row_slice(2, 2, &[0.0, -1.0, 1.0, 0.0]) * std::f64::consts::FRAC_PI_2;
/// let rotation = matrix_exponential(&turn)?;
/// assert!((rotation[(1, 0)] - 1.0).abs() < 1e-15 && rotation[(0, 0)].abs() < 1e-15);
///
/// // Far from normal: the corner is 1e40 (e⁻¹ − e⁻²).
/// let far = matrix_exponential(&DMatrix::from_row_slice(2, 2, &[-1.0, 1e40, 0.0, -2.0]))?;
/// assert!((far[(0, 1)] / (1e40 * ((-1.0_f64).exp() - (-2.0_f64).exp())) - 1.0).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// A. H. Al-Mohy and N. J. Higham, *A new scaling and squaring algorithm for the matrix exponential*, SIAM J. Matrix
/// Anal. Appl. 31 (2009), 970–989, algorithm 5.1 with degree 13 only
/// and code fragment 2.1, <https://doi.org/10.1137/09074721X>;
/// N. J. Higham, *The scaling and squaring method for the matrix exponential revisited*, SIAM J. Matrix Anal. Appl.
/// 26 (2005), 1179–1193, <https://doi.org/10.1137/04061101X>.
#[doc(alias = "expm")]
pub fn matrix_exponential<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let operation = "matrix_exponential";
    if !a.is_square() {
        let shape = shape(a);
        return Err(LinalgError::NotSquare { operation, shape });
    }
    let a = Scaled::new(a)?;
    let a = doubled(&a.matrix, a.exponent);
    let x = if is_upper_triangle(&a.transpose()) {
        in_units(&a.transpose())?.transpose()
    } else {
        in_units(&a)?
    };
    unscaled(x, 0, operation)
}

/// The exponential, by way of units in which the matrix is small.
fn in_units(a: &DMatrix<f64>) -> Result<DMatrix<f64>, LinalgError> {
    // Where nothing is halved, there is nothing to gain.
    if column_sum_norm(a) <= THETA {
        return scaled_and_squared(a);
    }
    let balanced = Balanced::new(a);
    let x = scaled_and_squared(&balanced.matrix)?;
    Ok(balanced.undone(&x))
}

/// $`(r(2^{-s} A))^{2^s}`$.
fn scaled_and_squared(a: &DMatrix<f64>) -> Result<DMatrix<f64>, LinalgError> {
    let powers = Powers::new(a);
    let halvings = powers.halvings();
    let x = powers.pade(halvings);
    let squarings = powers.halved + halvings;
    if is_upper_triangle(a) {
        triangle_squared(a, x, squarings)
    } else {
        squared(x, squarings)
    }
}

/// Whether all entries below the diagonal are zero.
fn is_upper_triangle(a: &DMatrix<f64>) -> bool {
    let mut below = columns(a).enumerate().flat_map(|(j, a)| &a[j + 1..]);
    below.all(|x| *x == 0.0)
}

#[cfg(test)]
mod tests {
    use super::matrix_exponential;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};
    use std::f64::consts::{E, PI};

    fn exp(n: usize, a: &[f64]) -> Result<DMatrix<f64>, LinalgError> {
        matrix_exponential(&DMatrix::from_row_slice(n, n, a))
    }

    fn assert_near(found: &DMatrix<f64>, expected: &[f64], tolerance: f64) {
        let n = found.nrows();
        let expected = DMatrix::from_row_slice(n, n, expected);
        let size = expected.amax();
        assert!(
            (found - &expected).amax() <= tolerance * size,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn zero_and_nothing() {
        assert_eq!(exp(0, &[]), Ok(DMatrix::zeros(0, 0)));
        assert_eq!(exp(3, &[0.0; 9]), Ok(DMatrix::identity(3, 3)));
    }

    #[test]
    fn nilpotent_matrices_have_finite_series() -> Result<(), LinalgError> {
        let n = [0.0, 2.0, 3.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0];
        assert_near(
            &exp(3, &n)?,
            &[1.0, 2.0, 7.0, 0.0, 1.0, 4.0, 0.0, 0.0, 1.0],
            1e-15,
        );
        // Far from normal: halving by the norm of A would lose every digit.
        let far = exp(2, &[0.0, 1e20, 0.0, 0.0])?;
        assert_eq!((far[(0, 0)], far[(0, 1)], far[(1, 1)]), (1.0, 1e20, 1.0));
        let far = exp(2, &[5.0, 1e20, 0.0, -5.0])?;
        assert!((far[(0, 0)] / 5.0_f64.exp() - 1.0).abs() < 1e-14);
        assert!((far[(1, 1)] / (-5.0_f64).exp() - 1.0).abs() < 1e-14);
        assert!((far[(0, 1)] / (1e20 * 5.0_f64.sinh() / 5.0) - 1.0).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn diagonals_and_rotations() -> Result<(), LinalgError> {
        assert_near(
            &exp(2, &[1.0, 0.0, 0.0, -2.0])?,
            &[E, 0.0, 0.0, (-2.0_f64).exp()],
            16.0 * f64::EPSILON,
        );
        let angle = 7.0 * PI / 3.0;
        let (sin, cos) = (0.75_f64.sqrt(), 0.5);
        let turn = exp(2, &[0.0, -angle, angle, 0.0])?;
        assert_near(&turn, &[cos, -sin, sin, cos], 16.0 * f64::EPSILON);
        // [[1, 1], [0, 1]]: e times a shear.
        assert_near(
            &exp(2, &[1.0, 1.0, 0.0, 1.0])?,
            &[E, E, 0.0, E],
            16.0 * f64::EPSILON,
        );
        Ok(())
    }

    #[test]
    fn scalars_agree_with_the_exponential_of_numbers() -> Result<(), LinalgError> {
        for x in [1e-300, -1e-9, 0.5, -3.0, 20.0, -30.0, 200.0, -700.0, 709.0] {
            let found = exp(1, &[x])?[(0, 0)];
            assert!((found / x.exp() - 1.0).abs() <= 8.0 * f64::EPSILON * x.abs().max(1.0));
        }
        assert_eq!(exp(1, &[-1e300])?[(0, 0)], 0.0);
        let single = matrix_exponential(&DMatrix::from_element(1, 1, 1.0_f32))?;
        assert_eq!(single[(0, 0)], std::f32::consts::E);
        Ok(())
    }

    /// 1e40 (e⁻¹ − e⁻²) is 2.3254415793482963e39.
    #[test]
    fn matrices_far_from_normal_have_answers() -> Result<(), LinalgError> {
        let corner = 1e40 * ((-1.0_f64).exp() - (-2.0_f64).exp());
        for at in [[0, 1], [1, 0]] {
            let mut a = DMatrix::from_row_slice(2, 2, &[-1.0, 0.0, 0.0, -2.0]);
            a[(at[0], at[1])] = 1e40;
            let e = matrix_exponential(&a)?;
            assert!((e[(at[0], at[1])] / corner - 1.0).abs() < 4.0 * f64::EPSILON);
            assert_eq!(e[(0, 0)], (-1.0_f64).exp());
        }
        assert_eq!(
            exp(2, &[0.0, 1e50, 0.0, 0.0])?,
            DMatrix::from_row_slice(2, 2, &[1.0, 1e50, 0.0, 1.0])
        );
        let decayed = DMatrix::from_row_slice(2, 2, &[0.0, 0.0, 0.0, 1.0]);
        assert_eq!(exp(2, &[-1e20, 0.0, 0.0, 0.0])?, decayed);
        assert_eq!(exp(2, &[-1e300, 0.0, 0.0, 0.0])?, decayed);
        let far = exp(2, &[5.0, 1e300, 0.0, -5.0])?;
        assert!((far[(0, 1)] / (1e300 * 5.0_f64.sinh() / 5.0) - 1.0).abs() < 1e-14);
        // Not a triangle: a rotation in units that differ by 2⁶⁰ is a rotation in these units.
        let unit = 2.0_f64.powi(60);
        let turn = exp(2, &[0.0, -unit * PI, PI / unit, 0.0])?;
        assert!((turn[(0, 0)] + 1.0).abs() < 1e-14 && (turn[(1, 1)] + 1.0).abs() < 1e-14);
        assert!((turn[(0, 1)] / unit).abs() < 1e-14 && (turn[(1, 0)] * unit).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn what_overflows_or_has_no_digits_is_refused() {
        for x in [710.0, 1e4, 1e300, f64::MAX] {
            assert!(matches!(exp(1, &[x]), Err(LinalgError::Overflow { .. })));
        }
        let large = DMatrix::from_diagonal(&DVector::from_row_slice(&[89.0_f32, 1.0]));
        assert!(matches!(
            matrix_exponential(&large),
            Err(LinalgError::Overflow { .. })
        ));
        for angle in [1e17, 1e300] {
            assert!(exp(2, &[0.0, -angle, angle, 0.0]).is_err());
        }
        let far = exp(2, &[500.0, 1e300, 0.0, -5.0]);
        assert!(matches!(far, Err(LinalgError::Overflow { .. })));
    }

    #[test]
    fn what_is_not_a_square_of_numbers_is_refused() {
        let wide = DMatrix::<f64>::zeros(2, 3);
        assert!(matches!(
            matrix_exponential(&wide),
            Err(LinalgError::NotSquare { .. })
        ));
        let bad = exp(2, &[1.0, 0.0, f64::NAN, 1.0]);
        assert!(matches!(
            bad,
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
    }
}
