//! Coin flips, and the masks of dropout made of them.

use crate::error::RandomError;
use rand::Rng;

/// A coin flip: true with the given probability.
///
/// ```math
/// \Pr[X = \text{true}] = p
/// ```
///
/// # Numerics
///
/// A random 32-bit word is compared with $`p \, 2^{32}`$, rounded to the nearest integer: `p` is
/// met within $`2^{-33}`$, and exactly at 0, ½ and 1. For finer probabilities compare
/// [`uniform`](crate::uniform) with `p`.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | probability 0 is never, probability 1 is always | `certain_events_are_certain` |
/// | relative frequency is within 5σ of `p` | `frequencies_meet_the_probability` |
///
/// # Errors
///
/// [`RandomError::InvalidProbability`] unless $`0 \le p \le 1`$.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, bernoulli};
///
/// let mut rng = Key::new(0).rng();
/// let heads = (0..1000).map(|_| bernoulli(0.5, &mut rng)).filter(|x| *x == Ok(true)).count();
/// assert!((420..580).contains(&heads));
/// assert!(bernoulli(1.5, &mut rng).is_err());
/// ```
pub fn bernoulli(probability: f64, rng: &mut (impl Rng + ?Sized)) -> Result<bool, RandomError> {
    let threshold = threshold(probability)?;
    Ok(flip(threshold, rng))
}

/// Fills a slice with `success` and `failure`, entry by entry with the given probability of success.
///
/// ```math
/// m_i = \begin{cases} \text{success} & \text{with probability } p \\
/// \text{failure} & \text{otherwise} \end{cases}
/// ```
///
/// With success $`1/p`$ and failure 0 this is the mask of inverted dropout, $`\mathbb E[m_i] = 1`$.
/// Key it by (seed, layer, step, sample) and the backward pass gets the mask of the forward pass, on
/// any thread.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | filling is drawing one by one | `filling_is_drawing_one_by_one` |
/// | the mean of an inverted dropout mask is within 5σ of 1 | `frequencies_meet_the_probability` |
///
/// # Numerics
///
/// See [`bernoulli`]; one 32-bit word an entry.
///
/// # Errors
///
/// [`RandomError::InvalidProbability`] unless $`0 \le p \le 1`$; nothing is written.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, fill_bernoulli};
///
/// let (seed, layer, step, sample) = (1, 2, 300, 17);
/// let key = Key::new(seed).stream(layer).round(step).index(sample);
/// let mut mask = [0.0_f32; 64];
/// fill_bernoulli(0.8, 1.25, 0.0, &mut mask, &mut key.rng())?;
/// assert!(mask.iter().all(|&m| m == 1.25 || m == 0.0));
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
///
/// # References
///
/// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, *Dropout*, JMLR 15, 2014, §4 and §10
/// (scaling at training time).
pub fn fill_bernoulli<T: Copy>(
    probability: f64,
    success: T,
    failure: T,
    values: &mut [T],
    rng: &mut (impl Rng + ?Sized),
) -> Result<(), RandomError> {
    let threshold = threshold(probability)?;
    values.fill_with(|| {
        if flip(threshold, rng) {
            success
        } else {
            failure
        }
    });
    Ok(())
}

/// How many of the $`2^{32}`$ words mean success.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an integer from 0 to 2^32"
)]
fn threshold(probability: f64) -> Result<u64, RandomError> {
    if (0.0..=1.0).contains(&probability) {
        Ok((probability * TWO_TO_THE_32).round() as u64)
    } else {
        Err(RandomError::InvalidProbability { value: probability })
    }
}

#[inline]
fn flip(threshold: u64, rng: &mut (impl Rng + ?Sized)) -> bool {
    u64::from(rng.next_u32()) < threshold
}

const TWO_TO_THE_32: f64 = 4294967296.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::Replay;

    #[test]
    fn half_of_the_words_mean_heads() {
        assert_eq!(
            bernoulli(0.5, &mut Replay::words(&[(1 << 31) - 1])),
            Ok(true)
        );
        assert_eq!(bernoulli(0.5, &mut Replay::words(&[1 << 31])), Ok(false));
        assert_eq!(bernoulli(1.0, &mut Replay::words(&[u32::MAX])), Ok(true));
        assert_eq!(bernoulli(0.0, &mut Replay::words(&[0])), Ok(false));
    }

    #[test]
    fn what_is_no_probability_is_an_error() {
        for value in [-0.1, 1.0_f64.next_up(), f64::NAN, f64::INFINITY] {
            let mut mask = [true; 3];
            let error = fill_bernoulli(value, false, false, &mut mask, &mut Replay::words(&[]));
            assert!(
                matches!(error, Err(RandomError::InvalidProbability { .. })),
                "{value}"
            );
            assert_eq!(mask, [true; 3]);
        }
    }
}
