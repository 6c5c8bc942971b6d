//! Images on a grid that was moved.

use super::affine_map::AffineMap;
use crate::error::DataError;
use gradus_numeric::{Float, Shape};

/// The image after its plane was moved by an affine map.
///
/// ```math
/// y(q) = x\bigl(f^{-1}(q)\bigr)
/// ```
///
/// for every pixel $`q`$. A point between four pixels has their bilinear mean; outside of the image everything is 0,
/// which is the background of digits.
///
/// # Shapes
///
/// `image` and the result: `size.rows · size.columns` pixels, row by row.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the identity changes no bit | `moving_nothing_changes_no_bit` |
/// | shifts by whole pixels, and mirrors, only move pixels | `whole_pixels_are_only_moved` |
/// | no pixel is darker or brighter than the image and 0 are | `resampled_pixels_lie_between` |
/// | $`w(a x + b y) = a\,w(x) + b\,w(y)`$ | `resampling_is_linear` |
///
/// # Errors
///
/// [`DataError::PixelCount`] if the image has not as many pixels as `size` says; [`DataError::InvalidParameter`] if the
/// map has no inverse.
///
/// # Examples
///
/// ```
/// use gradus_data::{AffineMap, Shape, warp};
///
/// // A stroke of three pixels, one column to the right: the last one leaves.
/// let right = AffineMap::shift(0.0, 1.0);
/// assert_eq!(warp(&[1.0, 2.0, 3.0], Shape::new(1, 3), &right)?, [0.0, 1.0, 2.0]);
/// // Half a column: means of neighbors.
/// let half = AffineMap::shift(0.0, 0.5);
/// assert_eq!(warp(&[1.0, 2.0, 3.0], Shape::new(1, 3), &half)?, [0.5, 1.5, 2.5]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed. (2018), section 2.4, (2-17) (bilinear
/// interpolation), section 2.6 (inverse mapping).
pub fn warp<T: Float>(image: &[T], size: Shape, map: &AffineMap) -> Result<Vec<T>, DataError> {
    check_pixels(image, size)?;
    let back = map.inverse()?;
    Ok(resampled(image, size, |_, q| back.apply(q)))
}

/// The image whose pixel number `i` at `q` is what the other shows at `source(i, q)`, both from the center.
pub(super) fn resampled<T: Float>(
    image: &[T],
    size: Shape,
    source: impl Fn(usize, [f64; 2]) -> [f64; 2],
) -> Vec<T> {
    let center = |length: usize| (length as f64 - 1.0) / 2.0;
    let (middle_row, middle_column) = (center(size.rows), center(size.columns));
    let mut pixels = Vec::with_capacity(image.len());
    for row in 0..size.rows {
        for column in 0..size.columns {
            let q = [row as f64 - middle_row, column as f64 - middle_column];
            let [u, v] = source(pixels.len(), q);
            pixels.push(between(image, size, u + middle_row, v + middle_column));
        }
    }
    pixels
}

/// The bilinear mean of the four pixels around a point; those outside of the image are 0.
fn between<T: Float>(image: &[T], size: Shape, row: f64, column: f64) -> T {
    // NaN, and what is far outside, shows nothing.
    let inside = |x: f64, length: usize| x > -1.0 && x < length as f64;
    if !(inside(row, size.rows) && inside(column, size.columns)) {
        return T::from_f64(0.0);
    }
    let (top, left) = (row.floor(), column.floor());
    let (down, right) = (row - top, column - left);
    let mut sum = 0.0;
    for (r, weight) in [(top, 1.0 - down), (top + 1.0, down)] {
        for (c, weight) in [(left, weight * (1.0 - right)), (left + 1.0, weight * right)] {
            if weight > 0.0 {
                sum += weight * pixel(image, size, r, c);
            }
        }
    }
    T::from_f64(sum)
}

/// A pixel at whole coordinates, 0 outside.
fn pixel<T: Float>(image: &[T], size: Shape, row: f64, column: f64) -> f64 {
    if !(row >= 0.0 && column >= 0.0 && column < size.columns as f64) {
        return 0.0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers from 0 on, less than the sides of an image in memory"
    )]
    let at = row as usize * size.columns + column as usize;
    image.get(at).map_or(0.0, |pixel| pixel.to_f64())
}

/// An image has as many pixels as its size says.
pub(super) fn check_pixels<T>(image: &[T], size: Shape) -> Result<(), DataError> {
    if size.checked_len() == Some(image.len()) {
        return Ok(());
    }
    Err(DataError::PixelCount {
        size,
        pixels: image.len() as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_four_pixels_is_their_mean() {
        let size = Shape::new(2, 2);
        let image = [1.0, 2.0, 3.0, 6.0];
        let half = warp(&image, size, &AffineMap::shift(0.5, 0.5)).unwrap();
        assert_eq!(half, [0.25, 0.75, 1.0, 3.0]); // the last is (1 + 2 + 3 + 6) / 4
    }

    #[test]
    fn an_image_of_another_size_is_refused() {
        let size = Shape::new(2, 2);
        let error = warp(&[0.0; 3], size, &AffineMap::IDENTITY);
        assert_eq!(error, Err(DataError::PixelCount { size, pixels: 3 }));
        let none = warp::<f32>(&[], Shape::new(0, 5), &AffineMap::IDENTITY);
        assert_eq!(none, Ok(vec![]));
    }
}
