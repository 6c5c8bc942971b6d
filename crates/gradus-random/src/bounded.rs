//! Integers below a bound, without bias.

use crate::error::RandomError;
use rand::Rng;

/// One of the integers from 0 to below `n`, each with the same probability.
///
/// ```math
/// \Pr[X = k] = \frac{1}{n}, \qquad k = 0, \dots, n - 1
/// ```
///
/// The remainder $`w \bmod n`$ of a random word is biased: with 32-bit words and
/// $`n = 3 \cdot 2^{30}`$ the lower third of the integers comes twice as often as the rest.
///
/// # Numerics
///
/// Lemire's method. The 64-bit product $`m = w \, n`$ of a random 32-bit word `w` falls into one of
/// `n` intervals of length $`2^{32}`$, and the upper half of `m` says which. An interval contains
/// $`\lfloor 2^{32}/n \rfloor`$ or one more of the products; the words whose lower half lies below
/// $`2^{32} \bmod n`$ are drawn again, so that each interval keeps equally many. At most every other
/// word is rejected, and the division is computed for a fraction $`n / 2^{32}`$ of draws only.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the result is below the bound | `bounded_integers_stay_below_their_bound` |
/// | every word that is kept stands for the same number of words | `every_integer_has_equally_many_words` |
///
/// # Errors
///
/// [`RandomError::EmptyRange`] if `n` is 0.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform_below};
///
/// let mut rng = Key::new(7).rng();
/// let die = 1 + uniform_below(6, &mut rng)?;
/// assert!((1..=6).contains(&die));
/// assert_eq!(uniform_below(1, &mut rng)?, 0);
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
///
/// # References
///
/// Lemire, *Fast random integer generation in an interval*, ACM Trans. Model. Comput. Simul. 29(1),
/// 2019, algorithm 5, <https://arxiv.org/abs/1805.10941>.
pub fn uniform_below(n: u32, rng: &mut (impl Rng + ?Sized)) -> Result<u32, RandomError> {
    if n == 0 {
        return Err(RandomError::EmptyRange);
    }
    Ok(below(n, rng))
}

/// The same for a bound known to be positive (a bound of 0 gives 0).
#[inline]
pub(crate) fn below(n: u32, rng: &mut (impl Rng + ?Sized)) -> u32 {
    let mut m = product(n, rng);
    if low(m) < n {
        let rejected = n.wrapping_neg() % n; // 2³² mod n; n > low ≥ 0
        while low(m) < rejected {
            m = product(n, rng);
        }
    }
    (m >> 32) as u32
}

/// A random word times the bound.
#[inline]
fn product(n: u32, rng: &mut (impl Rng + ?Sized)) -> u64 {
    u64::from(rng.next_u32()) * u64::from(n)
}

/// The lower half of a product.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
const fn low(m: u64) -> u32 {
    m as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;
    use crate::replay::Replay;

    #[test]
    fn zero_is_no_bound() {
        assert_eq!(
            uniform_below(0, &mut Key::new(0).rng()),
            Err(RandomError::EmptyRange)
        );
    }

    /// 2³² mod 3 = 1: of the words only 0 is drawn again, and the thirds are equally long.
    #[test]
    fn every_integer_has_equally_many_words() {
        let third = (u32::MAX - 1) / 3; // (2³² − 1) / 3 = 1431655765 words each
        assert_eq!(third, 1_431_655_764);
        for (word, expected) in [(1, 0), (1_431_655_765, 0), (1_431_655_766, 1)] {
            assert_eq!(below(3, &mut Replay::words(&[word])), expected, "{word}");
        }
        for (word, expected) in [(2_863_311_530, 1), (2_863_311_531, 2), (u32::MAX, 2)] {
            assert_eq!(below(3, &mut Replay::words(&[word])), expected, "{word}");
        }
        assert_eq!(
            below(3, &mut Replay::words(&[0, u32::MAX])),
            2,
            "0 is drawn again"
        );
    }
}
