//! A matrix as colors.

use crate::canvas::axes::{names, plane, round, title};
use crate::canvas::color::{Color, ColorMap, INK, LINE};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, Canvas, draw};
use crate::canvas::ticks::{labels, longest, ticks};
use crate::error::PlotError;
use gradus_numeric::MatrixRef;

/// A matrix as a rectangle of colored cells, row 0 on top, with a legend of the colors.
///
/// Entries that are not finite are gray. Where there are more rows or columns than pixels, a pixel has the mean color of
/// its entries.
///
/// # Shapes
///
/// `values: rows × columns`, any of them.
///
/// # Errors
///
/// [`PlotError::Empty`] if there is no finite entry; [`PlotError::BadSize`], [`PlotError::NoRoom`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{MatrixRef, Order, Shape, ColorMap, Figure, heat_map};
///
/// let w = [0.5, -1.0, 0.0, 2.0, 1.0, -0.5];
/// let w = MatrixRef::new(&w, Shape::new(2, 3), Order::Rows)?;
/// let svg = heat_map(&Figure::new("Weights", "input", "unit"), w, ColorMap::Diverging)?;
/// assert!(svg.contains("<image"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn heat_map(
    figure: &Figure,
    values: MatrixRef<'_, f64>,
    map: ColorMap,
) -> Result<String, PlotError> {
    let data = ends(values.as_slice().iter().copied()).ok_or(PlotError::Empty)?;
    let marks = bar_marks(map.ends(data));
    let right = 50 + 7 * i32::try_from(longest(&labels(&marks)).min(30)).unwrap_or(30);
    let area = plane(figure, values.rows().to_string().len(), right.max(70))?;
    let cells: Vec<Color> = (0..values.rows())
        .flat_map(|i| values.row(i))
        .map(|x| map.color(map.share(x, data)))
        .collect();
    draw(figure, |canvas| {
        title(canvas, figure)?;
        names(canvas, figure, area)?;
        canvas.raster(area, values.columns(), &cells);
        canvas.frame(area, LINE)?;
        indices(canvas, area, values.rows(), values.columns())?;
        color_bar(canvas, area, map, data, &marks)
    })
}

/// The smallest and the largest finite number.
pub(crate) fn ends(data: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    data.filter(|x| x.is_finite()).fold(None, |ends, x| {
        let [low, high] = ends.unwrap_or([x, x]);
        Some([low.min(x), high.max(x)])
    })
}

/// First and last index of both axes.
fn indices(canvas: &Canvas<'_>, area: Area, rows: usize, columns: usize) -> Result<(), PlotError> {
    let middle = |start: i32, length: i32, i: usize, n: usize| {
        start + round(f64::from(length) * (i as f64 + 0.5) / n as f64)
    };
    for j in marked(columns) {
        let at = (
            middle(area.left, area.width(), j, columns),
            area.bottom + 12,
        );
        canvas.text(&j.to_string(), at, 12, INK, Anchor::Center, 60)?;
    }
    for i in marked(rows) {
        let at = (area.left - 6, middle(area.top, area.height(), i, rows));
        canvas.text(&i.to_string(), at, 12, INK, Anchor::Right, 60)?;
    }
    Ok(())
}

/// All indices if there are few, else about eight with a round distance.
fn marked(n: usize) -> impl Iterator<Item = usize> {
    let stride = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|stride| n <= 12 * stride)
        .unwrap_or(n);
    (0..n).step_by(stride)
}

/// Where the color bar is marked: at round numbers, or at its only one.
fn bar_marks([low, high]: [f64; 2]) -> Vec<f64> {
    if low < high {
        ticks(low, high, 4)
    } else {
        vec![low]
    }
}

/// The colors from the smallest to the largest value.
fn color_bar(
    canvas: &mut Canvas<'_>,
    area: Area,
    map: ColorMap,
    data: [f64; 2],
    marks: &[f64],
) -> Result<(), PlotError> {
    let bar = Area {
        left: area.right + 16,
        right: area.right + 28,
        ..area
    };
    let steps: Vec<Color> = (0..64)
        .map(|i| map.color(f64::from(63 - i) / 63.0))
        .collect();
    canvas.raster(bar, 1, &steps);
    canvas.frame(bar, LINE)?;
    for (&x, word) in marks.iter().zip(&labels(marks)) {
        let share = map.share(x, data);
        let y = bar.bottom - round(share * f64::from(bar.height()));
        canvas.text(word, (bar.right + 4, y), 11, INK, Anchor::Left, 240)?;
    }
    Ok(())
}
