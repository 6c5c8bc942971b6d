//! What was taken for what.

use crate::canvas::axes::{names, plane, round, title};
use crate::canvas::color::{ColorMap, GRID, INK, LINE};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, draw};
use crate::error::PlotError;
use gradus_numeric::MatrixRef;

/// A confusion matrix: counts in cells, colored by their share of the row.
///
/// Row $`i`$ holds the samples that are of class $`i`$, column $`j`$ those that were taken for class $`j`$; the
/// diagonal is what was right, and the color of cell $`(i, i)`$ is the recall of class $`i`$.
///
/// # Shapes
///
/// `counts: k × k` for `k` class names.
///
/// # Errors
///
/// [`PlotError::Empty`] without classes, [`PlotError::NotSquare`], [`PlotError::BadSize`], and
/// [`PlotError::TooMany`] if a class has less than a pixel.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixRef, Order, Shape};
/// use gradus_plot::{Figure, confusion_matrix};
///
/// let counts = [48, 2, 5, 45];
/// let counts = MatrixRef::new(&counts, Shape::new(2, 2), Order::Rows)?;
/// let figure = Figure::new("Test set", "predicted", "true").sized(400, 400);
/// let svg = confusion_matrix(&figure, counts, &["cat", "dog"])?;
/// assert!(svg.contains("48") && svg.contains("dog"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn confusion_matrix(
    figure: &Figure,
    counts: MatrixRef<'_, u64>,
    classes: &[&str],
) -> Result<String, PlotError> {
    let k = classes.len();
    if counts.rows() != k || counts.columns() != k {
        return Err(PlotError::NotSquare {
            classes: k,
            rows: counts.rows(),
            columns: counts.columns(),
        });
    }
    let area = square(figure, k)?;
    draw(figure, |canvas| {
        title(canvas, figure)?;
        names(canvas, figure, area)?;
        let edge =
            |start: i32, i: usize| start + round(f64::from(area.width()) * i as f64 / k as f64);
        let cell = |i: usize, j: usize| Area {
            left: edge(area.left, j),
            right: edge(area.left, j + 1),
            top: edge(area.top, i),
            bottom: edge(area.top, i + 1),
        };
        for (i, name) in classes.iter().enumerate() {
            let total: u64 = counts.row(i).fold(0, u64::saturating_add);
            for (j, count) in counts.row(i).enumerate() {
                let (cell, share) = (cell(i, j), count as f64 / total.max(1) as f64);
                canvas.rectangle(cell, ColorMap::Blues.color(share))?;
                canvas.frame(cell, GRID)?;
                let color = if share > 0.5 { [255; 3] } else { INK };
                let size = (cell.width() / 3).clamp(0, 15);
                if size >= 6 && count > 0 {
                    let room = cell.width() + 4;
                    canvas.text(
                        &count.to_string(),
                        cell.center(),
                        size,
                        color,
                        Anchor::Center,
                        room,
                    )?;
                }
            }
            let here = cell(i, i);
            if here.width() >= 12 {
                let (x, y) = here.center();
                canvas.text(name, (area.left - 6, y), 12, INK, Anchor::Right, 46)?;
                canvas.text(
                    name,
                    (x, area.bottom + 12),
                    12,
                    INK,
                    Anchor::Center,
                    here.width() + 4,
                )?;
            }
        }
        canvas.frame(area, LINE)
    })
}

/// The greatest square between the margins.
fn square(figure: &Figure, classes: usize) -> Result<Area, PlotError> {
    if classes == 0 {
        return Err(PlotError::Empty);
    }
    let area = plane(figure, 0)?;
    let side = area.width().min(area.height());
    let (needed, available) = (classes, usize::try_from(side).unwrap_or(0));
    if needed > available {
        return Err(PlotError::TooMany { needed, available });
    }
    let left = area.left + (area.width() - side) / 2;
    Ok(Area {
        left,
        right: left + side,
        bottom: area.top + side,
        ..area
    })
}
