//! Everything that is done to an image, by one key.

use super::affine_map::AffineMap;
use super::displacement::{Displacement, check_elastic};
use super::erase::Rectangle;
use super::resample::{check_pixels, resampled};
use crate::error::DataError;
use gradus_numeric::{Float, Shape};
use gradus_random::rand::Rng;
use gradus_random::{Key, normal, uniform};

/// How much images may be altered; [`Augmenter`] does it.
///
/// The default alters nothing. Everything random is uniform between the bounds. What is allowed is what keeps the
/// label: a 6 may be turned by ten degrees, not by a hundred and eighty, and a digit must not be mirrored.
///
/// # Examples
///
/// ```
/// use gradus_data::Augmentation;
///
/// // For handwritten digits of 28 × 28 pixels.
/// let digits = Augmentation { shift: 2.0, rotation: 0.17, scale: 0.1, ..Augmentation::default() };
/// assert_eq!(digits.mirror, 0.0);
/// ```
///
/// # References
///
/// A. Krizhevsky, I. Sutskever and G. E. Hinton, *`ImageNet` classification with deep convolutional neural networks*,
/// NIPS 2012, section 4.1; P. Y. Simard, D. Steinkraus and J. C. Platt, ICDAR 2003, section 2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Augmentation {
    /// Shifted by at most this many pixels, down or up and right or left.
    pub shift: f64,
    /// Turned by at most this angle, in radians, either way.
    pub rotation: f64,
    /// Made larger or smaller by a factor between $`1 / (1 + s)`$ and $`1 + s`$, whose logarithm is uniform.
    pub scale: f64,
    /// Slanted by at most this slope, either way.
    pub shear: f64,
    /// Mirrored, left and right, with this probability.
    pub mirror: f64,
    /// Deformed by a smooth random field.
    pub elastic: Option<Elastic>,
    /// Normal noise of this standard deviation, added to every pixel.
    pub noise: f64,
    /// A rectangle of this share of the area set to 0.
    pub erase: f64,
}

/// Strength and smoothness of a [`Displacement`], in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elastic {
    /// $`\alpha`$: no pixel moves further.
    pub strength: f64,
    /// $`\sigma`$: over what distance neighbors move together.
    pub smoothness: f64,
}

/// Alters images of one size, each in a way that its key alone decides.
///
/// With a key of (seed, epoch, sample), every epoch sees every image anew, and a training that is resumed, or runs on
/// other threads, sees the same images.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | equal keys give equal bits, whatever was altered before | `an_augmented_image_depends_on_its_key_alone` |
/// | without settings, no bit changes | `nothing_allowed_is_nothing_altered` |
/// | without noise, no pixel is darker or brighter than the image and 0 | `augmented_pixels_lie_between` |
///
/// # Numerics
///
/// Mirror, scale, shear, rotation, shift and deformation, in this order, are one map of the plane, so the image is
/// resampled once, by [`warp`](crate::warp)'s bilinear means. Noise and the erased rectangle come last. A draw that is
/// not needed is made all the same: to allow one thing more changes no other.
///
/// # Examples
///
/// ```
/// use gradus_data::{Augmentation, Augmenter, Key, Shape};
///
/// let settings = Augmentation { shift: 1.0, rotation: 0.2, ..Augmentation::default() };
/// let augmenter = Augmenter::new(settings, Shape::new(8, 8))?;
/// let digits = gradus_data::digits()?;
/// let seven: Vec<f32> = digits.sample(7).unwrap_or_default().iter().map(|&b| f32::from(b)).collect();
///
/// let key = Key::new(42).round(3).index(7); // seed, epoch, sample
/// let mut altered = seven.clone();
/// augmenter.apply(&mut altered, key)?;
/// assert_ne!(altered, seven);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Augmenter {
    settings: Augmentation,
    size: Shape,
}

impl Augmenter {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidParameter`] for a negative or infinite setting, a probability or share above 1, or an
    /// elastic deformation that [`Displacement::elastic`] refuses; [`DataError::SizeOverflow`].
    pub fn new(settings: Augmentation, size: Shape) -> Result<Self, DataError> {
        let Augmentation {
            shift,
            rotation,
            scale,
            shear,
            mirror,
            elastic,
            noise,
            erase,
        } = settings;
        for (name, value, most) in [
            ("shift", shift, f64::MAX),
            ("rotation", rotation, f64::MAX),
            ("scale", scale, MOST_SCALE),
            ("shear", shear, f64::MAX),
            ("mirror", mirror, 1.0),
            ("noise", noise, f64::MAX),
            ("erase", erase, 1.0),
        ] {
            if !(value >= 0.0 && value <= most) {
                return Err(DataError::InvalidParameter { name, value });
            }
        }
        elastic.map_or(Ok(()), |e| check_elastic(e.strength, e.smoothness))?;
        size.checked_len().ok_or(DataError::SizeOverflow)?;
        Ok(Self { settings, size })
    }

    /// Alters an image, row by row in `image`, as the key says.
    ///
    /// # Errors
    ///
    /// [`DataError::PixelCount`] if the image is of another size; nothing has changed then.
    pub fn apply<T: Float>(&self, image: &mut [T], key: Key) -> Result<(), DataError> {
        check_pixels(image, self.size)?;
        let rng = &mut key.rng();
        let back = self.map(rng).inverse()?;
        let hole = Rectangle::random(self.size, self.settings.erase, rng)?;
        let moved = match self.settings.elastic {
            None if back == AffineMap::IDENTITY => image.to_vec(),
            None => resampled(image, self.size, |_, q| back.apply(q)),
            Some(e) => {
                let field = Displacement::elastic(self.size, e.strength, e.smoothness, rng)?;
                resampled(image, self.size, |i, q| back.apply(field.moved(i, q)))
            }
        };
        image.copy_from_slice(&moved);
        self.add_noise(image, rng);
        for part in hole.stretches(self.size.columns) {
            image[part].fill(T::from_f64(0.0)); // inside: the rectangle was made for this size
        }
        Ok(())
    }

    /// Where the content of the image goes.
    fn map(&self, rng: &mut impl Rng) -> AffineMap {
        let s = &self.settings;
        let mut either_way = |most: f64| most * (2.0 * uniform(rng) - 1.0);
        let factor = either_way(s.scale.ln_1p()).exp();
        let slope = either_way(s.shear);
        let angle = either_way(s.rotation);
        let shift = AffineMap::shift(either_way(s.shift), either_way(s.shift));
        let mirror = if uniform(rng) < s.mirror {
            AffineMap::MIRROR
        } else {
            AffineMap::IDENTITY
        };
        mirror
            .then(AffineMap::scaling(factor, factor))
            .then(AffineMap::shear(slope))
            .then(AffineMap::rotation(angle))
            .then(shift)
    }

    fn add_noise<T: Float>(&self, image: &mut [T], rng: &mut impl Rng) {
        if self.settings.noise == 0.0 {
            return; // adding 0 would be slow, and lose the sign of a zero
        }
        for pixel in image {
            *pixel = T::from_f64(pixel.to_f64() + self.settings.noise * normal(rng));
        }
    }
}

/// A factor whose square is finite.
const MOST_SCALE: f64 = 1e100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked() {
        let size = Shape::new(2, 2);
        let shear = Augmentation {
            shear: f64::NAN,
            ..Augmentation::default()
        };
        assert!(Augmenter::new(shear, size).is_err());
        let erase = Augmentation {
            erase: 1.5,
            ..Augmentation::default()
        };
        let (name, value) = ("erase", 1.5);
        let refused = DataError::InvalidParameter { name, value };
        assert_eq!(Augmenter::new(erase, size), Err(refused));
        let augmenter = Augmenter::new(Augmentation::default(), size).unwrap();
        let wrong = augmenter.apply(&mut [0.0; 5], Key::new(0));
        assert_eq!(wrong, Err(DataError::PixelCount { size, pixels: 5 }));
    }

    #[test]
    fn everything_erased_is_black() {
        let all = Augmentation {
            erase: 1.0,
            noise: 1.0,
            ..Augmentation::default()
        };
        let mut image = [1.0_f32; 6];
        let augmenter = Augmenter::new(all, Shape::new(2, 3)).unwrap();
        augmenter.apply(&mut image, Key::new(5)).unwrap();
        assert_eq!(image, [0.0; 6]);
    }
}
