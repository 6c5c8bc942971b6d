//! Eigenvalues and eigenvectors of a symmetric matrix.

use crate::checked::check::{
    check_orthonormal, frobenius, largest_entry, ratio, rounding, seen_at_most,
};
use crate::checked::probe::{difference, frobenius_of_map, image, symmetric_image};
use crate::checked::scaled::{Scaled, unscaled};
use crate::error::LinalgError;
use crate::factorizations::cholesky::check_symmetric;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::sign::{signs, times_signs};
use crate::kernels::view::{shape, view};
use crate::scalar::Scalar;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
use faer::{Par, Spec, diag::Diag};
use gradus_numeric::ldexp;
use nalgebra::{DMatrix, DVector};

/// $`A = V \Lambda V^\top`$; made by [`symmetric_eigen`].
#[derive(Clone, Debug, PartialEq)]
pub struct SymmetricEigen<T: Scalar> {
    /// $`\lambda_1 \ge \lambda_2 \ge \dots \ge \lambda_n`$: largest first, with its sign.
    pub values: DVector<T>,
    /// $`V`$: orthonormal eigenvectors, one a column, in the order of the values.
    pub vectors: DMatrix<T>,
}

/// Decomposes a symmetric matrix into perpendicular directions that it only stretches.
///
/// ```math
/// A = V \Lambda V^\top, \qquad V^\top V = I, \qquad
/// \Lambda = \operatorname{diag}(\lambda_1 \ge \dots \ge \lambda_n)
/// ```
///
/// Along $`v_i`$ the matrix multiplies by $`\lambda_i`$: $`A v_i = \lambda_i v_i`$. For a covariance matrix the
/// directions are the principal components, for a Hessian the axes of the bowl, and
/// $`\lambda_1 / \lambda_n`$ says how narrow it is.
///
/// # Shapes
///
/// `a: n × n`; `values: n`, `vectors: n × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`V \Lambda V^\top = A`$ | `eigenpairs_recompose_a_symmetric_matrix` |
/// | $`V^\top V = I`$ | `eigenvectors_of_a_symmetric_matrix_are_orthonormal` |
/// | $`\lambda_1 \ge \lambda_2 \ge \dots`$ | `symmetric_eigenvalues_are_sorted` |
/// | $`\operatorname{tr} A = \sum \lambda_i`$, $`\lVert A \rVert_F^2 = \sum \lambda_i^2`$ | `trace_and_frobenius_norm_are_sums_over_the_spectrum` |
/// | $`\lambda_n \le x^\top A x / x^\top x \le \lambda_1`$ | `rayleigh_quotients_lie_between_the_extreme_eigenvalues` |
/// | $`\lvert \lambda_i(A + E) - \lambda_i(A) \rvert \le \lVert E \rVert_2`$ (Weyl) | `eigenvalues_move_no_further_than_the_matrix` |
/// | a principal submatrix has eigenvalues in between (Cauchy) | `eigenvalues_of_a_principal_submatrix_interlace` |
/// | $`\lambda(X^\top X) \ge 0`$ | `gram_matrices_have_no_negative_eigenvalue` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$, reads the lower triangle, and is [checked](crate#how-an-answer-is-checked)
/// before it is returned: residual
/// $`\lVert A - V \Lambda V^\top \rVert_F`$ and loss of orthogonality within $`10\,n^2 u`$ (relative). Where the
/// iteration fails, it is tried once more with zeros for entries $`2^{160}`$ times smaller than the largest. An
/// eigenvalue is right within that times $`\lVert A \rVert`$, so those below
/// $`\varepsilon \lVert A \rVert`$ are noise. Vectors are unique up to sign, and up to rotation where
/// eigenvalues coincide; the sign is chosen so that the first of the entries of largest modulus (within
/// $`\sqrt\varepsilon`$) is positive.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::NotSymmetric`] if
/// $`|a_{ij} - a_{ji}| > n\,\varepsilon\,\lVert A \rVert_{\max}`$ (with the $`\varepsilon`$ of `T`);
/// [`LinalgError::Overflow`] if an eigenvalue is too large for `T`; [`LinalgError::NoDecomposition`] and
/// [`LinalgError::Inaccurate`] if the iteration or the check of the answer fails.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, symmetric_eigen};
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
/// let eigen = symmetric_eigen(&a)?; // 3 along (1, 1), 1 along (1, -1)
/// assert!((eigen.values[0] - 3.0_f64).abs() < 1e-15 && (eigen.values[1] - 1.0).abs() < 1e-15);
/// assert!((eigen.vectors[(0, 1)] - 0.5_f64.sqrt()).abs() < 1e-15);
/// assert!((eigen.vectors[(1, 1)] + 0.5_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §8.1 and §8.3.
#[doc(alias = "spectral theorem")]
#[doc(alias = "eigh")]
pub fn symmetric_eigen<T: Scalar>(a: &DMatrix<T>) -> Result<SymmetricEigen<T>, LinalgError> {
    let operation = "symmetric_eigen";
    if !a.is_square() {
        return Err(LinalgError::NotSquare {
            operation,
            shape: shape(a),
        });
    }
    let a = Scaled::new(a)?;
    check_symmetric(&a, T::EPSILON.to_f64())?;
    let (lambda, v) = diagonalized(&a.matrix)?;
    let values: DMatrix<T> = unscaled(lambda, a.exponent, operation)?;
    Ok(SymmetricEigen {
        values: values.column(0).into_owned(),
        vectors: unscaled(v, 0, operation)?,
    })
}

/// The eigenvalues of a symmetric matrix, largest first.
///
/// The very numbers that [`symmetric_eigen`] gives: vectors are computed too, for without them the values
/// could not be checked.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the same with and without vectors | `symmetric_eigenvalues_do_not_depend_on_the_question` |
///
/// # Errors
///
/// As [`symmetric_eigen`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, symmetric_eigenvalues};
///
/// let swap = DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 1.0, 0.0]);
/// let lambda = symmetric_eigenvalues(&swap)?;
/// assert!((lambda[0] - 1.0_f64).abs() < 1e-15 && (lambda[1] + 1.0).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §8.1.
#[doc(alias = "eigvalsh")]
pub fn symmetric_eigenvalues<T: Scalar>(a: &DMatrix<T>) -> Result<DVector<T>, LinalgError> {
    symmetric_eigen(a).map(|eigen| eigen.values)
}

/// The checked eigenvalues (a column) and oriented eigenvectors of a scaled symmetric matrix.
fn diagonalized(a: &DMatrix<f64>) -> Result<(DMatrix<f64>, DMatrix<f64>), LinalgError> {
    let n = a.nrows();
    let (lambda, v) = ascending(a).or_else(|_| ascending(&without_dust(a)))?;
    let lambda = DMatrix::from_fn(n, 1, |i, _| lambda[n - 1 - i]);
    let v = DMatrix::from_fn(n, n, |i, j| v[(i, n - 1 - j)]);
    check_orthonormal("symmetric_eigen, vectors", view(&v))?;
    check_residual(a, &lambda, &v)?;
    let signs = signs(&v);
    Ok((lambda, times_signs(v, &signs)))
}

/// $`\lVert A - V \Lambda V^\top \rVert_F \le t \lVert A \rVert_F`$, as far as images tell; reads the lower triangle of `a`.
fn check_residual(
    a: &DMatrix<f64>,
    lambda: &DMatrix<f64>,
    v: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    let n = a.nrows();
    let residual = frobenius_of_map(n, |x| {
        let along = image(view(v).transposed(), x);
        let stretched = lambda.iter().zip(along).map(|(l, x)| x.map(|x| l * x));
        let recomposed = image(view(v), &stretched.collect::<Vec<_>>());
        difference(symmetric_image(a, x), &recomposed)
    });
    let found = ratio(residual, frobenius(a));
    seen_at_most("symmetric_eigen, residual", found, rounding(n, n))
}

/// With zeros for entries that are $`2^{160}`$ times smaller than the largest: a tiny fraction of rounding, and what
/// has kept the iteration from its end.
fn without_dust(a: &DMatrix<f64>) -> DMatrix<f64> {
    let dust = ldexp(largest_entry(a), -160);
    a.map(|a| if a.abs() < dust { 0.0 } else { a })
}

/// Eigenvalues, smallest first, and their eigenvectors.
fn ascending(a: &DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), LinalgError> {
    let n = a.nrows();
    let (mut lambda, mut v) = (Diag::zeros(n), DMatrix::zeros(n, n));
    if n > 0 {
        let (yes, spec) = (ComputeEigenvectors::Yes, Spec::default());
        let scratch = self_adjoint_evd_scratch::<f64>(n, yes, Par::Seq, spec);
        self_adjoint_evd(
            faer(a),
            lambda.as_mut(),
            Some(faer_mut(&mut v)),
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        )
        .map_err(|_| LinalgError::NoDecomposition {
            operation: "symmetric_eigen",
        })?;
    }
    Ok((lambda.column_vector().iter().copied().collect(), v))
}

#[cfg(test)]
mod tests {
    use super::{check_residual, symmetric_eigen, symmetric_eigenvalues};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn nothing_has_no_eigenvalues() -> Result<(), LinalgError> {
        let eigen = symmetric_eigen(&DMatrix::<f64>::zeros(0, 0))?;
        assert_eq!((eigen.values.len(), eigen.vectors.shape()), (0, (0, 0)));
        Ok(())
    }

    #[test]
    fn a_number_is_its_own_eigenvalue() -> Result<(), LinalgError> {
        for x in [-3.0_f32, 0.0, 1e-30] {
            let eigen = symmetric_eigen(&DMatrix::from_element(1, 1, x))?;
            assert_eq!((eigen.values[0], eigen.vectors[(0, 0)]), (x, 1.0));
        }
        Ok(())
    }

    #[test]
    fn zero_and_identity_have_equal_eigenvalues() -> Result<(), LinalgError> {
        for n in [1, 2, 5, 130] {
            for (a, value) in [
                (DMatrix::<f64>::zeros(n, n), 0.0),
                (DMatrix::identity(n, n), 1.0),
            ] {
                let eigen = symmetric_eigen(&a)?;
                assert!(eigen.values.iter().all(|x| *x == value));
            }
        }
        Ok(())
    }

    #[test]
    fn a_diagonal_is_sorted() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[-5.0, 2.0, 4.0, 2.0]));
        let eigen = symmetric_eigen(&a)?;
        assert_eq!(eigen.values.as_slice(), [4.0, 2.0, 2.0, -5.0]);
        assert_eq!(eigen.vectors.column(0).as_slice(), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(eigen.vectors.column(3).as_slice(), [1.0, 0.0, 0.0, 0.0]);
        Ok(())
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, -3.0]);
        let lambda = symmetric_eigenvalues(&a)?;
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            assert_eq!(symmetric_eigenvalues(&(&a * size))?, &lambda * size);
        }
        assert!(matches!(
            symmetric_eigenvalues(&DMatrix::from_element(9, 9, f32::MAX)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    /// Sizes from 10⁰ to 10²⁷⁴, on which the iteration does not end.
    #[test]
    fn dust_does_not_hold_up_the_iteration() -> Result<(), LinalgError> {
        let mut a = DMatrix::zeros(7, 7);
        let entries = [
            (5, 0, -9.655e235),
            (6, 0, 69.0),
            (3, 1, 1.5e120),
            (5, 2, 6.53e274),
            (6, 3, 2.6),
        ];
        for (i, j, entry) in entries {
            (a[(i, j)], a[(j, i)]) = (entry, entry);
        }
        let eigen = symmetric_eigen(&a)?;
        assert!((eigen.values[0] / 6.53e274_f64 - 1.0).abs() < 1e-14);
        assert_eq!(eigen.values[6], -eigen.values[0]);
        Ok(())
    }

    #[test]
    fn wrong_pairs_are_found() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 3.0]);
        let eigen = symmetric_eigen(&a)?;
        let lambda = DMatrix::from_column_slice(2, 1, eigen.values.as_slice());
        let checked = |lambda: &DMatrix<f64>, v: &DMatrix<f64>| check_residual(&a, lambda, v);
        assert!(checked(&lambda, &eigen.vectors).is_ok());
        assert!(checked(&lambda.add_scalar(1e-12), &eigen.vectors).is_err());
        assert!(checked(&lambda, &DMatrix::identity(2, 2)).is_err());
        Ok(())
    }

    #[test]
    fn what_is_not_symmetric_is_refused() {
        let a = DMatrix::from_row_slice(2, 2, &[8.0, 1.0, 2.0, 8.0]);
        let (row, column, asymmetry) = (1, 0, 1.0);
        let expected = LinalgError::NotSymmetric {
            row,
            column,
            asymmetry,
        };
        assert_eq!(symmetric_eigen(&a), Err(expected));
        assert!(matches!(
            symmetric_eigen(&DMatrix::<f64>::zeros(2, 1)),
            Err(LinalgError::NotSquare { .. })
        ));
        let mut a = DMatrix::identity(3, 3);
        a[(1, 2)] = f64::NAN;
        assert!(matches!(
            symmetric_eigen(&a),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 2,
                ..
            })
        ));
    }
}
