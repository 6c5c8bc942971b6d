//! Lines and points in a plane, with gaps where there is no number, and their legend.

use crate::canvas::axes::Axes;
use crate::canvas::color::{Color, INK, category};
use crate::canvas::sheet::{Anchor, Canvas};
use crate::error::PlotError;
use std::collections::BTreeSet;

/// How the points of a curve are drawn.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_plot::Mark::default(), gradus_plot::Mark::Line);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// They are joined by straight lines.
    #[default]
    Line,
    /// Each is a dot.
    Points,
    /// Each is a dot, and they are joined by straight lines.
    LineAndPoints,
}

/// A curve with its name, its points and its looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Curve<'a> {
    pub(crate) name: &'a str,
    pub(crate) points: &'a [(f64, f64)],
    pub(crate) mark: Mark,
}

/// Draws curves in the colors of their order, and their legend.
///
/// Where a line runs along one that was drawn before, it is dashed, so that neither hides the other.
pub(crate) fn curves(
    canvas: &Canvas<'_>,
    axes: &Axes,
    curves: &[Curve<'_>],
    room: i32,
) -> Result<(), PlotError> {
    let mut ground: Vec<BTreeSet<(i32, i32)>> = Vec::new();
    let mut entries = Vec::new();
    for (index, curve) in curves.iter().enumerate() {
        let color = category(index);
        let runs = runs(axes, curve.points);
        let cells = match curve.mark {
            Mark::Points => BTreeSet::new(),
            _ => runs.iter().flat_map(|run| walk(run)).map(cell).collect(),
        };
        let dashed = ground.iter().any(|other| overlap(other, &cells));
        if curve.mark != Mark::Points {
            for run in runs.iter().filter(|run| run.len() > 1) {
                line(canvas, run, color, 2, dashed)?;
            }
        }
        for run in &runs {
            let alone = run.len() == 1 && curve.mark == Mark::Line;
            let radius = if curve.mark == Mark::LineAndPoints {
                3
            } else {
                4
            };
            if curve.mark != Mark::Line {
                run.iter()
                    .try_for_each(|&at| canvas.disk(at, radius, color))?;
            } else if alone {
                // A point between gaps has no line to show it.
                canvas.disk(run[0], 2, color)?; // one point
            }
        }
        ground.push(cells);
        entries.push(Entry {
            name: curve.name,
            mark: curve.mark,
            dashed,
        });
    }
    legend(canvas, axes, &entries, room)
}

/// What a legend says of one curve or class.
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) mark: Mark,
    pub(crate) dashed: bool,
}

/// Names beside the plane, each with the looks of its curve.
pub(crate) fn legend(
    canvas: &Canvas<'_>,
    axes: &Axes,
    entries: &[Entry<'_>],
    room: i32,
) -> Result<(), PlotError> {
    let left = axes.area.right + 14;
    let mut at = axes.area.top + 10;
    for (index, entry) in entries.iter().enumerate() {
        if at > axes.area.bottom {
            break;
        }
        let color = category(index);
        if entry.name.is_empty() {
            continue;
        }
        if entry.mark != Mark::Points {
            line(
                canvas,
                &[(left, at), (left + 18, at)],
                color,
                3,
                entry.dashed,
            )?;
        }
        if entry.mark != Mark::Line {
            canvas.disk((left + 9, at), 4, color)?;
        }
        canvas.text(
            entry.name,
            (left + 24, at),
            12,
            INK,
            Anchor::Left,
            room - 30,
        )?;
        at += 20;
    }
    Ok(())
}

/// How wide a legend of these names is.
pub(crate) fn legend_width<'a>(names: impl Iterator<Item = &'a str>) -> i32 {
    match names.map(|name| name.chars().count()).max() {
        None | Some(0) => 0,
        Some(letters) => 44 + 7 * i32::try_from(letters.min(30)).unwrap_or(30),
    }
}

/// A line, in dashes if asked for.
pub(crate) fn line(
    canvas: &Canvas<'_>,
    points: &[(i32, i32)],
    color: Color,
    width: u32,
    dashed: bool,
) -> Result<(), PlotError> {
    if !dashed {
        return canvas.line(points, color, width);
    }
    let steps: Vec<(i32, i32)> = walk(points).collect();
    let dashes = steps.chunks(DASH + GAP);
    dashes
        .map(|chunk| &chunk[..chunk.len().min(DASH)])
        .filter(|dash| dash.len() > 1)
        .try_for_each(|dash| canvas.line(&corners(dash), color, width))
}

/// The pixels along a line, one step after the other.
fn walk(points: &[(i32, i32)]) -> impl Iterator<Item = (i32, i32)> {
    let first = points.first().copied();
    let steps = points.windows(2).flat_map(|ends| {
        let ((x, y), (right, down)) = (ends[0], ends[1]); // windows of two
        let length = (right - x).abs().max((down - y).abs());
        // Only points far outside of the figure are further apart than this.
        let along = move |from: i32, to: i32, i: i32| {
            from + ((i64::from(to) - i64::from(from)) * i64::from(i) / i64::from(length.max(1)))
                .try_into()
                .unwrap_or(0)
        };
        (1..=length.min(20_000)).map(move |i| (along(x, right, i), along(y, down, i)))
    });
    first.into_iter().chain(steps)
}

/// A walk without the pixels between its first, every sixth and its last.
fn corners(walk: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let last = walk.len() - 1; // at least two
    let keep = |&(i, _): &(usize, &(i32, i32))| i % 6 == 0 || i == last;
    walk.iter()
        .enumerate()
        .filter(keep)
        .map(|(_, &at)| at)
        .collect()
}

/// A square of pixels as wide as a line with its rim.
const fn cell((x, y): (i32, i32)) -> (i32, i32) {
    (x.div_euclid(4), y.div_euclid(4))
}

/// Whether one of two lines runs along the other for half of its length, and longer than two lines that cross do.
fn overlap(a: &BTreeSet<(i32, i32)>, b: &BTreeSet<(i32, i32)>) -> bool {
    let shared = a.intersection(b).count();
    shared > 4 && 2 * shared > a.len().min(b.len())
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

/// Pixels of a dash, and between two.
const DASH: usize = 9;
const GAP: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_goes_pixel_by_pixel() {
        let along: Vec<_> = walk(&[(0, 0), (2, 1), (2, 3)]).collect();
        assert_eq!(along, [(0, 0), (1, 0), (2, 1), (2, 2), (2, 3)]);
        assert_eq!(walk(&[(5, 5)]).count(), 1);
        assert_eq!(walk(&[]).count(), 0);
    }

    #[test]
    fn lines_overlap_if_they_share_half_of_their_way() {
        let cells = |points: &[(i32, i32)]| walk(points).map(cell).collect::<BTreeSet<_>>();
        let level = cells(&[(0, 0), (100, 0)]);
        assert!(overlap(&level, &cells(&[(0, 1), (100, 1)])));
        assert!(overlap(&level, &cells(&[(20, 0), (60, 0)])));
        assert!(overlap(&cells(&[(20, 0), (60, 0)]), &level));
        assert!(!overlap(&level, &cells(&[(50, -50), (50, 50)])));
        assert!(!overlap(&level, &cells(&[(0, 9), (100, 9)])));
    }
}
