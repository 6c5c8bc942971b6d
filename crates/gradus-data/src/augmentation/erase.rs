//! A rectangle of an image.

use crate::error::DataError;
use gradus_numeric::Shape;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::ops::Range;

/// Some rows and columns of an image: what is erased, or taken from another image.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | a random rectangle lies in the image | `rectangles_lie_in_the_image` |
/// | its sides have the asked-for share of the image's, up to a pixel | `rectangles_have_the_share_that_was_asked_for` |
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, Rectangle, Shape};
///
/// // A quarter of the area: half of each side.
/// let size = Shape::new(8, 6);
/// let hole = Rectangle::random(size, 0.25, &mut Key::new(1).rng())?;
/// assert_eq!((hole.rows.len(), hole.columns.len()), (4, 3));
/// assert_eq!(hole.share(size), 0.25);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// T. `DeVries` and G. W. Taylor, *Improved regularization of convolutional neural networks with cutout* (2017),
/// arXiv:1708.04552, section 3.2; Z. Zhong et al., *Random erasing data augmentation*, AAAI 2020.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "cutout")]
pub struct Rectangle {
    /// Its rows.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Range<usize>,
}

impl Rectangle {
    /// A rectangle at a random place that covers this share of the area, in the proportions of the image.
    ///
    /// Sides are rounded to whole pixels; all places inside of the image are equally likely.
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidParameter`] unless the share lies in $`[0, 1]`$.
    pub fn random(
        size: Shape,
        share: f64,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<Self, DataError> {
        if !(0.0..=1.0).contains(&share) {
            let (name, value) = ("share", share);
            return Err(DataError::InvalidParameter { name, value });
        }
        Ok(Self {
            rows: stretch(size.rows, share.sqrt(), uniform(rng)),
            columns: stretch(size.columns, share.sqrt(), uniform(rng)),
        })
    }

    /// The share of the pixels of an image of this size, 0 for an image without pixels.
    #[must_use]
    pub fn share(&self, size: Shape) -> f64 {
        let area = self.rows.len() as f64 * self.columns.len() as f64;
        area / (size.rows as f64 * size.columns as f64).max(1.0)
    }

    /// The pixels of the rectangle, as ranges of an image of this many columns, one a row.
    pub(super) fn stretches(&self, columns: usize) -> impl Iterator<Item = Range<usize>> {
        let across = self.columns.clone();
        let start = move |row: usize| row * columns;
        self.rows
            .clone()
            .map(move |row| start(row) + across.start..start(row) + across.end)
    }
}

/// A part of `0..length`, of this share of it, whose place is `at` of all that are possible.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the length, which is that of an image in memory"
)]
fn stretch(length: usize, share: f64, at: f64) -> Range<usize> {
    let part = ((length as f64 * share).round() as usize).min(length);
    let start = ((at * (length - part + 1) as f64) as usize).min(length - part);
    start..start + part
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn places_are_equally_likely() {
        let starts: Vec<usize> = [0.0, 0.32, 0.34, 0.66, 0.67, 0.999]
            .map(|at| stretch(4, 0.5, at).start)
            .to_vec();
        assert_eq!(starts, [0, 0, 1, 1, 2, 2]); // 0..2, 1..3, 2..4
    }

    #[test]
    fn a_share_is_a_fraction() {
        let rectangle = |share| Rectangle::random(Shape::new(4, 4), share, &mut Key::new(0).rng());
        for share in [-0.1, 1.1, f64::NAN] {
            assert!(rectangle(share).is_err());
        }
        let whole = rectangle(1.0).unwrap();
        assert_eq!(
            whole.stretches(4).collect::<Vec<_>>(),
            [0..4, 4..8, 8..12, 12..16]
        );
        assert_eq!(rectangle(0.0).unwrap().share(Shape::new(4, 4)), 0.0);
    }
}
