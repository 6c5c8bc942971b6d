//! What a classifier says everywhere in a plane.

use crate::canvas::axes::{Axes, Axis, Division};
use crate::canvas::color::{Color, category, tint};
use crate::canvas::curves::{Entry, Mark, legend, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::draw;
use crate::error::PlotError;
use gradus_numeric::MatrixRef;

/// The regions that a classifier of two features makes, with labelled points on top.
///
/// The ground has the color of the class that the classifier names there; a point has the color of its
/// label, so a point that stands out from its ground is a mistake. The legend names the classes.
///
/// # Shapes
///
/// `points: 2 × n`, one column per sample; `labels: n`; `classes` names class 0, 1, …, or is empty for no legend.
///
/// # Errors
///
/// [`PlotError::Empty`] without points; [`PlotError::NotPlanar`], [`PlotError::LengthMismatch`],
/// [`PlotError::NonFinite`], [`PlotError::BadRange`] if the points are too far apart,
/// [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{MatrixRef, Order, Shape, Figure, decision_boundary};
///
/// let xor = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// let points = MatrixRef::new(&xor, Shape::new(2, 4), Order::Columns)?;
/// let classify = |x: f64, y: f64| u32::from((x > 0.5) != (y > 0.5));
/// let figure = Figure::new("XOR", "x₁", "x₂").sized(400, 400);
/// let svg = decision_boundary(&figure, classify, points, &[0, 1, 1, 0], &["equal", "different"])?;
/// assert_eq!(svg.matches("<circle").count(), 12); // four points and two of the legend, each with its rim
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decision_boundary(
    figure: &Figure,
    classify: impl Fn(f64, f64) -> u32,
    points: MatrixRef<'_, f64>,
    labels: &[u32],
    classes: &[&str],
) -> Result<String, PlotError> {
    check(points, labels)?;
    let x = Axis::around(points.row(0), Division::Even)?;
    let y = Axis::around(points.row(1), Division::Even)?;
    let (x, y) = (wider(x)?, wider(y)?);
    let room = legend_width(classes.iter().copied());
    let axes = Axes::new(figure, x, y, room)?;
    draw(figure, |canvas| {
        axes.draw(canvas, figure)?;
        let (columns, rows) = (axes.area.width() / CELL, axes.area.height() / CELL);
        let mut cells: Vec<Color> = Vec::new();
        for i in 0..rows {
            for j in 0..columns {
                let across = (f64::from(j) + 0.5) / f64::from(columns);
                let down = (f64::from(i) + 0.5) / f64::from(rows);
                let class = classify(between(x, across), between(y, 1.0 - down));
                cells.push(tint(color(class)));
            }
        }
        canvas.raster(axes.area, usize::try_from(columns).unwrap_or(0), &cells);
        for ((x, y), &label) in points.row(0).zip(points.row(1)).zip(labels) {
            canvas.disk(axes.pixel(x, y), 4, color(label))?;
        }
        let entry = |&name| Entry {
            name,
            mark: Mark::Points,
            dashed: false,
        };
        let entries: Vec<Entry<'_>> = classes.iter().map(entry).collect();
        legend(canvas, &axes, &entries, room)
    })
}

fn check(points: MatrixRef<'_, f64>, labels: &[u32]) -> Result<(), PlotError> {
    if points.rows() != 2 {
        return Err(PlotError::NotPlanar {
            rows: points.rows(),
        });
    }
    let (left, right) = (points.columns(), labels.len());
    if left != right {
        return Err(PlotError::LengthMismatch { left, right });
    }
    for row in 0..2 {
        for (column, value) in points.row(row).enumerate() {
            if !value.is_finite() {
                return Err(PlotError::NonFinite { row, column, value });
            }
        }
    }
    Ok(())
}

/// Some more ground around the outermost points.
fn wider(axis: Axis) -> Result<Axis, PlotError> {
    let margin = 0.08 * (axis.high - axis.low);
    Axis::new(axis.low - margin, axis.high + margin, axis.division)
}

fn between(axis: Axis, share: f64) -> f64 {
    axis.low * (1.0 - share) + axis.high * share
}

fn color(class: u32) -> Color {
    category(usize::try_from(class).unwrap_or(0))
}

/// How many pixels of the figure one question to the classifier covers, each way.
const CELL: i32 = 3;
