//! Two samples made one.

use super::erase::Rectangle;
use super::resample::check_pixels;
use crate::error::DataError;
use gradus_numeric::{Float, Shape, beta_regularized_inverse};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// The share of the first of two samples that are to be mixed: a draw from a beta law.
///
/// ```math
/// \lambda \sim \operatorname{Beta}(\alpha, \alpha)
/// ```
///
/// Small $`\alpha`$ gives shares near 0 and 1, $`\alpha = 1`$ all alike, large ones near ½.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | mean ½ and variance $`1 / (8 \alpha + 4)`$ | `mixing_shares_follow_the_beta_law` |
///
/// # Numerics
///
/// By the quantile function from one uniform draw, so that a key gives the same share everywhere.
///
/// # Errors
///
/// [`DataError::InvalidParameter`] unless `alpha` is positive and finite.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, mixing_share};
///
/// let share = mixing_share(0.2, &mut Key::new(1).rng())?;
/// assert!((0.0..=1.0).contains(&share));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// As [`mix_up`].
pub fn mixing_share(alpha: f64, rng: &mut (impl Rng + ?Sized)) -> Result<f64, DataError> {
    if !(alpha > 0.0 && alpha.is_finite()) {
        let (name, value) = ("alpha", alpha);
        return Err(DataError::InvalidParameter { name, value });
    }
    let share = beta_regularized_inverse(alpha, alpha, uniform(rng));
    Ok(share.clamp(0.0, 1.0))
}

/// The mean of two samples, or of their targets, with this share of the first.
///
/// ```math
/// \tilde{x} = \lambda x + (1 - \lambda) x', \qquad \tilde{y} = \lambda y + (1 - \lambda) y'
/// ```
///
/// with one-hot targets $`y`$ and $`y'`$. A network that learns from such pairs is made to behave linearly between
/// samples.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`\lambda = 1`$ gives the first, 0 the second, to the bit; every number lies between | `mixtures_lie_between` |
/// | mixed distributions are distributions | `mixed_labels_sum_to_one` |
///
/// # Errors
///
/// [`DataError::FeatureCount`] if the samples differ in length; [`DataError::InvalidParameter`] unless the share lies in
/// $`[0, 1]`$.
///
/// # Examples
///
/// ```
/// use gradus_data::mix_up;
///
/// assert_eq!(mix_up(&[8.0, 0.0], &[0.0, 4.0], 0.75)?, [6.0, 1.0]);
/// assert_eq!(mix_up(&[1.0, 0.0], &[0.0, 1.0], 0.75)?, [0.75, 0.25]); // labels
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// H. Zhang, M. Cisse, Y. N. Dauphin and D. Lopez-Paz, *mixup: beyond empirical risk minimization*, ICLR 2018, section 2.
pub fn mix_up<T: Float>(first: &[T], second: &[T], share: f64) -> Result<Vec<T>, DataError> {
    if !(0.0..=1.0).contains(&share) {
        let (name, value) = ("share", share);
        return Err(DataError::InvalidParameter { name, value });
    }
    check_lengths(first, second)?;
    let mean = |(a, b): (&T, &T)| {
        let (a, b) = (a.to_f64(), b.to_f64());
        let mean = share * a + (1.0 - share) * b;
        // Rounding may lead out of the interval.
        T::from_f64(mean.max(a.min(b)).min(a.max(b)))
    };
    Ok(zip(first, second).map(mean).collect())
}

/// The first image with a rectangle of the second in it, and the share of the first.
///
/// The share is what [`mix_up`] needs to mix the targets: the part of the area that the first image kept.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | every pixel is one of the two, and the share counts them | `cut_pixels_come_from_one_of_both` |
///
/// # Errors
///
/// [`DataError::PixelCount`] if an image has not as many pixels as `size` says; [`DataError::NoSuchPixel`] if the
/// rectangle leaves it.
///
/// # Examples
///
/// ```
/// use gradus_data::{Rectangle, Shape, cut_mix};
///
/// let right = Rectangle { rows: 0..2, columns: 1..2 };
/// let (mixed, share) = cut_mix(&[1.0; 4], &[5.0; 4], Shape::new(2, 2), &right)?;
/// assert_eq!((mixed, share), (vec![1.0, 5.0, 1.0, 5.0], 0.5));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// S. Yun et al., *`CutMix`: regularization strategy to train strong classifiers with localizable features*, ICCV 2019,
/// section 3.1.
pub fn cut_mix<T: Float>(
    first: &[T],
    second: &[T],
    size: Shape,
    rectangle: &Rectangle,
) -> Result<(Vec<T>, f64), DataError> {
    check_pixels(first, size)?;
    check_pixels(second, size)?;
    if rectangle.rows.end > size.rows || rectangle.columns.end > size.columns {
        let (row, column) = (rectangle.rows.end as u64, rectangle.columns.end as u64);
        return Err(DataError::NoSuchPixel { row, column, size });
    }
    let mut mixed = first.to_vec();
    for part in rectangle.stretches(size.columns) {
        if let (Some(pixels), Some(others)) = (mixed.get_mut(part.clone()), second.get(part)) {
            pixels.copy_from_slice(others);
        }
    }
    Ok((mixed, 1.0 - rectangle.share(size)))
}

fn check_lengths<T>(first: &[T], second: &[T]) -> Result<(), DataError> {
    let (expected, found) = (first.len() as u64, second.len() as u64);
    if expected == found {
        Ok(())
    } else {
        Err(DataError::FeatureCount { expected, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn what_cannot_be_mixed_is_refused() {
        assert!(mix_up(&[1.0], &[1.0, 2.0], 0.5).is_err());
        assert!(mix_up(&[1.0], &[2.0], f64::NAN).is_err());
        assert!(mixing_share(0.0, &mut Key::new(0).rng()).is_err());
        let size = Shape::new(1, 2);
        let beyond = Rectangle {
            rows: 0..1,
            columns: 1..3,
        };
        let error = cut_mix(&[0.0; 2], &[1.0; 2], size, &beyond);
        let (row, column) = (1, 3);
        assert_eq!(error, Err(DataError::NoSuchPixel { row, column, size }));
    }
}
