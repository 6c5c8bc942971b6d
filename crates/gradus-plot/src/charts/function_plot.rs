//! Graphs of functions of one number.

use crate::canvas::axes::{Axes, Axis, Division};
use crate::canvas::curves::{Curve, Mark, curves, legend_width};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::draw;
use crate::error::PlotError;

/// A function with a name.
#[derive(Clone, Copy)]
pub struct Function<'a> {
    /// What the legend says.
    pub name: &'a str,
    /// The function; where it is not finite, the graph has a gap.
    pub f: &'a dyn Fn(f64) -> f64,
}

impl<'a> Function<'a> {
    /// A function and what the legend calls it.
    #[must_use]
    pub const fn new(name: &'a str, f: &'a dyn Fn(f64) -> f64) -> Self {
        Self { name, f }
    }
}

impl std::fmt::Debug for Function<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Function")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The graphs of functions between two ends.
///
/// Every function is asked at one point per pixel, so a feature narrower than that can be missed, and a
/// jump looks like a steep line. [`Figure::between`] cuts what runs off to infinity.
///
/// # Errors
///
/// [`PlotError::BadRange`] if `from` is not below `to`; [`PlotError::Empty`] if no value is finite;
/// [`PlotError::BadSize`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Figure, Function, function_plot};
///
/// let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
/// let slope = |x: f64| sigmoid(x) * (1.0 - sigmoid(x));
/// let svg = function_plot(
///     &Figure::new("The logistic function", "x", ""),
///     &[Function::new("σ(x)", &sigmoid), Function::new("σ'(x)", &slope)],
///     -6.0,
///     6.0,
/// )?;
/// assert!(svg.contains("σ(x)"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn function_plot(
    figure: &Figure,
    functions: &[Function<'_>],
    from: f64,
    to: f64,
) -> Result<String, PlotError> {
    let x = Axis::new(from, to, Division::Even)?;
    let graphs: Vec<Vec<(f64, f64)>> = functions
        .iter()
        .map(|function| graph(function.f, from, to, figure.width))
        .collect();
    let y = match figure.y_range {
        Some([low, high]) => Axis::new(low, high, Division::Even)?,
        None => Axis::around(graphs.iter().flatten().map(|&(_, y)| y), Division::Even)?,
    };
    if graphs.is_empty() {
        return Err(PlotError::Empty);
    }
    let named = functions.iter().zip(&graphs);
    let all: Vec<Curve<'_>> = named
        .map(|(function, points)| Curve {
            name: function.name,
            points,
            mark: Mark::Line,
        })
        .collect();
    let room = legend_width(functions.iter().map(|function| function.name));
    let axes = Axes::new(figure, x, y, room)?;
    draw(figure, |canvas| {
        axes.draw(canvas, figure)?;
        curves(canvas, &axes, &all, room)
    })
}

/// One point per pixel, ends included.
fn graph(f: &dyn Fn(f64) -> f64, from: f64, to: f64, pixels: u32) -> Vec<(f64, f64)> {
    let n = pixels.clamp(2, 8192);
    (0..=n)
        .map(|i| {
            let share = f64::from(i) / f64::from(n);
            let x = from * (1.0 - share) + to * share;
            (x, f(x))
        })
        .collect()
}
