//! The polar decomposition.

use crate::checked::check::{check_orthonormal, check_product, times};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::view;
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// $`A = U P`$; made by [`polar`].
#[derive(Clone, Debug, PartialEq)]
pub struct Polar<T: Scalar> {
    /// $`U`$: the rotation (or reflection); orthonormal columns, or rows if there are fewer rows.
    pub u: DMatrix<T>,
    /// $`P`$: the stretching; symmetric to the bit, positive semidefinite.
    pub p: DMatrix<T>,
}

/// Decomposes a matrix into a stretching along perpendicular directions and a rotation after it.
///
/// ```math
/// A = U P, \qquad U^\top U = I, \qquad P = P^\top = \sqrt{A^\top A} \succeq 0
/// ```
///
/// The matrix form of $`z = e^{i \varphi} |z|`$. Of all matrices with orthonormal columns $`U`$ is the one
/// nearest to $`A`$ (in the Frobenius norm and the 2-norm): the way to repair a rotation that has drifted,
/// and the direction of steepest descent for a weight matrix measured by its 2-norm.
///
/// # Shapes
///
/// `a: m × n`; `u: m × n`, `p: n × n`. For $`m < n`$ it is the rows of $`U`$ that are orthonormal.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`U P = A`$ | `a_matrix_is_its_rotation_times_its_stretching` |
/// | $`U^\top U = I`$, or $`U U^\top = I`$ | `the_polar_rotation_is_orthonormal` |
/// | $`P = P^\top \succeq 0`$ | `the_polar_stretching_is_positive_semidefinite` |
/// | no orthonormal matrix is nearer than $`U`$ | `no_orthonormal_matrix_is_nearer_than_the_polar_one` |
///
/// # Numerics
///
/// From the singular value decomposition $`A = W \Sigma V^\top`$ in `f64` on $`2^{-e} A`$:
/// $`U = W V^\top`$, $`P = V \Sigma V^\top`$. [Checked](crate#how-an-answer-is-checked): $`A - U P`$ (relative) and
/// orthonormality, both within $`10\,m\,n\,u`$. $`P`$ is unique; $`U`$ is where $`A`$ has full rank, and one of
/// many otherwise.
///
/// # Errors
///
/// [`LinalgError::NonFinite`]; [`LinalgError::Overflow`] if an entry of $`P`$ is too large for `T`;
/// [`LinalgError::TooLarge`] if $`P`$ is too large for memory; [`LinalgError::NoDecomposition`] and
/// [`LinalgError::Inaccurate`] as [`svd`](crate::svd).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, polar};
///
/// // First stretched by 2 and 3 along the axes, then turned by a quarter.
/// let a = DMatrix::from_row_slice(2, 2, &[0.0, -3.0, 2.0, 0.0]);
/// let polar = polar(&a)?;
/// let turn = DMatrix::from_row_slice(2, 2, &[0.0, -1.0, 1.0, 0.0]);
/// let stretching = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 3.0]);
/// assert!((polar.u - turn).amax() < 1e-15_f64 && (polar.p - stretching).amax() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Functions of Matrices* (2008), §8.1 and theorem 8.4.
#[doc(alias = "procrustes")]
#[doc(alias = "orthogonalize")]
pub fn polar<T: Scalar>(a: &DMatrix<T>) -> Result<Polar<T>, LinalgError> {
    check_size::<f64>("polar", Shape::new(a.ncols(), a.ncols()))?;
    let a = Scaled::new(a)?;
    let svd = Triples::new(&a.matrix)?;
    let u = times(view(&svd.u), view(&svd.v).transposed());
    let p = stretching(&svd);
    let wide = u.nrows() < u.ncols();
    let columns = if wide {
        view(&u).transposed()
    } else {
        view(&u)
    };
    check_orthonormal("polar, columns of u", columns)?;
    check_product("polar, residual", &a.matrix, &[view(&u), view(&p)])?;
    Ok(Polar {
        u: unscaled(u, 0, "polar")?,
        p: unscaled(p, a.exponent, "polar")?,
    })
}

/// $`V \Sigma V^\top`$, as $`B B^\top`$ with $`B = V \sqrt\Sigma`$: symmetric, one triangle mirrored.
fn stretching(svd: &Triples) -> DMatrix<f64> {
    let root = DMatrix::from_fn(svd.v.nrows(), svd.sigma.len(), |i, j| {
        svd.v[(i, j)] * svd.sigma[j].sqrt()
    });
    let product = times(view(&root), view(&root).transposed());
    let n = product.nrows();
    DMatrix::from_fn(n, n, |i, j| product[(i.max(j), i.min(j))])
}

#[cfg(test)]
mod tests {
    use super::polar;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_have_empty_factors() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let polar = polar(&DMatrix::<f64>::zeros(m, n))?;
            assert_eq!((polar.u.shape(), polar.p.shape()), ((m, n), (n, n)));
        }
        Ok(())
    }

    #[test]
    fn numbers_have_a_sign_and_a_modulus() -> Result<(), LinalgError> {
        for (x, sign) in [(-3.0_f64, -1.0), (4.0, 1.0), (1e300, 1.0), (-1e-300, -1.0)] {
            let polar = polar(&DMatrix::from_element(1, 1, x))?;
            assert_eq!(polar.u[(0, 0)], sign);
            assert!((polar.p[(0, 0)] / x.abs() - 1.0).abs() <= 2.0 * f64::EPSILON);
        }
        Ok(())
    }

    #[test]
    fn a_column_is_a_direction_and_a_length() -> Result<(), LinalgError> {
        let column = DMatrix::from_column_slice(2, 1, &[3.0, -4.0]);
        let tall = polar(&column)?;
        assert!((tall.p[(0, 0)] - 5.0_f64).abs() < 1e-14);
        assert!((tall.u[(0, 0)] - 0.6).abs() < 1e-15 && (tall.u[(1, 0)] + 0.8).abs() < 1e-15);
        let wide = polar(&column.transpose())?;
        assert!((wide.u[(0, 1)] + 0.8).abs() < 1e-15);
        assert!((wide.p[(0, 1)] + 2.4).abs() < 1e-14); // 3 · (−4) / 5
        Ok(())
    }

    #[test]
    fn zero_is_any_rotation_of_nothing() -> Result<(), LinalgError> {
        let polar = polar(&DMatrix::<f32>::zeros(3, 2))?;
        assert_eq!(polar.p, DMatrix::zeros(2, 2));
        assert_eq!(polar.u.transpose() * polar.u, DMatrix::identity(2, 2));
        Ok(())
    }

    #[test]
    fn not_a_number_is_refused() {
        let a = DMatrix::from_row_slice(1, 2, &[1.0, f64::NAN]);
        assert!(matches!(
            polar(&a),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 1,
                ..
            })
        ));
    }
}
