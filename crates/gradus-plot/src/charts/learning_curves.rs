//! Loss and accuracy over the epochs.

use crate::canvas::axes::{Axes, Axis, AxisScale, Division};
use crate::canvas::curves::{Curve, Mark, curves, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::draw;
use crate::error::PlotError;

/// One curve: a name and a value for each epoch, the first one being epoch 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Series<'a> {
    /// What the legend says.
    pub name: &'a str,
    /// The values; one that is not finite leaves a gap.
    pub values: &'a [f64],
}

impl<'a> Series<'a> {
    /// Values and what the legend calls them.
    #[must_use]
    pub const fn new(name: &'a str, values: &'a [f64]) -> Self {
        Self { name, values }
    }
}

/// Curves over the epochs 1, 2, 3, …: how a model learns.
///
/// A training loss that falls while the validation loss rises is overfitting; a loss that falls in a
/// straight line on a logarithmic axis falls by the same factor every epoch.
///
/// # Errors
///
/// [`PlotError::Empty`] if no value can be drawn; [`PlotError::BadSize`]; [`PlotError::BadRange`] if the
/// data or the given ends span no finite, positive length.
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, Series, AxisScale, learning_curves};
///
/// let figure = Figure::new("Training", "epoch", "loss");
/// let train = Series::new("train", &[0.9, 0.4, 0.2, 0.15]);
/// let validation = Series::new("validation", &[1.0, 0.5, f64::NAN, 0.3]);
/// let svg = learning_curves(&figure, &[train, validation], AxisScale::Logarithmic)?;
/// assert!(svg.starts_with("<svg") && svg.contains("validation"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn learning_curves(
    figure: &Figure,
    series: &[Series<'_>],
    vertical: AxisScale,
) -> Result<String, PlotError> {
    let division = Division::from(vertical);
    let epochs = series.iter().map(|series| series.values.len()).max();
    let last = epochs.filter(|&n| n > 0).ok_or(PlotError::Empty)? as f64;
    let values = series
        .iter()
        .flat_map(|series| series.values.iter().copied());
    let y = match figure.y_range {
        Some([low, high]) => Axis::new(low, high, division)?,
        None => Axis::around(values, division)?,
    };
    let margin = (0.03 * (last - 1.0)).max(0.2);
    let x = Axis::new(1.0 - margin, last + margin, Division::Whole)?;
    let points: Vec<Vec<(f64, f64)>> = series.iter().map(|s| points(s, vertical)).collect();
    let named = series.iter().zip(&points);
    let all: Vec<Curve<'_>> = named
        .map(|(series, points)| Curve {
            name: series.name,
            points,
            mark: Mark::Line,
        })
        .collect();
    let room = legend_width(series.iter().map(|series| series.name));
    let axes = Axes::new(figure, x, y, room)?;
    draw(figure, |canvas| {
        axes.draw(canvas, figure)?;
        curves(canvas, &axes, &all, room)
    })
}

/// Epoch and value; NaN for what the axis cannot show.
fn points(series: &Series<'_>, vertical: AxisScale) -> Vec<(f64, f64)> {
    let shown = |y: f64| match vertical {
        AxisScale::Logarithmic if y <= 0.0 => f64::NAN,
        _ => y,
    };
    series
        .values
        .iter()
        .enumerate()
        .map(|(i, &y)| ((i + 1) as f64, shown(y)))
        .collect()
}
