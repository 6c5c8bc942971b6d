//! Images with labels.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::DataError;
use crate::formats::idx::{Idx, Values};
use crate::tables::labelled::check_labels;
use crate::tables::table::gathered;
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_pages::LargePages;
use std::num::NonZeroU8;
use std::slice::from_ref;

/// Gray images of one size, each with a label.
///
/// ```math
/// x_{\cdot j} \in \{0, \dots, \text{white}\}^{\text{rows} \cdot \text{columns}}, \qquad
/// y_j \in \{0, \dots, \text{classes} - 1\}
/// ```
///
/// One sample is contiguous, row by row, so the samples are the columns of a features × samples
/// matrix. Bytes stay bytes (MNIST takes 47 MB, as floats four times that), in large pages of memory; to make numbers in [0, 1] of them,
/// divide by [`white`](Self::white) when a batch is gathered.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | what [`new`](Self::new) lets pass keeps its promises | `images_keep_their_promises` |
///
/// # Examples
///
/// ```
/// use gradus_data::LabelledImages;
/// use gradus_data::Shape;
/// use std::num::NonZeroU8;
///
/// // Two images of 1 × 2 pixels.
/// let size = Shape::new(1, 2);
/// let images = LabelledImages::new(vec![0, 255, 7, 8], size, NonZeroU8::MAX, vec![3, 9], 10)?;
/// assert_eq!(images.sample(1), Some(&[7, 8][..]));
/// assert_eq!(images.labels(), [3, 9]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledImages {
    pixels: LargePages<u8>,
    size: Shape,
    white: NonZeroU8,
    labels: Vec<u32>,
    classes: u32,
}

impl LabelledImages {
    /// Checks pixels and labels and keeps them.
    ///
    /// # Errors
    ///
    /// [`DataError::CountMismatch`] if the pixels do not make as many images as there are labels,
    /// [`DataError::LabelOutOfRange`] and [`DataError::PixelOutOfRange`] for the first bad label or
    /// pixel, [`DataError::SizeOverflow`] if the pixels of an image cannot be counted.
    pub fn new(
        pixels: Vec<u8>,
        size: Shape,
        white: NonZeroU8,
        labels: Vec<u32>,
        classes: u32,
    ) -> Result<Self, DataError> {
        let features = size.checked_len().ok_or(DataError::SizeOverflow)?;
        let expected = features.checked_mul(labels.len());
        if expected != Some(pixels.len()) {
            let samples = pixels.len().checked_div(features).unwrap_or(0) as u64;
            let labels = labels.len() as u64;
            return Err(DataError::CountMismatch { samples, labels });
        }
        check_labels(&labels, classes)?;
        check_pixels(&pixels, white)?;
        Ok(Self {
            pixels: pixels.into(),
            size,
            white,
            labels,
            classes,
        })
    }

    /// Images from an array of three dimensions (images, rows, columns), labels from an array of one.
    ///
    /// For arrays of other types and ranks there is [`LabelledTable::from_idx`](crate::LabelledTable::from_idx).
    ///
    /// # Errors
    ///
    /// [`DataError::WrongType`] and [`DataError::WrongRank`] for other arrays,
    /// [`DataError::CountMismatch`] if there are not as many images as labels, and those of
    /// [`new`](Self::new).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::LabelledImages;
    /// use gradus_data::idx::{Idx, Values};
    ///
    /// let images = Idx { dimensions: vec![1, 2, 2], values: Values::U8(vec![0, 50, 100, 255]) };
    /// let labels = Idx { dimensions: vec![1], values: Values::U8(vec![7]) };
    /// let images = LabelledImages::from_idx(images, &labels, 10)?;
    /// assert_eq!((images.len(), images.labels()), (1, &[7][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn from_idx(images: Idx, labels: &Idx, classes: u32) -> Result<Self, DataError> {
        let [count, rows, columns] = dimensions(&images)?;
        let labels = labels.labels(classes)?;
        if count != labels.len() {
            let (samples, labels) = (count as u64, labels.len() as u64);
            return Err(DataError::CountMismatch { samples, labels });
        }
        let size = Shape::new(rows, columns);
        Self::new(bytes(images)?, size, NonZeroU8::MAX, labels, classes)
    }

    /// The images with these numbers, from 0, in this order, with their labels: a part of a split, or a batch.
    ///
    /// # Errors
    ///
    /// [`DataError::NoSuchSample`] for the first number that no image has.
    ///
    /// # Examples
    ///
    /// ```
    /// let digits = gradus_data::digits()?;
    /// assert_eq!(digits.select(&[7, 3])?.labels(), [7, 3]);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn select(&self, samples: &[u32]) -> Result<Self, DataError> {
        let label = |j: usize| self.labels.get(j).map_or(&[][..], from_ref);
        let pixels = |j: usize| self.sample(j).unwrap_or_default();
        Ok(Self {
            pixels: gathered(samples, self.len(), pixels)?.into(),
            labels: gathered(samples, self.len(), label)?,
            ..*self
        })
    }

    /// How many images there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Rows of one image.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.size.rows
    }

    /// Columns of one image.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.size.columns
    }

    /// Rows and columns of one image.
    #[must_use]
    pub const fn size(&self) -> Shape {
        self.size
    }

    /// How many pixels one image has.
    #[must_use]
    pub const fn features(&self) -> usize {
        self.size.rows.saturating_mul(self.size.columns) // counted by `new`
    }

    /// The value of a white pixel: 255 for IDX files, 16 for the UCI digits. Black is 0.
    #[must_use]
    pub const fn white(&self) -> u8 {
        self.white.get()
    }

    /// All pixels, one image after the other, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels of image `j`, row by row.
    #[must_use]
    pub fn sample(&self, j: usize) -> Option<&[u8]> {
        let start = j.checked_mul(self.features())?;
        let end = start.checked_add(self.features())?;
        self.pixels.get(start..end).filter(|_| j < self.len())
    }

    /// The pixels as a matrix, features × samples: one contiguous column an image.
    #[must_use]
    pub fn samples(&self) -> MatrixRef<'_, u8> {
        let shape = Shape::new(self.features(), self.len());
        let matrix = MatrixRef::new(&self.pixels, shape, Order::Columns);
        matrix.unwrap_or(MatrixRef::from_column(&self.pixels)) // `new` has checked the length
    }

    /// The labels, one an image, each below [`classes`](Self::classes).
    #[must_use]
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// How many classes there are.
    #[must_use]
    pub const fn classes(&self) -> u32 {
        self.classes
    }
}

fn check_pixels(pixels: &[u8], white: NonZeroU8) -> Result<(), DataError> {
    let white = white.get();
    if white == u8::MAX {
        return Ok(());
    }
    match pixels.iter().position(|&pixel| pixel > white) {
        None => Ok(()),
        Some(index) => Err(DataError::PixelOutOfRange {
            index: index as u64,
            value: pixels.get(index).copied().unwrap_or_default().into(),
            white,
        }),
    }
}

/// The dimensions of an array that must have `N` of them.
fn dimensions<const N: usize>(idx: &Idx) -> Result<[usize; N], DataError> {
    let found: Result<Vec<usize>, _> = idx.dimensions.iter().map(|&d| d.try_into()).collect();
    let found = found.map_err(|_| DataError::SizeOverflow)?;
    let (rank, n) = (found.len() as u64, N as u64);
    let wrong = DataError::WrongRank {
        rank,
        least: n,
        most: n,
    };
    found.try_into().map_err(|_| wrong)
}

fn bytes(idx: Idx) -> Result<Vec<u8>, DataError> {
    match idx.values {
        Values::U8(bytes) => Ok(bytes),
        other => Err(DataError::WrongType {
            found: other.type_name(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(labels: Vec<u32>, white: u8) -> Result<LabelledImages, DataError> {
        let white = NonZeroU8::new(white).unwrap();
        LabelledImages::new(vec![1, 2, 3, 4], Shape::new(2, 1), white, labels, 3)
    }

    #[test]
    fn two_images_of_two_pixels() {
        let images = image(vec![0, 2], 4).unwrap();
        assert_eq!((images.len(), images.features(), images.white()), (2, 2, 4));
        assert_eq!(images.sample(0), Some(&[1, 2][..]));
        assert_eq!(images.sample(2), None);
        assert_eq!(images.samples().get(1, 1), Some(4));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let count = DataError::CountMismatch {
            samples: 2,
            labels: 3,
        };
        assert_eq!(image(vec![0, 0, 0], 255), Err(count));
        let label = DataError::LabelOutOfRange {
            index: 1,
            label: 3.0,
            classes: 3,
        };
        assert_eq!(image(vec![0, 3], 255), Err(label));
        let pixel = DataError::PixelOutOfRange {
            index: 3,
            value: 4.0,
            white: 3,
        };
        assert_eq!(image(vec![0, 0], 3), Err(pixel));
    }

    #[test]
    fn images_without_pixels_have_no_samples_to_show() {
        let none =
            LabelledImages::new(vec![], Shape::new(0, 28), NonZeroU8::MAX, vec![1], 2).unwrap();
        assert_eq!(none.sample(0), Some(&[][..]));
        assert_eq!(none.sample(1), None);
    }
}
