//! Uniform draws from an interval.

use crate::error::RandomError;
use rand::Rng;

/// A uniform draw from $`[0, 1)`$ with 53 random bits.
///
/// ```math
/// u = k \, 2^{-53}, \qquad k \text{ uniform on } \{0, \dots, 2^{53} - 1\}
/// ```
///
/// Every multiple of $`2^{-53}`$ below 1 is equally likely; 1 never comes, 0 comes once in
/// $`2^{53}`$ draws.
///
/// # Numerics
///
/// `k` is the upper 53 bits of one 64-bit word; nothing is rounded.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`0 \le u < 1`$ and $`2^{53} u`$ is an integer | `uniform_draws_are_multiples_of_two_to_the_minus_53` |
/// | mean ½, variance ¹⁄₁₂ | `uniform_moments` |
/// | the distribution function is the identity | `uniform_passes_kolmogorov_smirnov` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform};
///
/// let mut rng = Key::new(0).rng();
/// let mean = (0..1000).map(|_| uniform(&mut rng)).sum::<f64>() / 1000.0;
/// assert!((mean - 0.5).abs() < 0.05);
/// ```
#[inline]
pub fn uniform(rng: &mut (impl Rng + ?Sized)) -> f64 {
    (rng.next_u64() >> 11) as f64 * TWO_TO_THE_MINUS_53
}

/// A uniform draw from $`[0, 1)`$ with 24 random bits, in single precision.
///
/// ```math
/// u = k \, 2^{-24}, \qquad k \text{ uniform on } \{0, \dots, 2^{24} - 1\}
/// ```
///
/// # Numerics
///
/// `k` is the upper 24 bits of one 32-bit word; nothing is rounded. (A double-precision draw rounded
/// to single would give 1 once in $`2^{25}`$ draws.)
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`0 \le u < 1`$ and $`2^{24} u`$ is an integer | `uniform_draws_are_multiples_of_two_to_the_minus_53` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform_f32};
///
/// assert!((0.0..1.0).contains(&uniform_f32(&mut Key::new(0).rng())));
/// ```
#[inline]
pub fn uniform_f32(rng: &mut (impl Rng + ?Sized)) -> f32 {
    (rng.next_u32() >> 8) as f32 * TWO_TO_THE_MINUS_24
}

/// A uniform draw from $`[\text{low}, \text{high})`$.
///
/// ```math
/// x = \text{low} + (\text{high} - \text{low}) \, u, \qquad u \text{ uniform on } [0, 1)
/// ```
///
/// Equal ends give that number.
///
/// # Numerics
///
/// A result that rounds to `high` becomes the number next below, so the interval is half-open in
/// floating point too. Half the interval is used where its length overflows.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | low ≤ x < high | `uniform_draws_stay_in_their_interval` |
/// | a draw from $`[0, 1)`$ is [`uniform`] | `the_unit_interval_is_uniform` |
///
/// # Errors
///
/// [`RandomError::InvalidInterval`] if an end is infinite or NaN, or if `low` exceeds `high`.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform_between};
///
/// let x = uniform_between(-0.5, 0.5, &mut Key::new(0).rng())?;
/// assert!((-0.5..0.5).contains(&x));
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
pub fn uniform_between(
    low: f64,
    high: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<f64, RandomError> {
    check(low, high)?;
    Ok(between(low, high, rng))
}

/// A uniform draw from $`[\text{low}, \text{high})`$ in single precision.
///
/// # Numerics
///
/// The draw of [`uniform_between`] rounded once, so that a network in single precision starts from
/// the weights of the same network in double precision. A result that rounds to `high` becomes the
/// single-precision number next below.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | low ≤ x < high | `uniform_draws_stay_in_their_interval` |
///
/// # Errors
///
/// [`RandomError::InvalidInterval`] as for [`uniform_between`].
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform_between, uniform_between_f32};
///
/// let key = Key::new(0);
/// let x = uniform_between_f32(-0.5, 0.5, &mut key.rng())?;
/// assert_eq!(x, uniform_between(-0.5, 0.5, &mut key.rng())? as f32);
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
pub fn uniform_between_f32(
    low: f32,
    high: f32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<f32, RandomError> {
    check(low.into(), high.into())?;
    Ok(between_f32(low, high, rng))
}

/// Fills a slice with independent draws from $`[\text{low}, \text{high})`$.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
///
/// # Errors
///
/// [`RandomError::InvalidInterval`] as for [`uniform_between`]; nothing is written.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, fill_uniform};
///
/// let mut weights = [0.0; 6];
/// fill_uniform(-1.0, 1.0, &mut weights, &mut Key::new(0).rng())?;
/// assert!(weights.iter().all(|w| (-1.0..1.0).contains(w)));
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
pub fn fill_uniform(
    low: f64,
    high: f64,
    values: &mut [f64],
    rng: &mut (impl Rng + ?Sized),
) -> Result<(), RandomError> {
    check(low, high)?;
    values.fill_with(|| between(low, high, rng));
    Ok(())
}

/// Fills a slice with independent draws from $`[\text{low}, \text{high})`$ in single precision.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
///
/// # Errors
///
/// [`RandomError::InvalidInterval`] as for [`uniform_between`]; nothing is written.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, fill_uniform_f32};
///
/// let mut weights = [0.0_f32; 6];
/// fill_uniform_f32(-1.0, 1.0, &mut weights, &mut Key::new(0).rng())?;
/// assert!(weights.iter().all(|w| (-1.0..1.0).contains(w)));
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
pub fn fill_uniform_f32(
    low: f32,
    high: f32,
    values: &mut [f32],
    rng: &mut (impl Rng + ?Sized),
) -> Result<(), RandomError> {
    check(low.into(), high.into())?;
    values.fill_with(|| between_f32(low, high, rng));
    Ok(())
}

fn check(low: f64, high: f64) -> Result<(), RandomError> {
    if low.is_finite() && high.is_finite() && low <= high {
        Ok(())
    } else {
        Err(RandomError::InvalidInterval { low, high })
    }
}

/// low + (high − low) u for checked ends.
#[inline]
fn between(low: f64, high: f64, rng: &mut (impl Rng + ?Sized)) -> f64 {
    let (u, length) = (uniform(rng), high - low);
    let x = if length.is_finite() {
        low + length * u
    } else {
        2.0 * (low / 2.0 + (high / 2.0 - low / 2.0) * u)
    };
    if x < high {
        x
    } else {
        low.max(high.next_down())
    }
}

/// [`between`] rounded once.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "rounding is meant")]
fn between_f32(low: f32, high: f32, rng: &mut (impl Rng + ?Sized)) -> f32 {
    let x = between(low.into(), high.into(), rng) as f32;
    if x < high {
        x
    } else {
        low.max(high.next_down())
    }
}

const TWO_TO_THE_MINUS_53: f64 = f64::EPSILON / 2.0;
const TWO_TO_THE_MINUS_24: f32 = f32::EPSILON / 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::Replay;

    #[test]
    fn the_ends_of_the_unit_interval() {
        assert_eq!(uniform(&mut Replay::words(&[0, 0])), 0.0);
        assert_eq!(uniform(&mut Replay::words(&[0, 1 << 31])), 0.5);
        assert_eq!(
            uniform(&mut Replay::words(&[u32::MAX; 2])),
            1.0_f64.next_down()
        );
        assert_eq!(uniform_f32(&mut Replay::words(&[1 << 31])), 0.5);
        assert_eq!(
            uniform_f32(&mut Replay::words(&[u32::MAX])),
            1.0_f32.next_down()
        );
    }

    #[test]
    fn the_upper_end_never_comes() {
        let (low, high) = (1.0, 1.0_f64.next_up());
        let last = &mut Replay::words(&[u32::MAX; 2]);
        assert_eq!(uniform_between(low, high, last), Ok(low));
        let last = &mut Replay::words(&[u32::MAX; 2]);
        assert_eq!(uniform_between_f32(0.0, 1.0, last), Ok(1.0_f32.next_down()));
        let last = &mut Replay::words(&[u32::MAX; 2]);
        assert_eq!(uniform_between(2.0, 2.0, last), Ok(2.0));
    }

    #[test]
    fn the_widest_interval_does_not_overflow() {
        let half = &mut Replay::words(&[0, 1 << 31]);
        assert_eq!(uniform_between(-f64::MAX, f64::MAX, half), Ok(0.0));
        let first = &mut Replay::words(&[0, 0]);
        assert_eq!(uniform_between(-f64::MAX, f64::MAX, first), Ok(-f64::MAX));
    }

    #[test]
    fn what_is_no_interval_is_an_error() {
        for (low, high) in [
            (1.0, 0.0),
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (0.0, f64::INFINITY),
        ] {
            let error =
                uniform_between(low, high, &mut Replay::words(&[])).map_err(|e| e.to_string());
            assert!(
                error.is_err_and(|text| text.contains("no interval")),
                "{low} {high}"
            );
        }
    }
}
