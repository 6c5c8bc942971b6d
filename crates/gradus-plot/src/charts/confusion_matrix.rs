//! What was taken for what.

use crate::canvas::axes::{names, plane, round, title};
use crate::canvas::color::{Color, ColorMap, GRID, INK, LINE};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, Canvas, draw};
use crate::error::PlotError;
use gradus_numeric::MatrixRef;

/// A confusion matrix: counts in cells, colored by their share of the row.
///
/// Row $`i`$ holds the samples that are of class $`i`$, column $`j`$ those that were taken for class $`j`$; the
/// diagonal is what was right, and the color of cell $`(i, i)`$ is the recall of class $`i`$.
///
/// Cells of less than five pixels have no frame and no count: they are one picture inside of the document, whose size is
/// bounded by that of the figure. If a class has less than a pixel, the pixel has the mean color.
///
/// # Shapes
///
/// `counts: k × k` for `k` class names.
///
/// # Errors
///
/// [`PlotError::Empty`] without classes, [`PlotError::NotSquare`], [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{MatrixRef, Order, Shape, Figure, confusion_matrix};
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
    let grid = Grid { area, k };
    draw(figure, |canvas| {
        title(canvas, figure)?;
        names(canvas, figure, area)?;
        if grid.cell(0, 0).width() < SMALLEST {
            // A rectangle and its frame for each of a million cells would make a document of hundreds of megabytes.
            canvas.raster(area, k, &colors(counts));
        } else {
            for i in 0..k {
                row(canvas, grid, i, counts)?;
            }
        }
        for (i, name) in classes.iter().enumerate() {
            named(canvas, grid, i, name)?;
        }
        canvas.frame(area, LINE)
    })
}

/// The cells of a square.
#[derive(Clone, Copy)]
struct Grid {
    area: Area,
    k: usize,
}

impl Grid {
    fn cell(self, i: usize, j: usize) -> Area {
        let side = f64::from(self.area.width());
        let edge = |start: i32, i: usize| start + round(side * i as f64 / self.k as f64);
        Area {
            left: edge(self.area.left, j),
            right: edge(self.area.left, j + 1),
            top: edge(self.area.top, i),
            bottom: edge(self.area.top, i + 1),
        }
    }
}

/// The counts of one true class, each with its share of the row and its color.
fn shares(counts: MatrixRef<'_, u64>, i: usize) -> impl Iterator<Item = (u64, f64)> {
    let total: u64 = counts.row(i).fold(0, u64::saturating_add);
    let share = move |count| count as f64 / total.max(1) as f64;
    counts.row(i).map(move |count| (count, share(count)))
}

fn colors(counts: MatrixRef<'_, u64>) -> Vec<Color> {
    let rows = (0..counts.rows()).flat_map(|i| shares(counts, i));
    rows.map(|(_, share)| ColorMap::Blues.color(share))
        .collect()
}

/// The cells of one true class, with their counts where these are legible.
fn row(
    canvas: &Canvas<'_>,
    grid: Grid,
    i: usize,
    counts: MatrixRef<'_, u64>,
) -> Result<(), PlotError> {
    for (j, (count, share)) in shares(counts, i).enumerate() {
        let cell = grid.cell(i, j);
        canvas.rectangle(cell, ColorMap::Blues.color(share))?;
        canvas.frame(cell, GRID)?;
        let color = if share > 0.5 { [255; 3] } else { INK };
        let size = (cell.width() / 3).clamp(0, 15);
        if size >= 6 && count > 0 {
            let (text, room) = (count.to_string(), cell.width() + 4);
            canvas.text(&text, cell.center(), size, color, Anchor::Center, room)?;
        }
    }
    Ok(())
}

/// The name of a class beside its row and below its column, where there is room.
fn named(canvas: &Canvas<'_>, grid: Grid, i: usize, name: &str) -> Result<(), PlotError> {
    let (area, here) = (grid.area, grid.cell(i, i));
    if here.width() < 12 {
        return Ok(());
    }
    let (x, y) = here.center();
    canvas.text(name, (area.left - 6, y), 12, INK, Anchor::Right, 46)?;
    let below = (x, area.bottom + 12);
    canvas.text(name, below, 12, INK, Anchor::Center, here.width() + 4)
}

/// The largest square between the margins.
fn square(figure: &Figure, classes: usize) -> Result<Area, PlotError> {
    if classes == 0 {
        return Err(PlotError::Empty);
    }
    let area = plane(figure, 0, 0)?;
    let side = area.width().min(area.height());
    let left = area.left + (area.width() - side) / 2;
    Ok(Area {
        left,
        right: left + side,
        bottom: area.top + side,
        ..area
    })
}

/// Cells below this many pixels become a picture.
const SMALLEST: i32 = 5;
