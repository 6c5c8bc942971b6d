//! Frank and Wolfe's method.

use crate::core::counted::Smooth;
use crate::core::point::Point;
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::{along, difference, dot};
use crate::error::MinimizeError;
use crate::projections::set::LinearMinimum;
use gradus_numeric::norm2;

/// Minimizes a smooth convex function on a bounded convex set, without projections.
///
/// ```math
/// s_k = \arg\min_{s \in C} \nabla f(x_k)^\top s, \qquad x_{k+1} = x_k + \tfrac{2}{k + 2} (s_k - x_k)
/// ```
///
/// Each step goes some way to an extreme point of the set, so after k steps the answer mixes k of them: on the diamond or the
/// simplex it is sparse. The residual is the gap $`\nabla f(x_k)^\top (x_k - s_k)`$, which bounds $`f(x_k) - f^*`$: an answer
/// with a proof. It falls as $`1/k`$, so ask for modest tolerances. Where the function is not finite at the end of a step, as a
/// logarithm at the corner of a simplex, the step is halved until it is.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`f(x_k) - f^* \le 2 L D^2 / (k + 2)`$ with the diameter $`D`$ | `frank_and_wolfe_keep_their_rate` |
/// | the gap bounds the error | `frank_and_wolfe_keep_their_rate` |
/// | no step leads where the function is not finite | `frank_and_wolfe_stay_where_the_function_is_finite` |
///
/// # Errors
///
/// [`MinimizeError::StartNotInSet`] if the start is not in the set, within rounding; otherwise as
/// [`gradient_descent`](crate::gradient_descent).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{ScaledSimplex, Stopping, frank_wolfe};
///
/// let f = |x: &[f64], g: &mut [f64]| {
///     (g[0], g[1]) = (x[0] - 1.0, x[1] - 0.5);
///     0.5 * ((x[0] - 1.0).powi(2) + (x[1] - 0.5).powi(2))
/// };
/// let simplex = ScaledSimplex::new(2, 1.0)?; // nearest: (3/4, 1/4)
/// let modest = Stopping { residual: 1e-3, ..Stopping::default() };
/// let report = frank_wolfe(f, &simplex, &[0.0, 1.0], modest, |_| ())?;
/// assert!((report.x[0] - 0.75).abs() < 0.03 && report.residual <= 1e-3);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// M. Jaggi, *Revisiting Frank–Wolfe: projection-free sparse convex optimization* (2013), algorithm 1 and theorem 1.
#[doc(alias = "conditional gradient")]
pub fn frank_wolfe(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    set: &impl LinearMinimum,
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let mut progress = Progress::new(stopping, &mut observe)?;
    let mut f = Smooth::new(&mut f);
    let mut at = f.start(start)?;
    let distance = norm2(&difference(start, &set.project(start)));
    let inside = distance <= 4.0 * start.len() as f64 * f64::EPSILON * norm2(start);
    if !inside {
        return Err(MinimizeError::StartNotInSet { distance });
    }
    let (stop, residual) = loop {
        let s = set.linear_minimum(&at.gradient);
        let gap = dot(&at.gradient, &difference(&at.x, &s));
        if let Some(stop) = progress.reach(&at.x, at.value, gap, f.evaluations) {
            break (stop, gap);
        }
        let gamma = 2.0 / (progress.iterations as f64 + 2.0);
        match finite_step(&mut f, &at.x, &difference(&s, &at.x), gamma) {
            Some(next) => at = next,
            None => break (Stop::NoDescent, gap),
        }
    };
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

/// The end of the longest of the steps $`\gamma, \gamma / 2, \dots`$ where the function is finite, if there is one that rounding sees.
fn finite_step(f: &mut Smooth<'_>, x: &[f64], way: &[f64], mut gamma: f64) -> Option<Point> {
    while gamma > f64::EPSILON {
        let next = f.at(&along(x, gamma, way));
        if next.is_finite() {
            return Some(next);
        }
        gamma *= 0.5;
    }
    None
}
