//! Power iteration.

use crate::error::LinalgError;
use crate::iterations::eigenvector_iteration::{EigenStep, Eigenpair, Search};
use crate::iterations::stopping::Stopping;
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};

/// The eigenvector of the eigenvalue that is largest in absolute value.
///
/// ```math
/// x_{k+1} = \frac{A x_k}{\lVert A x_k \rVert_2}, \qquad \lambda_k = x_k^\top A x_k
/// ```
///
/// Every product stretches the components of $`x`$ by their eigenvalues, so the longest stretch wins. Nothing is
/// needed of the matrix but products with vectors. The error shrinks by $`|\lambda_2 / \lambda_1|`$ a step (that of
/// the eigenvalue by its square, for a symmetric matrix), which is slow where the two are close, and no
/// convergence at all where they are equal in absolute value but not in sign, or a complex pair.
///
/// The start needs a component along the wanted eigenvector; a start that is another eigenvector is
/// its own answer. The iteration ends when $`\lVert A x - \lambda x \rVert_2 \le`$
/// `tolerance` $`\cdot \lVert A \rVert_F`$. `observe` is shown every step.
///
/// # Shapes
///
/// `a: n × n`, `start: n`; the eigenvector has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A x - \lambda x \rVert_2`$ is within the tolerance | `power_iteration_proves_its_eigenpair` |
/// | the error falls by $`\lvert \lambda_2 / \lambda_1 \rvert`$ a step | `power_iteration_converges_by_the_ratio_of_eigenvalues` |
/// | for $`A \succeq 0`$ the estimate never falls | `the_estimate_of_power_iteration_never_falls` |
/// | $`2^k A`$ has the same eigenvector, to the bit | `power_iteration_ignores_the_scale` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$: nothing overflows on the way. A tolerance below about $`n u`$ may never be met.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`];
/// [`LinalgError::Domain`] if the start is zero or empty, or the tolerance negative or NaN;
/// [`LinalgError::DidNotConverge`] with the last residual; [`LinalgError::Overflow`] if the eigenvalue is too
/// large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Stopping, nalgebra::{DMatrix, DVector}, power_iteration};
///
/// // Eigenvalues 3 along (1, 1) and 1 along (1, -1).
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
/// let start = DVector::from_row_slice(&[1.0, 0.0]);
///
/// let mut estimates = Vec::new();
/// let pair = power_iteration(&a, &start, Stopping::default(), |step| estimates.push(step.estimate))?;
/// assert!((pair.value - 3.0_f64).abs() < 1e-15);
/// assert!((pair.vector[0] - 0.5_f64.sqrt()).abs() < 1e-9);
/// // (1, 0), (2, 1), (5, 4), …: 2, 14/5, 122/41, …
/// assert!((estimates[0] - 2.0).abs() < 1e-15 && (estimates[1] - 2.8).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §7.3.1 and §8.2.1; L. N. Trefethen and
/// D. Bau, *Numerical Linear Algebra* (1997), lecture 27.
#[doc(alias = "von Mises iteration")]
#[doc(alias = "dominant eigenvector")]
pub fn power_iteration<T: Scalar>(
    a: &DMatrix<T>,
    start: &DVector<T>,
    stopping: Stopping,
    observe: impl FnMut(EigenStep<'_>),
) -> Result<Eigenpair<T>, LinalgError> {
    Search::new("power_iteration", a, start, stopping)?.run(observe, |_, _, ax| Ok(ax))
}

#[cfg(test)]
mod tests {
    use super::power_iteration;
    use crate::error::LinalgError;
    use crate::iterations::stopping::Stopping;
    use gradus_numeric::Real;
    use nalgebra::{DMatrix, DVector};

    fn quiet(a: &DMatrix<f64>, start: &[f64]) -> Result<f64, LinalgError> {
        let start = DVector::from_row_slice(start);
        power_iteration(a, &start, Stopping::default(), |_| ()).map(|pair| pair.value)
    }

    #[test]
    fn steps_are_numbered_from_one_and_the_last_is_the_answer() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[4.0_f32, 1.0]));
        let start = DVector::from_element(2, 1.0);
        let mut seen = Vec::new();
        let pair = power_iteration(&a, &start, Stopping::default(), |step| {
            seen.push((step.iteration, step.residual, step.vector.clone()));
        })?;
        let numbers: Vec<usize> = seen.iter().map(|step| step.0).collect();
        assert_eq!(numbers, (1..=pair.iterations).collect::<Vec<_>>());
        let (_, residual, vector) = &seen[seen.len() - 1];
        assert_eq!(
            (*residual, vector.map(f32::from_f64)),
            (pair.residual, pair.vector)
        );
        // tan θ falls from 1 to 1/4 to 1/16: x₂ is along (16, 1).
        assert!((seen[2].2[1] / seen[2].2[0] - 1.0 / 16.0).abs() < 1e-16);
        Ok(())
    }

    #[test]
    fn an_eigenvector_is_found_at_once() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[-3.0, 1.0]));
        let start = DVector::from_row_slice(&[7.0, 0.0]);
        let pair = power_iteration(&a, &start, Stopping::default(), |_| ())?;
        assert_eq!((pair.value, pair.residual, pair.iterations), (-3.0, 0.0, 1));
        let zero = DMatrix::zeros(3, 3);
        assert_eq!(quiet(&zero, &[1.0, 2.0, 3.0]), Ok(0.0));
        Ok(())
    }

    #[test]
    fn a_rotation_has_no_dominant_eigenvector() {
        let a = DMatrix::from_row_slice(2, 2, &[0.0, -1.0, 1.0, 0.0]);
        let expected = LinalgError::DidNotConverge {
            operation: "power_iteration",
            iterations: 1000,
            residual: 1.0,
        };
        assert_eq!(quiet(&a, &[1.0, 0.0]), Err(expected));
    }

    #[test]
    fn huge_and_tiny_matrices_are_iterated() -> Result<(), LinalgError> {
        for size in [1e300, 1e-300] {
            let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]) * size;
            assert!((quiet(&a, &[1e-200, 0.0])? / size - 3.0).abs() < 1e-14);
        }
        let a = DMatrix::from_element(2, 2, f64::MAX);
        assert!(matches!(
            quiet(&a, &[1.0, 1.0]),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }

    #[test]
    fn what_cannot_be_iterated_is_refused() {
        let a = DMatrix::<f64>::identity(2, 2);
        assert!(matches!(
            quiet(&a, &[0.0, 0.0]),
            Err(LinalgError::Domain { value: 0.0, .. })
        ));
        assert!(matches!(
            quiet(&DMatrix::zeros(0, 0), &[]),
            Err(LinalgError::Domain { .. })
        ));
        assert!(matches!(
            quiet(&a, &[1.0]),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        let wide = DMatrix::zeros(2, 3);
        assert!(matches!(
            quiet(&wide, &[1.0, 1.0]),
            Err(LinalgError::NotSquare { .. })
        ));
        for bad in [f64::NAN, f64::INFINITY] {
            let found = quiet(&a, &[0.0, bad]);
            assert!(matches!(
                found,
                Err(LinalgError::NonFinite {
                    row: 1,
                    column: 0,
                    ..
                })
            ));
            let found = quiet(&DMatrix::from_element(2, 2, bad), &[1.0, 0.0]);
            assert!(matches!(
                found,
                Err(LinalgError::NonFinite {
                    row: 0,
                    column: 0,
                    ..
                })
            ));
        }
        let never = Stopping {
            tolerance: f64::NAN,
            iterations: 1,
        };
        let start = DVector::from_element(2, 1.0);
        let found = power_iteration(&a, &start, never, |_| ());
        assert!(matches!(
            found,
            Err(LinalgError::Domain {
                name: "tolerance",
                ..
            })
        ));
        let none = Stopping {
            tolerance: 1.0,
            iterations: 0,
        };
        let found = power_iteration(&a, &start, none, |_| ());
        assert!(
            matches!(found, Err(LinalgError::DidNotConverge { iterations: 0, residual, .. }) if residual == f64::INFINITY)
        );
    }
}
