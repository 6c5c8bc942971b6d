//! The loop of trust-region methods.

use crate::core::counted::{Smooth, positive};
use crate::core::point::Point;
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report, Stop};
use crate::core::stopping::Stopping;
use crate::core::vector::along;
use crate::error::MinimizeError;
use crate::line_search::rule::slack;
use gradus_numeric::{norm_infinity, norm2};

/// A quadratic model of the function around a point.
pub(crate) trait Model {
    /// Moves the model to a new point.
    fn renew(&mut self, at: &Point) -> Result<(), MinimizeError>;

    /// A step within the radius, and by how much the model falls there.
    fn step(&mut self, at: &Point, radius: f64) -> Result<(Vec<f64>, f64), MinimizeError>;
}

/// Steps to where the model is low, in a ball that grows where the model was right and shrinks where it was wrong.
pub(crate) fn search(
    f: &mut dyn FnMut(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    radius: f64,
    stopping: Stopping,
    observe: &mut dyn FnMut(Iterate<'_>),
    mut model: impl Model,
) -> Result<Report, MinimizeError> {
    let mut radius = positive("radius", radius)?;
    let mut progress = Progress::new(stopping, observe)?;
    let mut f = Smooth::new(f);
    let mut at = f.start(start)?;
    let stop = loop {
        let residual = norm_infinity(&at.gradient);
        if let Some(stop) = progress.reach(&at.x, at.value, residual, f.evaluations) {
            break stop;
        }
        model.renew(&at)?;
        match lower(&mut f, &at, &mut radius, &mut model)? {
            Some(to) => at = to,
            None => break Stop::NoDescent,
        }
    };
    let residual = norm_infinity(&at.gradient);
    Ok(progress.report(at.x, at.value, residual, stop, f.evaluations))
}

/// The first step that keeps a part of the model's promise; the radius is adapted on the way.
fn lower(
    f: &mut Smooth<'_>,
    at: &Point,
    radius: &mut f64,
    model: &mut impl Model,
) -> Result<Option<Point>, MinimizeError> {
    while *radius > 0.0 {
        let (p, promised) = model.step(at, *radius)?;
        let x = along(&at.x, 1.0, &p);
        if x == at.x {
            return Ok(None); // shorter than one rounding
        }
        let length = norm2(&p);
        if !length.is_finite() {
            *radius *= 0.25; // the model overflows so far away
            continue;
        }
        let to = f.at(&x);
        let kept = at.value - to.value;
        // Where both are hidden by rounding, the model is as good as the function.
        let hidden = promised.max(kept.abs()) <= slack(at.value);
        let ratio = if hidden { 1.0 } else { kept / promised };
        if ratio >= POOR {
            let at_the_border = length >= 0.99 * *radius;
            *radius *= if ratio > GOOD && at_the_border {
                2.0
            } else {
                1.0
            };
        } else {
            *radius = 0.25 * length;
        }
        if ratio > ENOUGH {
            return Ok(Some(to));
        }
    }
    Ok(None)
}

/// The part of the promise that a step must keep; below `POOR` the ball shrinks, above `GOOD` it grows (Nocedal and
/// Wright, algorithm 4.1).
const ENOUGH: f64 = 1e-4;
const POOR: f64 = 0.25;
const GOOD: f64 = 0.75;
