//! Contributions of named features as bars to both sides of zero.

use crate::canvas::axes::{Axis, Division, names, plane, round, title};
use crate::canvas::color::{ColorMap, GRID, INK, LINE};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, Canvas, draw};
use crate::canvas::ticks::{labels, ticks};
use crate::error::PlotError;

/// A bar with a name, and how far its end may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar<'a> {
    /// What stands beside it.
    pub name: &'a str,
    /// How far it reaches from zero, to the right if positive.
    pub value: f64,
    /// Half the length of the whisker at its end; 0 for none.
    pub error: f64,
}

/// Named numbers as horizontal bars from zero, blue to the left and red to the right: attributions of a table's features.
///
/// The first bar is on top. The figure's y name is not used; names of bars stand in its place.
///
/// # Errors
///
/// [`PlotError::Empty`] without bars, [`PlotError::NonFinite`] with the bar as column, its value as row 0 and its error as row 1;
/// [`PlotError::NoRoom`] if a bar would have less than four pixels; [`PlotError::BadSize`], [`PlotError::BadRange`].
///
/// # Examples
///
/// ```
/// use gradus_plot::{Bar, Figure, signed_bars};
///
/// let bars = [
///     Bar { name: "radius", value: 1.5, error: 0.1 },
///     Bar { name: "texture", value: -0.5, error: 0.0 },
/// ];
/// let svg = signed_bars(&Figure::new("Why malignant?", "contribution", ""), &bars)?;
/// assert!(svg.contains("radius") && svg.contains("contribution"));
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn signed_bars(figure: &Figure, bars: &[Bar<'_>]) -> Result<String, PlotError> {
    check(bars)?;
    let letters = bars.iter().map(|bar| bar.name.chars().count()).max();
    let area = plane(figure, letters.unwrap_or(0).min(LETTERS), 0)?;
    check_room(figure, area, bars.len())?;
    let ends = |bar: &Bar<'_>| [0.0, bar.value - bar.error, bar.value + bar.error];
    let x = Axis::around(bars.iter().flat_map(ends), Division::Even)?;
    let at = |value: f64| area.left + round(x.share(value) * f64::from(area.width()));
    let unnamed = Figure {
        y_label: String::new(),
        ..figure.clone()
    };
    draw(figure, |canvas| {
        title(canvas, figure)?;
        names(canvas, &unnamed, area)?;
        let marks = ticks(x.low, x.high, 5);
        for (&mark, word) in marks.iter().zip(&labels(&marks)) {
            let here = at(mark);
            canvas.line(&[(here, area.top), (here, area.bottom)], GRID, 1)?;
            canvas.text(word, (here, area.bottom + 12), 12, INK, Anchor::Center, 70)?;
        }
        for (k, bar) in bars.iter().enumerate() {
            drawn(canvas, area, (k, bars.len()), bar, &at)?;
        }
        canvas.line(&[(at(0.0), area.top), (at(0.0), area.bottom)], INK, 1)?;
        canvas.frame(area, LINE)
    })
}

/// One bar of several, with its name and whisker.
fn drawn(
    canvas: &Canvas<'_>,
    area: Area,
    (k, count): (usize, usize),
    bar: &Bar<'_>,
    at: &dyn Fn(f64) -> i32,
) -> Result<(), PlotError> {
    let each = f64::from(area.height()) / count as f64;
    let edge = |share: f64| area.top + round(each * (k as f64 + share));
    let (zero, end) = (at(0.0), at(bar.value));
    let body = Area {
        left: zero.min(end),
        right: zero.max(end),
        top: edge(0.15),
        bottom: edge(0.85),
    };
    let share = if bar.value < 0.0 { 0.1 } else { 0.9 };
    canvas.rectangle(body, ColorMap::Diverging.color(share))?;
    let middle = edge(0.5);
    if bar.error > 0.0 {
        let whisker = [
            (at(bar.value - bar.error), middle),
            (at(bar.value + bar.error), middle),
        ];
        canvas.line(&whisker, INK, 2)?;
    }
    if each >= 9.0 {
        let room = area.left - 10;
        canvas.text(
            bar.name,
            (area.left - 6, middle),
            12,
            INK,
            Anchor::Right,
            room,
        )?;
    }
    Ok(())
}

fn check(bars: &[Bar<'_>]) -> Result<(), PlotError> {
    if bars.is_empty() {
        return Err(PlotError::Empty);
    }
    for (column, bar) in bars.iter().enumerate() {
        for (row, value) in [bar.value, bar.error].into_iter().enumerate() {
            if !value.is_finite() {
                return Err(PlotError::NonFinite { row, column, value });
            }
        }
    }
    Ok(())
}

/// Four pixels a bar at least.
fn check_room(figure: &Figure, area: Area, bars: usize) -> Result<(), PlotError> {
    let high = u64::try_from(area.height()).unwrap_or(0);
    let missing = (4 * bars as u64).saturating_sub(high);
    if missing == 0 {
        return Ok(());
    }
    let missing = u32::try_from(missing).unwrap_or(u32::MAX);
    Err(PlotError::NoRoom {
        width: figure.width,
        height: figure.height,
        needed_width: figure.width,
        needed_height: figure.height.saturating_add(missing),
    })
}

/// Longer names are cut.
const LETTERS: usize = 26;
