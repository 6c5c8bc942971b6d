//! Curves in a plane, as paths and orbits are.

use crate::canvas::axes::{Axes, Axis, Division, plane};
use crate::canvas::curves::{curve, legend, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::draw;
use crate::error::PlotError;

/// A curve through points of a plane, with a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneCurve<'a> {
    /// What the legend says.
    pub name: &'a str,
    /// The points, joined by straight lines; one that is not finite leaves a gap, and one between gaps is a dot.
    pub points: &'a [(f64, f64)],
}

/// Curves through points of a plane: paths of descent on level lines, orbits, clouds and their ellipses.
///
/// Both axes have the same unit, so circles are round and right angles are right; the plane shows as much more
/// to the sides, or above and below, as the figure has room for. [`Figure::between`] is not asked.
///
/// A curve may have several pieces: points that are not finite separate them. Dots are pieces of one point.
///
/// # Errors
///
/// [`PlotError::Empty`] without a finite point; [`PlotError::BadRange`] if the points are too far apart;
/// [`PlotError::BadSize`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, plane_curves};
///
/// let circle: Vec<(f64, f64)> = (0..=90)
///     .map(|i| (f64::from(i) * 4.0).to_radians().sin_cos())
///     .collect();
/// let gap = (f64::NAN, f64::NAN);
/// let dots = [(1.0, 0.0), gap, (0.0, 1.0)];
/// let svg = plane_curves(
///     &Figure::new("The unit circle", "x₁", "x₂"),
///     &[PlaneCurve { name: "circle", points: &circle }, PlaneCurve { name: "axes", points: &dots }],
/// )?;
/// assert_eq!(svg.matches("<circle").count(), 4); // two dots, each with its rim
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn plane_curves(figure: &Figure, curves: &[PlaneCurve<'_>]) -> Result<String, PlotError> {
    let points = || curves.iter().flat_map(|curve| curve.points);
    let finite = || points().filter(|(x, y)| x.is_finite() && y.is_finite());
    let x = Axis::around(finite().map(|point| point.0), Division::Even)?;
    let y = Axis::around(finite().map(|point| point.1), Division::Even)?;
    let names: Vec<&str> = curves.iter().map(|curve| curve.name).collect();
    let room = legend_width(&names);
    let area = plane(figure, room)?;
    let (width, height) = (f64::from(area.width()), f64::from(area.height()));
    let unit = ((x.high - x.low) / width).max((y.high - y.low) / height);
    let (x, y) = (spread(x, unit * width)?, spread(y, unit * height)?);
    draw(figure, |canvas| {
        let axes = Axes::draw(canvas, figure, x, y, room)?;
        for (index, each) in curves.iter().enumerate() {
            curve(canvas, &axes, &with_gaps(each.points), index)?;
        }
        legend(canvas, &axes, &names, room)
    })
}

/// The axis with the same middle and another length.
fn spread(axis: Axis, length: f64) -> Result<Axis, PlotError> {
    let middle = axis.low / 2.0 + axis.high / 2.0;
    Axis::new(middle - length / 2.0, middle + length / 2.0, axis.division)
}

/// The points, with a gap at those that have one infinite coordinate.
fn with_gaps(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let shown = |&(x, y): &(f64, f64)| (x, if x.is_finite() { y } else { f64::NAN });
    points.iter().map(shown).collect()
}
