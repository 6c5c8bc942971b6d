//! What every picture has: a title, names of the axes, a size.

use crate::error::PlotError;

/// Title, names of the axes and size of a picture.
///
/// Texts may hold anything: they are escaped, control characters are replaced, and what is too long for
/// its place is cut with an ellipsis.
///
/// # Examples
///
/// ```
/// use gradus_plot::Figure;
///
/// let figure = Figure::new("Loss", "epoch", "cross-entropy").sized(800, 500);
/// assert_eq!((figure.width, figure.height), (800, 500));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Above the picture; empty for none.
    pub title: String,
    /// Below the horizontal axis.
    pub x_label: String,
    /// Beside the vertical axis.
    pub y_label: String,
    /// Width in pixels, 64 to 8192.
    pub width: u32,
    /// Height in pixels, 64 to 8192.
    pub height: u32,
    /// Ends of the vertical axis; by default they follow from the data.
    pub y_range: Option<[f64; 2]>,
}

impl Figure {
    /// A figure of 640 × 400 pixels.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        x_label: impl Into<String>,
        y_label: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            x_label: x_label.into(),
            y_label: y_label.into(),
            width: 640,
            height: 400,
            y_range: None,
        }
    }

    /// The same figure with another size in pixels.
    #[must_use]
    pub fn sized(self, width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            ..self
        }
    }

    /// The same figure with given ends of the vertical axis; curves are cut there.
    #[must_use]
    pub fn between(self, low: f64, high: f64) -> Self {
        Self {
            y_range: Some([low, high]),
            ..self
        }
    }

    /// Width and height, checked.
    pub(crate) fn size(&self) -> Result<(i32, i32), PlotError> {
        let pixels = |n: u32| i32::try_from(n).ok().filter(|n| (64..=8192).contains(n));
        match (pixels(self.width), pixels(self.height)) {
            (Some(width), Some(height)) => Ok((width, height)),
            _ => Err(PlotError::BadSize {
                width: self.width,
                height: self.height,
            }),
        }
    }
}

/// A figure without words.
impl Default for Figure {
    fn default() -> Self {
        Self::new("", "", "")
    }
}
