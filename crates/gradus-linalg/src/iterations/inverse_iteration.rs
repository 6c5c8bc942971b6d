//! Inverse iteration.

use crate::error::LinalgError;
use crate::iterations::eigenvector_iteration::{EigenStep, Eigenpair, Search};
use crate::iterations::shifted::Shifted;
use crate::iterations::stopping::Stopping;
use crate::scalar::Scalar;
use gradus_numeric::ldexp;
use nalgebra::{DMatrix, DVector};

/// The eigenvector of the eigenvalue nearest to a shift.
///
/// ```math
/// x_{k+1} = \frac{(A - \mu I)^{-1} x_k}{\lVert (A - \mu I)^{-1} x_k \rVert_2}, \qquad \lambda_k = x_k^\top A x_k
/// ```
///
/// where $`\mu`$ is `shift`. This is [`power_iteration`](crate::power_iteration) with $`(A - \mu I)^{-1}`$, whose
/// eigenvalues are $`1 / (\lambda - \mu)`$: the nearest to the shift is the largest. The error shrinks by
/// $`|\lambda_1 - \mu| / |\lambda_2 - \mu|`$ a step, $`\lambda_1`$ and $`\lambda_2`$ the nearest two. A good
/// shift needs one or two steps, so this turns a computed eigenvalue into its eigenvector; the shift 0 finds the
/// smallest. The matrix is factored once.
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
/// | the eigenvalue nearest to the shift is found | `inverse_iteration_finds_the_nearest_eigenvalue` |
/// | the error falls by $`\lvert \lambda_1 - \mu \rvert / \lvert \lambda_2 - \mu \rvert`$ a step | `inverse_iteration_converges_by_the_ratio_of_distances` |
///
/// # Numerics
///
/// Runs in `f64` on $`2^{-e} A`$. The system is nearly singular when the shift is good, and all the better: the
/// error of its solution lies along the eigenvector. A shift that makes it exactly singular is moved by
/// $`2 u \lVert A \rVert_F`$, or a few times that if it still is.
///
/// # Errors
///
/// As [`power_iteration`](crate::power_iteration); [`LinalgError::Domain`] also if the shift is not finite, or so
/// much larger than the matrix that their quotient is not; [`LinalgError::Singular`] if a solution overflows.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Stopping, inverse_iteration, nalgebra::{DMatrix, DVector}};
///
/// // Eigenvalues 3 along (1, 1) and 1 along (1, -1).
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
/// let start = DVector::from_row_slice(&[1.0, 0.0]);
/// let pair = inverse_iteration(&a, 0.9, &start, Stopping::default(), |_| ())?;
/// assert!((pair.value - 1.0_f64).abs() < 1e-14);
/// assert!((pair.vector[0] + pair.vector[1]).abs() < 1e-9);
/// assert!(pair.iterations < 10); // the error falls by 0.1 / 2.1 a step
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// L. N. Trefethen and D. Bau, *Numerical Linear Algebra* (1997), lecture 27, algorithm 27.2; G. Peters and
/// J. H. Wilkinson, *Inverse iteration, ill-conditioned equations and Newton's method*, SIAM Review 21 (1979).
#[doc(alias = "inverse power method")]
pub fn inverse_iteration<T: Scalar>(
    a: &DMatrix<T>,
    shift: T,
    start: &DVector<T>,
    stopping: Stopping,
    observe: impl FnMut(EigenStep<'_>),
) -> Result<Eigenpair<T>, LinalgError> {
    let search = Search::new("inverse_iteration", a, start, stopping)?;
    let mu = ldexp(shift.to_f64(), -search.scaled.exponent);
    if !mu.is_finite() {
        return Err(LinalgError::Domain {
            name: "shift",
            value: shift.to_f64(),
            domain: "finite, and not beyond all entries of the matrix",
        });
    }
    let shifted = Shifted::new(&search.scaled.matrix, mu, search.size);
    search.run(observe, |_, x, _| shifted.solve(x))
}

#[cfg(test)]
mod tests {
    use super::inverse_iteration;
    use crate::error::LinalgError;
    use crate::iterations::stopping::Stopping;
    use nalgebra::{DMatrix, DVector};

    fn quiet(a: &DMatrix<f64>, shift: f64) -> Result<(f64, usize), LinalgError> {
        let start = DVector::from_element(a.nrows(), 1.0);
        let pair = inverse_iteration(a, shift, &start, Stopping::default(), |_| ())?;
        Ok((pair.value, pair.iterations))
    }

    #[test]
    fn each_eigenvalue_is_found_by_a_shift_nearby() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[-5.0, 1.0, 2.0]));
        for (shift, nearest) in [(-9.0, -5.0), (0.0, 1.0), (1.4, 1.0), (1.6, 2.0), (5.0, 2.0)] {
            assert!((quiet(&a, shift)?.0 - nearest).abs() < 1e-13);
        }
        Ok(())
    }

    #[test]
    fn a_shift_that_is_an_eigenvalue_needs_one_step() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
        let start = DVector::from_row_slice(&[1.0, 0.0]);
        let pair = inverse_iteration(&a, 3.0, &start, Stopping::default(), |_| ())?;
        assert!((pair.value - 3.0_f64).abs() < 1e-15);
        assert_eq!(pair.iterations, 2);
        assert_eq!(quiet(&DMatrix::zeros(2, 2), 0.0)?, (0.0, 1));
        // A Jordan block: one eigenvector, (1, 0).
        let block = DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 0.0, 0.0]);
        assert!(quiet(&block, 0.0)?.0.abs() < 1e-10);
        Ok(())
    }

    /// The shift is an eigenvalue, and so is the number that it is moved to.
    #[test]
    fn neighboring_eigenvalues_are_no_obstacle() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[1.0, 1.0 + f64::EPSILON, 0.3]));
        let (value, iterations) = quiet(&a, 1.0)?;
        assert!((value - 1.0).abs() < 1e-15 && iterations <= 3);
        Ok(())
    }

    #[test]
    fn a_shift_out_of_reach_is_refused() {
        let a = DMatrix::identity(2, 2);
        for shift in [f64::NAN, f64::INFINITY] {
            assert!(matches!(
                quiet(&a, shift),
                Err(LinalgError::Domain { name: "shift", .. })
            ));
        }
        let tiny = DMatrix::identity(2, 2) * 1e-300;
        assert!(matches!(
            quiet(&tiny, 1e300),
            Err(LinalgError::Domain { .. })
        ));
    }
}
