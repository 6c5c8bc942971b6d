//! The loop of all methods that choose a direction and search along it.

use crate::core::counted::Smooth;
use crate::core::point::Point;
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::{dot, is_positive, scaled};
use crate::error::MinimizeError;
use crate::line_search::rule::LineSearch;
use gradus_numeric::{norm_infinity, norm2};

/// What distinguishes one method from the other.
pub(crate) trait Direction {
    /// Where to go from a point; should be a direction in which the function falls.
    fn direction(&mut self, at: &Point) -> Result<Vec<f64>, MinimizeError>;

    /// Learns from a step.
    fn learn(&mut self, _from: &Point, _to: &Point) {}

    /// Forgets what it has learned, after a direction that led nowhere.
    fn forget(&mut self) {}

    /// Whether 1 is the natural length of its steps, as Newton's method has it. Otherwise a search begins where the
    /// first-order decrease would be that of the step before.
    fn is_scaled(&self) -> bool;
}

/// Walks from the start until a criterion is met.
pub(crate) fn walk(
    f: &mut dyn FnMut(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    rule: LineSearch,
    stopping: Stopping,
    observe: &mut dyn FnMut(Iterate<'_>),
    mut method: impl Direction,
) -> Result<Report, MinimizeError> {
    let rule = rule.checked()?;
    let mut progress = Progress::new(stopping, observe)?;
    let mut f = Smooth::new(f);
    let mut at = f.start(start)?;
    let mut promise = None;
    let stop = loop {
        let residual = norm_infinity(&at.gradient);
        if let Some(stop) = progress.reach(&at.x, at.value, residual, f.evaluations) {
            break stop;
        }
        let Some((to, slope)) = step(&mut f, &at, rule, promise, &mut method)? else {
            break Stop::NoDescent;
        };
        promise = Some(slope);
        method.learn(&at, &to);
        at = to;
    };
    let residual = norm_infinity(&at.gradient);
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

/// The next point, and the decrease that the slope promised for it. Where the method's own direction leads nowhere, it
/// starts anew, and at last the steepest descent is tried.
fn step(
    f: &mut Smooth<'_>,
    at: &Point,
    rule: LineSearch,
    promise: Option<f64>,
    method: &mut impl Direction,
) -> Result<Option<(Point, f64)>, MinimizeError> {
    let steepest = scaled(-1.0, &at.gradient);
    let mut own = method.direction(at)?;
    if !is_descent(&own, at) {
        method.forget();
        own.clone_from(&steepest);
    }
    let natural = method.is_scaled() && own != steepest;
    for (p, natural) in [(own, natural), (steepest, false)] {
        let slope = dot(&at.gradient, &p);
        let first = match promise {
            _ if natural => 1.0,
            Some(before) => before / slope,
            None => (1.0 / norm2(&p)).min(1.0),
        };
        let usable = first > 0.0 && first.is_finite();
        let trial = if usable {
            first
        } else {
            (1.0 / norm2(&p)).min(f64::MAX)
        };
        if let Some(step) = rule.search(f, at, &p, trial) {
            return Ok(Some((step.point, step.length * slope)));
        }
        method.forget();
    }
    Ok(None)
}

/// Whether the function falls along a direction, by more than rounding could feign.
fn is_descent(p: &[f64], at: &Point) -> bool {
    let slope = dot(p, &at.gradient);
    is_positive(-slope, p, &at.gradient) && norm_infinity(p).is_finite()
}
