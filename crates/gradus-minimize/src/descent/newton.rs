//! Newton's method, damped.

use crate::core::counted::all_finite;
use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::descent::walk::{Direction, walk};
use crate::error::MinimizeError;
use crate::line_search::rule::LineSearch;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, solve_positive_definite};

/// Newton's method with a line search.
///
/// ```math
/// x_{k+1} = x_k - t_k (H_k + \tau_k I)^{-1} \nabla f(x_k), \qquad H_k = \nabla^2 f(x_k)
/// ```
///
/// The step leads to the bottom of the parabola that has the slope and the curvature of the function here: on a quadratic to
/// the minimum at once, near a minimum with twice as many digits each time. Where the Hessian is not positive definite
/// there is no bottom; $`\tau`$ is then raised from 0 until there is one. `f` writes the gradient and returns the value,
/// `hessian` returns the second derivatives. The residual is $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`; the Hessian is n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one step on a quadratic | `newton_needs_one_step_on_a_quadratic` |
/// | $`x \to A x`$ changes no step | `newton_does_not_see_the_units` |
/// | the value never rises | `descent_methods_descend` |
///
/// # Numerics
///
/// The system is solved by Cholesky's factorization, whose failure tells that the matrix is not positive definite.
/// $`\tau`$ begins at $`10^{-3}`$ of the largest entry and doubles (Nocedal and Wright, algorithm 3.3).
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent); [`MinimizeError::Linalg`] for a Hessian that is not symmetric, not
/// finite or of the wrong shape.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Stopping, nalgebra::DMatrix, newton};
///
/// // x² + xy + y² − 3x: the minimum is at (2, −1).
/// let f = |x: &[f64], g: &mut [f64]| {
///     (g[0], g[1]) = (2.0 * x[0] + x[1] - 3.0, x[0] + 2.0 * x[1]);
///     x[0] * x[0] + x[0] * x[1] + x[1] * x[1] - 3.0 * x[0]
/// };
/// let hessian = |_: &[f64]| DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]);
/// let report = newton(f, hessian, &[9.0, 9.0], Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 2.0).abs() < 1e-14 && (report.x[1] + 1.0).abs() < 1e-14);
/// assert_eq!(report.iterations, 1);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §3.3 and §3.4.
pub fn newton(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    hessian: impl FnMut(&[f64]) -> DMatrix<f64>,
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let method = Parabola { hessian };
    let rule = LineSearch::default();
    walk(&mut f, start, rule, stopping, &mut observe, method)
}

struct Parabola<H> {
    hessian: H,
}

impl<H: FnMut(&[f64]) -> DMatrix<f64>> Direction for Parabola<H> {
    fn direction(&mut self, at: &Point) -> Result<Vec<f64>, MinimizeError> {
        let h = (self.hessian)(&at.x);
        let g = DVector::from_row_slice(&at.gradient);
        let (step, _) = shifted_solution(h, &g)?;
        Ok((-step).as_slice().to_vec())
    }

    fn is_scaled(&self) -> bool {
        true
    }
}

/// $`(H + \tau I)^{-1} g`$ and $`\tau`$, the first of 0 and doubling numbers for which the matrix is positive definite.
pub(crate) fn shifted_solution(
    mut h: DMatrix<f64>,
    g: &DVector<f64>,
) -> Result<(DVector<f64>, f64), MinimizeError> {
    all_finite("hessian", h.as_slice())?;
    let smallest = h.diagonal().iter().copied().fold(f64::INFINITY, f64::min);
    let size = 1e-3 * h.amax().max(f64::MIN_POSITIVE);
    // A diagonal entry that is not positive must be lifted above 0 at least.
    let (mut added, mut tau) = (0.0, if smallest > 0.0 { 0.0 } else { size - smallest });
    loop {
        for i in 0..h.nrows().min(h.ncols()) {
            h[(i, i)] += tau - added;
        }
        added = tau;
        match solve_positive_definite(&h, g) {
            Err(LinalgError::NotPositiveDefinite { .. }) => tau = (2.0 * tau).max(size),
            other => return Ok((other?, tau)),
        }
    }
}
