//! The Rayleigh quotient, and the iteration that follows it.

use crate::checked::scaled::Scaled;
use crate::error::LinalgError;
use crate::factorizations::cholesky::check_symmetric;
use crate::iterations::eigenvector_iteration::{
    EigenStep, Eigenpair, Search, check_shapes, direction,
};
use crate::iterations::shifted::Shifted;
use crate::iterations::stopping::Stopping;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};

/// The eigenvalue that a vector would have if it were an eigenvector.
///
/// ```math
/// \rho(x) = \frac{x^\top A x}{x^\top x}
/// ```
///
/// Of all numbers it is the $`\lambda`$ with the smallest $`\lVert A x - \lambda x \rVert_2`$. For a symmetric matrix
/// it lies between the smallest and the largest eigenvalue, and an error $`\varepsilon`$ in an eigenvector is only an
/// error of the order $`\varepsilon^2`$ in its quotient, for $`\rho`$ is flat there.
///
/// # Shapes
///
/// `a: n × n`, `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A x - \rho x \rVert_2 \le \lVert A x - \lambda x \rVert_2`$ | `the_rayleigh_quotient_leaves_the_least_residual` |
/// | $`\lambda_{\min} \le \rho(x) \le \lambda_{\max}`$ | `the_rayleigh_quotient_lies_between_the_extreme_eigenvalues` |
/// | $`\rho(t x) = \rho(x)`$ | `the_rayleigh_quotient_ignores_length` |
///
/// # Numerics
///
/// Computed in `f64` from the direction of `x` and $`2^{-e} A`$.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`];
/// [`LinalgError::Domain`] if `x` is zero or empty; [`LinalgError::Overflow`] if the quotient is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, rayleigh_quotient};
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
/// let x = DVector::from_row_slice(&[1.0, 0.0]);
/// assert_eq!(rayleigh_quotient(&a, &x)?, 2.0);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// B. N. Parlett, *The Symmetric Eigenvalue Problem* (1998), §1.5 and §4.6.
pub fn rayleigh_quotient<T: Scalar>(a: &DMatrix<T>, x: &DVector<T>) -> Result<T, LinalgError> {
    let operation = "rayleigh_quotient";
    check_shapes(operation, shape(a), x.len())?;
    let a = Scaled::new(a)?;
    let x = direction("x", x)?;
    let quotient = T::from_f64(a.restored(x.dot(&(&a.matrix * &x))));
    if quotient.is_finite() {
        Ok(quotient)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

/// An eigenvector of a symmetric matrix by Rayleigh quotient iteration.
///
/// ```math
/// \lambda_k = x_k^\top A x_k, \qquad
/// x_{k+1} = \frac{(A - \lambda_k I)^{-1} x_k}{\lVert (A - \lambda_k I)^{-1} x_k \rVert_2}
/// ```
///
/// [`inverse_iteration`](crate::inverse_iteration) whose shift is its own best estimate: every step triples the
/// number of right digits, for the price of a factorization. Which eigenvector is found depends on the start, not
/// always the nearest one; it is the tool to polish a guess. The residual never grows.
///
/// The iteration ends when $`\lVert A x - \lambda x \rVert_2 \le`$ `tolerance` $`\cdot \lVert A \rVert_F`$.
/// `observe` is shown every step.
///
/// # Shapes
///
/// `a: n × n`, `start: n`; the eigenvector has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\tan \theta_{k+1} = -\tan^3 \theta_k`$ for n = 2 | `rayleigh_iteration_cubes_the_tangent` |
/// | $`\tan \theta_{k+1} \le \frac{(n - 1) t}{1 - (n - 1) t} \tan \theta_k`$ with $`t = \tan^2 \theta_k`$, for eigenvalues 0, …, n − 1 | `rayleigh_iteration_converges_cubically` |
/// | the measured order is 3 | `the_order_of_rayleigh_iteration_is_three` |
/// | the residual never grows | `the_residual_of_rayleigh_iteration_never_grows` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$. The nearly singular systems do no harm: see
/// [`inverse_iteration`](crate::inverse_iteration).
///
/// # Errors
///
/// As [`power_iteration`](crate::power_iteration); [`LinalgError::NotSymmetric`] if
/// $`|a_{ij} - a_{ji}| > n\,\varepsilon\,\lVert A \rVert_{\max}`$ (with the $`\varepsilon`$ of `T`);
/// [`LinalgError::Singular`] if a solution overflows.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Stopping, nalgebra::{DMatrix, DVector}, rayleigh_iteration};
///
/// let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[2.0, 1.0]));
/// let start = DVector::from_row_slice(&[2.0, 1.0]);
/// let mut tangents = Vec::new();
/// rayleigh_iteration(&a, &start, Stopping::default(), |step| {
///     tangents.push(step.vector[1] / step.vector[0]);
/// })?;
/// for (tangent, expected) in tangents.iter().zip([0.5, -0.125, 0.125_f64.powi(3)]) {
///     assert!((tangent / expected - 1.0).abs() < 1e-12);
/// }
/// assert!(tangents.len() <= 5);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// B. N. Parlett, *The Symmetric Eigenvalue Problem* (1998), §4.6–4.9; L. N. Trefethen and D. Bau, *Numerical
/// Linear Algebra* (1997), lecture 27, algorithm 27.3.
#[doc(alias = "Rayleigh quotient iteration")]
pub fn rayleigh_iteration<T: Scalar>(
    a: &DMatrix<T>,
    start: &DVector<T>,
    stopping: Stopping,
    observe: impl FnMut(EigenStep<'_>),
) -> Result<Eigenpair<T>, LinalgError> {
    let search = Search::new("rayleigh_iteration", a, start, stopping)?;
    check_symmetric(&search.scaled, T::EPSILON.to_f64())?;
    let (matrix, size) = (search.scaled.matrix.clone(), search.size);
    search.run(observe, |lambda, x, _| {
        Shifted::new(&matrix, lambda, size).solve(x)
    })
}

#[cfg(test)]
mod tests {
    use super::{rayleigh_iteration, rayleigh_quotient};
    use crate::error::LinalgError;
    use crate::iterations::stopping::Stopping;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn quotients_by_hand() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        for (x, expected) in [
            ([1.0, 1.0], 5.0_f64),
            ([1.0, -1.0], 0.0),
            ([0.0, 1e300], 4.0),
        ] {
            let quotient = rayleigh_quotient(&a, &DVector::from_row_slice(&x))?;
            assert!((quotient - expected).abs() < 1e-15);
        }
        let huge = DMatrix::from_element(2, 2, f64::MAX);
        let ones = DVector::from_element(2, 1.0);
        assert!(matches!(
            rayleigh_quotient(&huge, &ones),
            Err(LinalgError::Overflow { .. })
        ));
        let zero = DVector::zeros(2);
        assert!(matches!(
            rayleigh_quotient(&a, &zero),
            Err(LinalgError::Domain { .. })
        ));
        let longer = DVector::zeros(3);
        assert!(matches!(
            rayleigh_quotient(&a, &longer),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        Ok(())
    }

    #[test]
    fn a_few_steps_find_an_eigenvalue_to_the_last_digit() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 3, &[2.0, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 4.0]);
        let start = DVector::from_element(3, 1.0);
        let stopping = Stopping {
            tolerance: 1e-15,
            iterations: 10,
        };
        let pair = rayleigh_iteration(&a, &start, stopping, |_| ())?;
        // Trefethen and Bau, example 27.1.
        assert!((pair.value - 5.214319743377_f64).abs() < 1e-12);
        assert!(pair.iterations <= 5);
        Ok(())
    }

    #[test]
    fn what_is_not_symmetric_is_refused() {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        let start = DVector::from_element(2, 1.0);
        let found = rayleigh_iteration(&a, &start, Stopping::default(), |_| ());
        assert!(matches!(
            found,
            Err(LinalgError::NotSymmetric { asymmetry: 1.0, .. })
        ));
    }
}
