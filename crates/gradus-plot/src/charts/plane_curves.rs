//! Curves and points in a plane: paths, orbits, clouds, measurements.

use crate::canvas::axes::{Axes, Axis, Division, plane};
use crate::canvas::curves::{Curve, Mark, curves, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Area, Canvas, draw};
use crate::error::PlotError;

/// Points of a plane, with a name: a curve, or a cloud.
///
/// # Examples
///
/// ```
/// use gradus_plot::{Mark, PlaneCurve};
///
/// let measured = PlaneCurve::points("measured", &[(0.0, 1.0), (1.0, 3.0)]);
/// assert_eq!(measured.mark, Mark::Points);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneCurve<'a> {
    /// What the legend says.
    pub name: &'a str,
    /// The points; one that is not finite leaves a gap, and one between gaps is a dot.
    pub points: &'a [(f64, f64)],
    /// Whether they are joined by lines, or dots, or both.
    pub mark: Mark,
}

impl<'a> PlaneCurve<'a> {
    /// Points joined by straight lines.
    #[must_use]
    pub const fn line(name: &'a str, points: &'a [(f64, f64)]) -> Self {
        let mark = Mark::Line;
        Self { name, points, mark }
    }

    /// Points as dots.
    #[must_use]
    pub const fn points(name: &'a str, points: &'a [(f64, f64)]) -> Self {
        let mark = Mark::Points;
        Self { name, points, mark }
    }

    /// Points as dots, joined by straight lines: the steps of a path.
    #[must_use]
    pub const fn steps(name: &'a str, points: &'a [(f64, f64)]) -> Self {
        let mark = Mark::LineAndPoints;
        Self { name, points, mark }
    }
}

/// Curves and points of a plane whose axes have the same unit: paths of descent on level lines, orbits, clouds and
/// their ellipses.
///
/// Circles are round and right angles are right; the plane shows as much more to the sides, or above and below, as the
/// figure has room for. [`Figure::between`] is not asked. For axes with units of their own there is [`xy_plot`].
///
/// A curve may have several pieces: points that are not finite separate them. Where a line runs along another, it is
/// dashed.
///
/// # Errors
///
/// [`PlotError::Empty`] without a finite point; [`PlotError::BadRange`] if the points are too far apart;
/// [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, plane_curves};
///
/// let circle: Vec<(f64, f64)> = (0..=90)
///     .map(|i| (f64::from(i) * 4.0).to_radians().sin_cos())
///     .collect();
/// let svg = plane_curves(
///     &Figure::new("The unit circle", "x₁", "x₂"),
///     &[PlaneCurve::line("circle", &circle), PlaneCurve::points("ends", &[(1.0, 0.0), (0.0, 1.0)])],
/// )?;
/// assert_eq!(svg.matches("<circle").count(), 6); // two dots and that of the legend, each with its rim
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn plane_curves(figure: &Figure, curves: &[PlaneCurve<'_>]) -> Result<String, PlotError> {
    let [x, y] = around(curves)?;
    let room = legend_width(curves.iter().map(|curve| curve.name));
    // The marks of the vertical axis decide how wide the plane is, and that decides the unit, and so the marks. Two
    // rounds are enough: their number of letters hardly changes.
    let area = plane(figure, 0, room)?;
    let [across, up] = one_unit([x, y], area)?;
    let area = Axes::new(figure, across, up, room)?.area;
    let [x, y] = one_unit([x, y], area)?;
    drawn(figure, Axes { area, x, y }, curves, room)
}

/// The axes made longer, so that a pixel is as much across as it is up.
fn one_unit([x, y]: [Axis; 2], area: Area) -> Result<[Axis; 2], PlotError> {
    let (width, height) = (f64::from(area.width()), f64::from(area.height()));
    let unit = ((x.high - x.low) / width).max((y.high - y.low) / height);
    Ok([spread(x, unit * width)?, spread(y, unit * height)?])
}

/// Curves and points, each axis with a unit of its own: measurements and the line through them.
///
/// [`Figure::between`] cuts what lies above or below. Where a line runs along another, it is dashed.
///
/// # Errors
///
/// [`PlotError::Empty`] without a finite point; [`PlotError::BadRange`] if the points are too far apart;
/// [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, PlaneCurve, xy_plot};
///
/// let (measured, fitted) = ([(0.0, 1.0), (100.0, 2.0)], [(0.0, 1.1), (100.0, 2.1)]);
/// let svg = xy_plot(
///     &Figure::new("Growth", "day", "height, m"),
///     &[PlaneCurve::points("measured", &measured), PlaneCurve::line("fitted", &fitted)],
/// )?;
/// assert!(svg.contains("measured"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
#[doc(alias = "scatter")]
pub fn xy_plot(figure: &Figure, curves: &[PlaneCurve<'_>]) -> Result<String, PlotError> {
    let [x, y] = around(curves)?;
    let y = match figure.y_range {
        Some([low, high]) => Axis::new(low, high, Division::Even)?,
        None => y,
    };
    let room = legend_width(curves.iter().map(|curve| curve.name));
    drawn(figure, Axes::new(figure, x, y, room)?, curves, room)
}

/// Two axes around all finite points.
fn around(curves: &[PlaneCurve<'_>]) -> Result<[Axis; 2], PlotError> {
    let points = || curves.iter().flat_map(|curve| curve.points);
    let finite = || points().filter(|(x, y)| x.is_finite() && y.is_finite());
    let x = Axis::around(finite().map(|point| point.0), Division::Even)?;
    let y = Axis::around(finite().map(|point| point.1), Division::Even)?;
    Ok([x, y])
}

fn drawn(
    figure: &Figure,
    axes: Axes,
    all: &[PlaneCurve<'_>],
    room: i32,
) -> Result<String, PlotError> {
    drawn_over(figure, axes, all, room, |_| Ok(()))
}

/// Curves over what lies below them.
pub(super) fn drawn_over(
    figure: &Figure,
    axes: Axes,
    all: &[PlaneCurve<'_>],
    room: i32,
    below: impl Fn(&Canvas<'_>) -> Result<(), PlotError>,
) -> Result<String, PlotError> {
    let points: Vec<Vec<(f64, f64)>> = all.iter().map(|curve| with_gaps(curve.points)).collect();
    let named = all.iter().zip(&points);
    let all: Vec<Curve<'_>> = named
        .map(|(curve, points)| Curve {
            name: curve.name,
            points,
            mark: curve.mark,
        })
        .collect();
    draw(figure, |canvas| {
        axes.draw(canvas, figure)?;
        below(canvas)?;
        curves(canvas, &axes, &all, room)
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
