//! Standard normal draws by inversion.

use crate::quantile::{BLOCK, upper_quantile, upper_quantiles};
use rand::Rng;
use std::array::from_fn;
use std::iter::zip;

/// A draw from the standard normal distribution.
///
/// ```math
/// x = \pm \Phi^{-1}(p), \qquad p \text{ uniform on } (0, \tfrac12]
/// ```
///
/// where $`\Phi`$ is the standard normal distribution function and the sign is a coin flip.
/// Every draw takes exactly one 64-bit word: the lowest bit is the sign, the others make `p`. So the
/// draws of a stream do not depend on how many are asked for at once.
///
/// # Numerics
///
/// The quantile is Wichura's pair of rational approximations, with a logarithm of our own: only
/// `+ − × ÷ √`, which IEEE 754 rounds in one way only, so the bits are the same on every platform
/// and stay the same in every version. The error
/// against a 50-digit quantile is at most 3 ULP on the golden table. The upper 63 bits give $`p = (k + \tfrac12)\, 2^{-64}`$, so the tails reach
/// $`|x| \approx 9.1`$ and are as finely resolved as the body; no draw is infinite.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | mean 0, variance 1, skewness 0, kurtosis 3 within 5σ | `normal_moments` |
/// | the distribution function is $`\Phi`$ | `normal_passes_kolmogorov_smirnov` |
/// | the complement of the sign bit gives the negative number | `normal_is_symmetric` |
/// | the bits are those of the golden table | `draws_have_the_bits_of_the_golden_table` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, normal};
///
/// let mut rng = Key::new(0).rng();
/// let squares = (0..1000).map(|_| normal(&mut rng).powi(2)).sum::<f64>();
/// assert!((squares / 1000.0 - 1.0).abs() < 0.25);
/// ```
///
/// # References
///
/// Wichura, *Algorithm AS 241: The percentage points of the normal distribution*, Applied
/// Statistics 37(3), 1988, PPND16.
pub fn normal(rng: &mut (impl Rng + ?Sized)) -> f64 {
    let word = rng.next_u64();
    signed(upper_quantile(probability(word)), word)
}

/// A draw from the standard normal distribution in single precision: [`normal`] rounded once.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, normal, normal_f32};
///
/// let key = Key::new(0);
/// assert_eq!(normal_f32(&mut key.rng()), normal(&mut key.rng()) as f32);
/// ```
pub fn normal_f32(rng: &mut (impl Rng + ?Sized)) -> f32 {
    rounded(normal(rng))
}

/// Fills a slice with independent standard normal draws.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, fill_normal};
///
/// let mut weights = [0.0; 6];
/// fill_normal(&mut weights, &mut Key::new(0).rng());
/// assert!(weights.iter().all(|w| w.abs() < 10.0 && *w != 0.0));
/// ```
pub fn fill_normal(values: &mut [f64], rng: &mut (impl Rng + ?Sized)) {
    fill_blocks(values, rng, |x| x);
}

/// Fills a slice with independent standard normal draws in single precision.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, fill_normal_f32};
///
/// let mut weights = [0.0_f32; 6];
/// fill_normal_f32(&mut weights, &mut Key::new(0).rng());
/// assert!(weights.iter().all(|w| w.abs() < 10.0));
/// ```
pub fn fill_normal_f32(values: &mut [f32], rng: &mut (impl Rng + ?Sized)) {
    fill_blocks(values, rng, rounded);
}

/// Draws block by block, so that the quantiles of a block are computed side by side.
fn fill_blocks<T>(values: &mut [T], rng: &mut (impl Rng + ?Sized), convert: impl Fn(f64) -> T) {
    let (blocks, rest) = values.as_chunks_mut::<BLOCK>();
    let mut x = [0.0; BLOCK];
    for block in blocks {
        let words: [u64; BLOCK] = from_fn(|_| rng.next_u64());
        upper_quantiles(&words.map(probability), &mut x);
        for (value, (&x, word)) in zip(block, zip(&x, words)) {
            *value = convert(signed(x, word));
        }
    }
    rest.fill_with(|| convert(normal(rng)));
}

/// The probability in $`(0, \tfrac12]`$ that the upper 63 bits give.
#[inline]
fn probability(word: u64) -> f64 {
    ((word >> 1) as f64 + 0.5) * TWO_TO_THE_MINUS_64
}

/// `x` with the sign of the lowest bit.
#[inline]
fn signed(x: f64, word: u64) -> f64 {
    f64::from_bits(x.to_bits() ^ (word << 63))
}

#[expect(clippy::cast_possible_truncation, reason = "rounding is meant")]
fn rounded(x: f64) -> f32 {
    x as f32
}

const TWO_TO_THE_MINUS_64: f64 = f64::EPSILON / 4096.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::Replay;

    #[test]
    fn the_longest_tails_are_finite() {
        let longest = normal(&mut Replay::words(&[0, 0]));
        assert!((9.0..9.2).contains(&longest), "{longest}");
        assert_eq!(normal(&mut Replay::words(&[1, 0])), -longest);
        assert_eq!(normal(&mut Replay::words(&[u32::MAX; 2])), 0.0);
    }
}
