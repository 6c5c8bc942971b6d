//! Gray images.

use gradus_numeric::Shape;
use std::num::NonZeroU8;

/// A gray image as a file holds it.
///
/// # Examples
///
/// ```
/// use gradus_data::{GrayImage, Shape};
/// use std::num::NonZeroU8;
///
/// // A black pixel beside a white one.
/// let image = GrayImage { size: Shape::new(1, 2), white: NonZeroU8::MAX, pixels: vec![0, 255] };
/// assert_eq!(image.size.checked_len(), Some(image.pixels.len()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrayImage {
    /// Rows and columns.
    pub size: Shape,
    /// The value of white.
    pub white: NonZeroU8,
    /// The pixels, row by row, none above white.
    pub pixels: Vec<u8>,
}
