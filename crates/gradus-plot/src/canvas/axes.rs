//! A plane with two marked axes.

use crate::canvas::color::{GRID, INK, LINE};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, Canvas};
use crate::canvas::ticks::{labels, log_ticks, longest, ticks};
use crate::error::PlotError;

/// How an axis is divided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Division {
    /// Evenly.
    Even,
    /// Evenly, with marks at whole numbers alone.
    Whole,
    /// By the logarithm.
    Logarithmic,
}

/// How an axis is divided.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_plot::AxisScale::default(), gradus_plot::AxisScale::Linear);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AxisScale {
    /// Evenly.
    #[default]
    Linear,
    /// By the logarithm; values that are not positive leave a gap.
    Logarithmic,
}

impl From<AxisScale> for Division {
    fn from(scale: AxisScale) -> Self {
        match scale {
            AxisScale::Linear => Self::Even,
            AxisScale::Logarithmic => Self::Logarithmic,
        }
    }
}

/// An axis: its ends and its division.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) division: Division,
}

/// A plane in a figure: its area in pixels and its two axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axes {
    pub(crate) area: Area,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

impl Axis {
    /// An axis with checked ends.
    pub(crate) fn new(low: f64, high: f64, division: Division) -> Result<Self, PlotError> {
        let wide = low < high && (high - low).is_finite();
        if wide && (division != Division::Logarithmic || low > 0.0) {
            Ok(Self {
                low,
                high,
                division,
            })
        } else {
            let (from, to) = (low, high);
            Err(PlotError::BadRange { from, to })
        }
    }

    /// An axis around finite data, with a margin.
    pub(crate) fn around(
        data: impl Iterator<Item = f64>,
        division: Division,
    ) -> Result<Self, PlotError> {
        let usable = |x: &f64| x.is_finite() && (division != Division::Logarithmic || *x > 0.0);
        let mut ends: Option<(f64, f64)> = None;
        for x in data.filter(usable) {
            let (low, high) = ends.unwrap_or((x, x));
            ends = Some((low.min(x), high.max(x)));
        }
        let (low, high) = ends.ok_or(PlotError::Empty)?;
        let (low, high) = match division {
            Division::Logarithmic => widen_factor(low, high),
            _ => widen(low, high),
        };
        Self::new(low, high, division)
    }

    /// How far along the axis a value lies, from 0 to 1.
    pub(crate) fn share(&self, x: f64) -> f64 {
        match self.division {
            Division::Logarithmic => (x / self.low).ln() / (self.high / self.low).ln(),
            _ => (x - self.low) / (self.high - self.low),
        }
    }

    fn marks(&self, most: usize) -> Vec<f64> {
        match self.division {
            Division::Even => ticks(self.low, self.high, most),
            Division::Whole => {
                let mut marks = ticks(self.low, self.high, most);
                marks.retain(|x| x.fract() == 0.0);
                marks
            }
            Division::Logarithmic => log_ticks(self.low, self.high, most),
        }
    }
}

impl Axes {
    /// Two axes in a figure, with `right` pixels free for a legend and room on the left for the marks.
    pub(crate) fn new(figure: &Figure, x: Axis, y: Axis, right: i32) -> Result<Self, PlotError> {
        let height = plane(figure, 0, right)?.height();
        let marks = y.marks(fitting(height, 40));
        let area = plane(figure, longest(&labels(&marks)), right)?;
        Ok(Self { area, x, y })
    }

    /// Draws title, grid, frame, marks and names.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, figure: &Figure) -> Result<(), PlotError> {
        title(canvas, figure)?;
        self.grid(canvas)?;
        names(canvas, figure, self.area)?;
        canvas.frame(self.area, LINE)
    }

    /// The pixel of a point.
    pub(crate) fn pixel(&self, x: f64, y: f64) -> (i32, i32) {
        let across = self.x.share(x) * f64::from(self.area.width());
        let up = self.y.share(y) * f64::from(self.area.height());
        (self.area.left + round(across), self.area.bottom - round(up))
    }

    fn grid(&self, canvas: &Canvas<'_>) -> Result<(), PlotError> {
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.area;
        let (marks, words, room) = self.marks_across();
        for (&x, word) in marks.iter().zip(&words) {
            let (at, _) = self.pixel(x, self.y.low);
            canvas.line(&[(at, top), (at, bottom)], GRID, 1)?;
            canvas.text(word, (at, bottom + 12), 12, INK, Anchor::Center, room)?;
        }
        let marks = self.y.marks(fitting(self.area.height(), 40));
        for (&y, word) in marks.iter().zip(&labels(&marks)) {
            let (_, at) = self.pixel(self.x.low, y);
            canvas.line(&[(left, at), (right, at)], GRID, 1)?;
            canvas.text(word, (left - 6, at), 12, INK, Anchor::Right, left - 6)?;
        }
        Ok(())
    }

    /// Marks of the horizontal axis, their words and the room of each: fewer marks where words are long.
    fn marks_across(&self) -> (Vec<f64>, Vec<String>, i32) {
        let mut room = 70;
        loop {
            let marks = self.x.marks(fitting(self.area.width(), room));
            let words = labels(&marks);
            let needed = LETTER * pixels(longest(&words)) + 8;
            if needed <= room || room >= self.area.width() {
                return (marks, words, room);
            }
            room = needed.max(room + 1);
        }
    }
}

/// The area between the margins, with room on the left for marks of so many letters.
pub(crate) fn plane(figure: &Figure, letters: usize, right: i32) -> Result<Area, PlotError> {
    let (width, height) = figure.size()?;
    let area = Area {
        left: (LETTER * pixels(letters) + 30).max(66),
        top: if figure.title.is_empty() { 14 } else { 40 },
        right: width - right - 18,
        bottom: height - 50,
    };
    // How much is missing to a plane of 16 × 16 pixels.
    let missing = [16 - area.width(), 16 - area.height()].map(|n| u32::try_from(n).unwrap_or(0));
    if missing != [0, 0] {
        return Err(PlotError::NoRoom {
            width: figure.width,
            height: figure.height,
            needed_width: figure.width + missing[0],
            needed_height: figure.height + missing[1],
        });
    }
    Ok(area)
}

/// The title, in the middle above everything.
pub(crate) fn title(canvas: &Canvas<'_>, figure: &Figure) -> Result<(), PlotError> {
    let (width, _) = figure.size()?;
    canvas.text(
        &figure.title,
        (width / 2, 20),
        17,
        INK,
        Anchor::Center,
        width - 20,
    )
}

/// The names of both axes.
pub(crate) fn names(canvas: &Canvas<'_>, figure: &Figure, area: Area) -> Result<(), PlotError> {
    let (_, height) = figure.size()?;
    let (x, y) = area.center();
    let below = (x, height - 14);
    canvas.text(
        &figure.x_label,
        below,
        14,
        INK,
        Anchor::Center,
        area.width(),
    )?;
    canvas.upward_text(&figure.y_label, (14, y), 14, area.height())
}

/// A number of letters, or of anything that fits a figure.
fn pixels(n: usize) -> i32 {
    i32::try_from(n.min(10_000)).unwrap_or(10_000)
}

/// How many marks fit, at so many pixels each.
fn fitting(pixels: i32, each: i32) -> usize {
    usize::try_from(pixels / each).unwrap_or(0).max(2)
}

/// The nearest pixel; what is far outside stays far outside.
pub(crate) fn round(x: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "clamped to what i32 holds")]
    let pixel = x.clamp(-1e6, 1e6).round() as i32;
    pixel
}

/// A margin of 4 % on both sides; around a single value, a tenth of it or 1.
fn widen(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    let margin = if high - low > 1e-9 * size {
        0.04 * (high - low)
    } else if size > 0.0 {
        0.1 * size
    } else {
        1.0
    };
    (low - margin, high + margin)
}

/// The same on a logarithmic axis.
fn widen_factor(low: f64, high: f64) -> (f64, f64) {
    let factor = (high / low).powf(0.04).clamp(1.02, 1e10);
    ((low / factor).max(f64::MIN_POSITIVE), high * factor)
}

/// A letter of the marks is at most so many pixels wide.
const LETTER: i32 = 7;
