//! What a sample is: the meaning of the numbers in a column.

use std::fmt;

/// What a sample is: numbers, a sequence or images, in a column of a batch.
///
/// Channels come first and places last, as in PyTorch: a column holds channel after channel, of a sequence step
/// after step, of an image row after row. So a layer that works channel by channel, or place by place, is the
/// same for all of them: a sample is a channels × places matrix.
///
/// # Examples
///
/// ```
/// use gradus_nn::SampleShape;
///
/// let image = SampleShape::Image { channels: 3, height: 32, width: 32 };
/// assert_eq!((image.len(), image.channels(), image.places()), (3072, 3, 1024));
/// assert_eq!(image.to_string(), "3 × 32 × 32");
/// assert_eq!(SampleShape::from(784), SampleShape::Vector(784));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleShape {
    /// Numbers without neighbors; each is a channel.
    Vector(usize),
    /// Features that are known at every step.
    Sequence {
        /// How many numbers a step has.
        features: usize,
        /// How many steps.
        steps: usize,
    },
    /// Images of the same size, one per channel.
    Image {
        /// How many.
        channels: usize,
        /// Rows of pixels.
        height: usize,
        /// Pixels of a row.
        width: usize,
    },
}

impl SampleShape {
    /// How many numbers a sample has; `usize::MAX` if `usize` cannot count them.
    #[must_use]
    pub const fn len(self) -> usize {
        self.channels().saturating_mul(self.places())
    }

    /// Whether a sample has no numbers.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many numbers a place has.
    #[must_use]
    pub const fn channels(self) -> usize {
        match self {
            Self::Vector(channels)
            | Self::Sequence {
                features: channels, ..
            }
            | Self::Image { channels, .. } => channels,
        }
    }

    /// How many places: steps or pixels; a vector is one.
    #[must_use]
    pub const fn places(self) -> usize {
        match self {
            Self::Vector(_) => 1,
            Self::Sequence { steps, .. } => steps,
            Self::Image { height, width, .. } => height.saturating_mul(width),
        }
    }
}

impl From<usize> for SampleShape {
    fn from(features: usize) -> Self {
        Self::Vector(features)
    }
}

impl fmt::Display for SampleShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vector(features) => write!(f, "{features}"),
            Self::Sequence { features, steps } => write!(f, "{features} × {steps}"),
            Self::Image {
                channels,
                height,
                width,
            } => write!(f, "{channels} × {height} × {width}"),
        }
    }
}
