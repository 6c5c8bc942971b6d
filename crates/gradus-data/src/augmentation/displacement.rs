//! Smooth random displacements: elastic deformations.

use super::resample::{check_pixels, resampled};
use crate::error::DataError;
use gradus_numeric::{Float, Shape};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// A smooth random field of displacements: how far every pixel of an image is moved by an elastic deformation.
///
/// ```math
/// \Delta = \alpha \, (G_\sigma * U), \qquad U_{ij} \sim \mathcal{U}(-1, 1)
/// ```
///
/// where $`G_\sigma`$ is the Gaussian kernel of standard deviation $`\sigma`$, whose weights sum to 1. A small
/// $`\sigma`$ gives trembling, a large one a shift of the whole; between them lie the strokes of another hand.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | no pixel moves further than $`\alpha`$ in a direction | `elastic_displacements_are_bounded` |
/// | strength 0 changes no bit | `a_displacement_of_zero_changes_no_bit` |
///
/// # Numerics
///
/// The kernel is cut off at $`3 \sigma`$ and divided by its sum; at the border it is mirrored, so that all weights
/// count. Rows and columns are smoothed one after the other.
///
/// # Examples
///
/// ```
/// use gradus_data::{Displacement, Key, Shape};
///
/// let size = Shape::new(8, 8);
/// let field = Displacement::elastic(size, 2.0, 1.5, &mut Key::new(1).rng())?;
/// let image = vec![1.0; 64];
/// let moved = field.apply(&image)?;
/// assert!(moved.iter().all(|&x| (0.0..=1.0 + 1e-12).contains(&x)));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// P. Y. Simard, D. Steinkraus and J. C. Platt, *Best practices for convolutional neural networks applied to visual
/// document analysis*, ICDAR 2003, section 2.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "elastic deformation")]
pub struct Displacement {
    size: Shape,
    /// Rows and columns that the content of a pixel comes from, relative to it.
    offsets: Vec<[f64; 2]>,
}

impl Displacement {
    /// A random field of this strength $`\alpha`$ (in pixels) and smoothness $`\sigma`$ (in pixels).
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidParameter`] unless the strength is finite and not negative, and the smoothness positive and
    /// at most 1000; [`DataError::SizeOverflow`].
    pub fn elastic(
        size: Shape,
        strength: f64,
        smoothness: f64,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<Self, DataError> {
        check_elastic(strength, smoothness)?;
        let pixels = size.checked_len().ok_or(DataError::SizeOverflow)?;
        let kernel = gaussian(smoothness);
        let mut field = || {
            let noise: Vec<f64> = (0..pixels).map(|_| 2.0 * uniform(rng) - 1.0).collect();
            smoothed(&smoothed(&noise, size, &kernel), size.transposed(), &kernel)
        };
        let (rows, columns) = (field(), field());
        let offset = |(u, v)| [strength * u, strength * v];
        Ok(Self {
            size,
            offsets: zip(rows, columns).map(offset).collect(),
        })
    }

    /// How far each pixel is moved: rows and columns, pixel by pixel.
    #[must_use]
    pub fn offsets(&self) -> &[[f64; 2]] {
        &self.offsets
    }

    /// The deformed image.
    ///
    /// # Errors
    ///
    /// [`DataError::PixelCount`] if the image is of another size.
    pub fn apply<T: Float>(&self, image: &[T]) -> Result<Vec<T>, DataError> {
        check_pixels(image, self.size)?;
        Ok(resampled(image, self.size, |i, q| self.moved(i, q)))
    }

    /// Where pixel number `i`, at `q`, comes from.
    pub(super) fn moved(&self, i: usize, [u, v]: [f64; 2]) -> [f64; 2] {
        let [s, t] = self.offsets.get(i).copied().unwrap_or_default();
        [u + s, v + t]
    }
}

/// Strength and smoothness of an elastic deformation make sense.
pub(super) fn check_elastic(strength: f64, smoothness: f64) -> Result<(), DataError> {
    if !(strength >= 0.0 && strength.is_finite()) {
        return Err(DataError::InvalidParameter {
            name: "strength",
            value: strength,
        });
    }
    if !(smoothness > 0.0 && smoothness <= MOST_SMOOTH) {
        return Err(DataError::InvalidParameter {
            name: "smoothness",
            value: smoothness,
        });
    }
    Ok(())
}

/// Weights of a Gaussian kernel at 0, 1, 2, … pixels from its middle; all of them, on both sides, sum to 1.
fn gaussian(sigma: f64) -> Vec<f64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 3000"
    )]
    let reach = (3.0 * sigma).ceil() as usize;
    let weight = |d: usize| (-0.5 * (d as f64 / sigma).powi(2)).exp();
    let weights: Vec<f64> = (0..=reach).map(weight).collect();
    let total = 2.0 * weights.iter().sum::<f64>() - 1.0; // the middle counts once
    weights.iter().map(|w| w / total).collect()
}

/// Every row of an image smoothed by a symmetric kernel; the result is transposed, so that twice is both ways.
fn smoothed(image: &[f64], size: Shape, kernel: &[f64]) -> Vec<f64> {
    let mut transposed = vec![0.0; image.len()];
    for (row, pixels) in image.chunks_exact(size.columns.max(1)).enumerate() {
        for column in 0..size.columns {
            let last = size.columns - 1;
            let after = |d: usize| pixels[mirrored(column, d, size.columns)];
            // What comes before is what comes after, seen from the end of the row.
            let before = |d: usize| pixels[last - mirrored(last - column, d, size.columns)];
            let pairs = kernel.iter().enumerate().skip(1);
            let sum: f64 = pairs.map(|(d, w)| w * (before(d) + after(d))).sum();
            transposed[column * size.rows + row] = kernel[0] * pixels[column] + sum;
        }
    }
    transposed
}

/// The pixel `distance` after `column`, where the row goes on as in a mirror beyond its end.
fn mirrored(column: usize, distance: usize, length: usize) -> usize {
    let at = (column + distance) % (2 * length);
    if at < length { at } else { 2 * length - 1 - at }
}

/// A kernel as wide as no image is.
const MOST_SMOOTH: f64 = 1000.0;

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn a_kernel_sums_to_one() {
        let kernel = gaussian(1.0);
        assert_eq!(kernel.len(), 4);
        let total: f64 = kernel[0] + 2.0 * kernel[1..].iter().sum::<f64>();
        assert!((total - 1.0).abs() < 4.0 * f64::EPSILON);
        assert!((kernel[1] / kernel[0] - (-0.5_f64).exp()).abs() < 1e-15);
    }

    #[test]
    fn rows_go_on_as_in_a_mirror() {
        let ahead: Vec<usize> = (0..8).map(|d| mirrored(1, d, 3)).collect();
        assert_eq!(ahead, [1, 2, 2, 1, 0, 0, 1, 2]);
    }

    /// A constant stays one, whatever the kernel.
    #[test]
    fn smoothing_keeps_constants() {
        let size = Shape::new(2, 3);
        let once = smoothed(&[2.0; 6], size, &gaussian(5.0));
        assert!(once.iter().all(|x| (x - 2.0).abs() < 1e-14));
        // [1, 0, 0] with weights ½ and ¼ on both sides: the mirror gives the first pixel its quarter back.
        assert_eq!(
            smoothed(&[1.0, 0.0, 0.0], Shape::new(1, 3), &[0.5, 0.25]),
            [0.75, 0.25, 0.0]
        );
    }

    #[test]
    fn what_is_no_strength_is_refused() {
        let size = Shape::new(2, 2);
        let field = |strength, smoothness| {
            Displacement::elastic(size, strength, smoothness, &mut Key::new(0).rng())
        };
        assert!(field(-1.0, 1.0).is_err() && field(f64::NAN, 1.0).is_err());
        assert!(field(1.0, 0.0).is_err() && field(1.0, 1e9).is_err());
        assert!(field(1.0, 1.0).unwrap().apply(&[0.0; 3]).is_err());
    }
}
