//! Steepest descent.

use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::core::vector::scaled;
use crate::descent::walk::{Direction, walk};
use crate::error::MinimizeError;
use crate::line_search::rule::LineSearch;

/// Steepest descent with a line search.
///
/// ```math
/// x_{k+1} = x_k - t_k \nabla f(x_k)
/// ```
///
/// where $`t_k`$ is found by `rule`. With the exact search consecutive steps are perpendicular, and on a quadratic of
/// condition $`\kappa`$ the error shrinks by $`((\kappa - 1) / (\kappa + 1))^2`$ a step: slow where the valley is narrow.
/// `f` writes the gradient and returns the value. The residual is $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact steps on a quadratic shrink the error by Kantorovich's factor | `exact_descent_obeys_kantorovich` |
/// | consecutive exact steps are perpendicular | `an_exact_search_ends_where_the_slope_is_zero` |
/// | the value never rises | `descent_methods_descend` |
///
/// # Errors
///
/// [`MinimizeError::StartOutside`], [`MinimizeError::NonFinite`] for the start; [`MinimizeError::Domain`] for a tolerance
/// or a constant. Points where the function is not finite are turned back from.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{LineSearch, Stopping, gradient_descent};
///
/// let valley = |x: &[f64], g: &mut [f64]| {
///     (g[0], g[1]) = (x[0], 4.0 * x[1]);
///     0.5 * (x[0] * x[0] + 4.0 * x[1] * x[1])
/// };
/// let exact = LineSearch::Exact { tolerance: 1e-6 };
/// let report = gradient_descent(valley, &[4.0, 1.0], exact, Stopping::default(), |_| ())?;
/// assert!(report.x.iter().all(|x| x.abs() < 1e-7) && report.stop.is_converged());
/// assert!(report.iterations > 30); // κ = 4: the error shrinks by 3/5 a step from this start
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §3.1 and theorem 3.3.
#[doc(alias = "steepest descent")]
pub fn gradient_descent(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    rule: LineSearch,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    walk(&mut f, start, rule, stopping, &mut observe, Steepest)
}

struct Steepest;

impl Direction for Steepest {
    fn direction(&mut self, at: &Point) -> Result<Vec<f64>, MinimizeError> {
        Ok(scaled(-1.0, &at.gradient))
    }

    fn is_scaled(&self) -> bool {
        false
    }
}
