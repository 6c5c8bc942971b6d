//! The LU factorization.

use crate::checked::check::{frobenius, ratio, rounding, seen_at_most};
use crate::checked::probe::{difference, frobenius_of_map, image};
use crate::checked::scaled::{Scaled, rounded, unscaled};
use crate::checked::size::check_rows;
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::permutation::{is_permutation, permuted};
use crate::kernels::view::view;
use crate::scalar::Scalar;
use crate::systems::lu_factors::LuFactors;
use crate::systems::triangular::{Triangle, solve_triangular};
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// $`P A = L U`$; made by [`lu`].
#[derive(Clone, Debug, PartialEq)]
pub struct Lu<T: Scalar> {
    /// $`P`$: row `i` of $`P A`$ is row `permutation[i]` of $`A`$.
    pub permutation: Vec<usize>,
    /// $`L`$: ones on the diagonal, zeros above it, no entry larger than 1.
    pub l: DMatrix<T>,
    /// $`U`$: zeros below the diagonal; the pivots are on it.
    pub u: DMatrix<T>,
}

/// Decomposes a matrix into a lower and an upper triangle, by elimination.
///
/// ```math
/// P A = L U, \qquad l_{ii} = 1,\ |l_{ij}| \le 1, \qquad l_{ij} = 0 \text{ for } i < j, \qquad u_{ij} = 0 \text{ for } i > j
/// ```
///
/// What Gaussian elimination knows in the end: $`U`$ is the triangle that is left, $`L`$ holds the factors by which
/// rows were subtracted, $`P`$ the order in which rows became pivot rows.
///
/// # Shapes
///
/// `a: m × n`, also singular; with $`k = \min(m, n)`$: `permutation: m`, `l: m × k`, `u: k × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P A = L U`$ within $`\gamma \lVert L \rVert \lVert U \rVert`$ | `l_times_u_is_the_matrix_with_its_rows_permuted` |
/// | exact ones and zeros, $`\lvert l_{ij} \rvert \le 1`$ | `l_and_u_are_triangular` |
///
/// # Numerics
///
/// Partial pivoting in `f64` on $`2^{-e} A`$; $`P A = L U`$ is [checked](crate#how-an-answer-is-checked).
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a NaN or infinite entry; [`LinalgError::Overflow`] if an entry of $`U`$ is too
/// large for `T`; [`LinalgError::Inaccurate`] if the check fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{lu, nalgebra::DMatrix};
///
/// let lu = lu(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 4.0, 4.0]))?;
/// assert_eq!(lu.permutation, [1, 0]);
/// assert_eq!(lu.l, DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.25, 1.0]));
/// assert_eq!(lu.u, DMatrix::from_row_slice(2, 2, &[4.0, 4.0, 0.0, 1.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §9.1, theorem 9.3.
#[doc(alias = "Gaussian elimination")]
pub fn lu<T: Scalar>(a: &DMatrix<T>) -> Result<Lu<T>, LinalgError> {
    check_size::<usize>("lu", Shape::new(a.nrows(), 1))?;
    let a = Scaled::new(a)?;
    let elimination = LuFactors::new(&a.matrix);
    let permutation = elimination.permutation().to_vec();
    let (l, u) = elimination.into_triangles();
    check_product(&a.matrix, &permutation, &l, &u)?;
    Ok(Lu {
        permutation,
        l: rounded(l, 0),
        u: unscaled(u, a.exponent, "lu")?,
    })
}

impl<T: Scalar> Lu<T> {
    /// $`x`$ with $`A x = b`$, by $`L y = P b`$ and $`U x = y`$.
    ///
    /// For one system, [`solve`](crate::solve) says more: its answer carries condition and errors.
    ///
    /// # Errors
    ///
    /// [`LinalgError::Singular`] if a pivot is 0; [`LinalgError::ShapeMismatch`] also if the permutation was changed to
    /// what is none; otherwise as [`solve_triangular`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{lu, nalgebra::{DMatrix, DVector}};
    ///
    /// let lu = lu(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 4.0, 4.0]))?;
    /// let x = lu.solve(&DVector::from_row_slice(&[5.0, 6.0]))?;
    /// assert_eq!(x, DVector::from_row_slice(&[-2.0, 3.5]));
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    pub fn solve(&self, b: &DVector<T>) -> Result<DVector<T>, LinalgError> {
        check_rows("lu, solve", &self.l, b.len())?;
        check_rows("lu, solve", &self.u, b.len())?;
        if self.permutation.len() != b.len() || !is_permutation(&self.permutation) {
            return Err(LinalgError::ShapeMismatch {
                operation: "lu, solve",
                left: Shape::new(self.permutation.len(), 1),
                right: Shape::new(b.len(), 1),
            });
        }
        let permuted = DVector::from_vec(permuted(&self.permutation, b.as_slice()));
        let y = solve_triangular(&self.l, &permuted, Triangle::UnitLower)?;
        solve_triangular(&self.u, &y, Triangle::Upper)
    }
}

/// $`\lVert P A - L U \rVert_F \le t \lVert L \rVert_F \lVert U \rVert_F`$, as far as images tell.
fn check_product(
    a: &DMatrix<f64>,
    permutation: &[usize],
    l: &DMatrix<f64>,
    u: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    if a.is_empty() {
        return Ok(());
    }
    let (m, n) = a.shape();
    let residual = frobenius_of_map(n, |v| {
        let image_of_a = permuted(permutation, &image(view(a), v));
        difference(image_of_a, &image(view(l), &image(view(u), v)))
    });
    let found = ratio(residual, frobenius(l) * frobenius(u));
    seen_at_most("lu, residual", found, rounding(m.min(n), 1))
}

#[cfg(test)]
mod tests {
    use super::{check_product, lu};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn any_shape_has_factors() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0), (2, 5), (5, 2)] {
            let a = DMatrix::from_fn(m, n, |i, j| (i * 3 + j) as f64);
            let lu = lu(&a)?;
            assert_eq!(lu.l.shape(), (m, m.min(n)));
            assert_eq!(lu.u.shape(), (m.min(n), n));
        }
        Ok(())
    }

    #[test]
    fn wrong_factors_are_found() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 4.0, 4.0]);
        let lu = lu(&a)?;
        assert!(check_product(&a, &lu.permutation, &lu.l, &lu.u).is_ok());
        assert!(check_product(&a, &[0, 1], &lu.l, &lu.u).is_err());
        assert!(check_product(&a, &lu.permutation, &lu.l.add_scalar(1e-13), &lu.u).is_err());
        Ok(())
    }

    #[test]
    fn singular_matrices_have_factors_but_no_solution() -> Result<(), LinalgError> {
        let lu = lu(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 4.0]))?;
        assert_eq!(lu.u, DMatrix::from_row_slice(2, 2, &[2.0, 4.0, 0.0, 0.0]));
        assert!(matches!(
            lu.solve(&DVector::from_element(2, 1.0)),
            Err(LinalgError::Singular { .. })
        ));
        assert!(matches!(
            lu.solve(&DVector::from_element(3, 1.0)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        Ok(())
    }

    #[test]
    fn a_permutation_of_other_rows_is_refused() -> Result<(), LinalgError> {
        let b = DVector::from_element(2, 1.0);
        for permutation in [vec![], vec![0], vec![1, 2], vec![1, 1], vec![0, 1, 1]] {
            let mut lu = lu(&DMatrix::<f64>::identity(2, 2))?;
            lu.permutation = permutation;
            assert!(matches!(
                lu.solve(&b),
                Err(LinalgError::ShapeMismatch { .. })
            ));
        }
        Ok(())
    }

    /// 1 / 10⁻³¹⁰ is infinite, 5·10⁻³¹¹ / 10⁻³¹⁰ is not.
    #[test]
    fn pivots_without_a_reciprocal_divide() -> Result<(), LinalgError> {
        for n in [2, 50] {
            let mut a = DMatrix::<f64>::identity(n, n);
            for (i, j, entry) in [
                (2, 2, 1e-310),
                (1, 2, 5e-311),
                (2, 1, 5e-311),
                (1, 1, 1e-310),
            ] {
                a[(n - i, n - j)] = entry;
            }
            let lu = lu(&a)?;
            assert!((lu.l[(n - 1, n - 2)] - 0.5).abs() < 1e-12);
        }
        Ok(())
    }

    #[test]
    fn the_factors_of_great_matrices_solve_systems() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(70, 70, |i, j| {
            ((3 * i + 1) as f64 * (2 * j + 1) as f64).sin()
        });
        let b = DVector::from_fn(70, |i, _| a.row(i).sum());
        let x = lu(&a)?.solve(&b)?;
        assert!(x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-9));
        Ok(())
    }
}
