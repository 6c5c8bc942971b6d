//! Lines in a plane, with gaps where there is no number, and their legend.

use crate::canvas::axes::Axes;
use crate::canvas::color::{INK, category};
use crate::canvas::sheet::{Anchor, Canvas};
use crate::error::PlotError;

/// Draws a line through points, cut at the ends of the vertical axis and open where a value is missing.
pub(crate) fn curve(
    canvas: &Canvas<'_>,
    axes: &Axes,
    points: &[(f64, f64)],
    index: usize,
) -> Result<(), PlotError> {
    let color = category(index);
    for run in runs(axes, points) {
        match run.as_slice() {
            [alone] => canvas.disk(*alone, 2, color)?,
            line => canvas.line(line, color, 2)?,
        }
    }
    Ok(())
}

/// Names of the curves beside the plane.
pub(crate) fn legend(
    canvas: &Canvas<'_>,
    axes: &Axes,
    names: &[&str],
    room: i32,
) -> Result<(), PlotError> {
    let left = axes.area.right + 14;
    let mut at = axes.area.top + 10;
    for (index, name) in names.iter().enumerate() {
        if at > axes.area.bottom {
            break;
        }
        canvas.line(&[(left, at), (left + 18, at)], category(index), 3)?;
        canvas.text(name, (left + 24, at), 12, INK, Anchor::Left, room - 30)?;
        at += 20;
    }
    Ok(())
}

/// How wide a legend of these names is.
pub(crate) fn legend_width(names: &[&str]) -> i32 {
    let longest = names.iter().map(|name| name.chars().count()).max();
    match longest {
        None | Some(0) => 0,
        Some(letters) => 44 + 7 * i32::try_from(letters.min(24)).unwrap_or(24),
    }
}

/// The connected pieces of a line in pixels.
fn runs(axes: &Axes, points: &[(f64, f64)]) -> Vec<Vec<(i32, i32)>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for &(x, y) in points {
        let here = y.is_finite().then_some((x, y));
        let piece = here.and_then(|here| clipped(axes, before.unwrap_or(here), here));
        match piece {
            Some((from, to, leaves)) => {
                if run.is_empty() && before.is_some() {
                    run.push(axes.pixel(from.0, from.1));
                }
                run.push(axes.pixel(to.0, to.1));
                if leaves {
                    runs.push(std::mem::take(&mut run));
                }
            }
            None => runs.push(std::mem::take(&mut run)),
        }
        before = here;
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// What of a segment lies between the ends of the vertical axis, and whether it leaves there.
#[allow(clippy::type_complexity, reason = "two points and a flag, used once")]
fn clipped(axes: &Axes, a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64), bool)> {
    let (low, high) = (axes.y.low, axes.y.high);
    let inside = |y: f64| (low..=high).contains(&y);
    let edge = |y: f64| if y < low { low } else { high };
    let cross = |inner: (f64, f64), outer: (f64, f64)| {
        let y = edge(outer.1);
        let share = (y - inner.1) / (outer.1 - inner.1);
        (inner.0 + (outer.0 - inner.0) * share, y)
    };
    match (inside(a.1), inside(b.1)) {
        (true, true) => Some((a, b, false)),
        (true, false) => Some((a, cross(a, b), true)),
        (false, true) => Some((cross(b, a), b, false)),
        (false, false) => None,
    }
}
