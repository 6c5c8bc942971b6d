//! Permutations: the order in which a training epoch visits the samples.

use crate::bounded::below;
use crate::error::RandomError;
use rand::Rng;

/// The numbers from 0 to below `n` in random order.
///
/// ```math
/// \Pr[\pi] = \frac{1}{n!} \quad \text{for every order } \pi \text{ of } 0, \dots, n - 1
/// ```
///
/// An epoch of stochastic gradient descent visits every sample exactly once, in such an order.
/// The result is that of [`shuffle`] applied to $`0, 1, \dots, n-1`$; [`permute`] does the same in a
/// buffer that is kept from epoch to epoch.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | every number from 0 to below `n` occurs once | `a_permutation_holds_every_index_once` |
/// | it is the shuffled identity | `a_permutation_is_the_shuffled_identity` |
/// | every position is equally likely for every number | `positions_are_uniform` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, permutation};
///
/// let mut order = permutation(5, &mut Key::new(1).rng());
/// order.sort_unstable();
/// assert_eq!(order, [0, 1, 2, 3, 4]);
/// ```
#[must_use]
pub fn permutation(n: u32, rng: &mut (impl Rng + ?Sized)) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n).collect();
    shuffle(&mut order, rng);
    order
}

/// Writes the numbers from 0 to below the length of `order` into it, in random order.
///
/// The same bits as [`permutation`], without an allocation.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | it is the shuffled identity, whatever stood there before | `a_permutation_is_the_shuffled_identity` |
///
/// # Errors
///
/// [`RandomError::TooLong`] if `order` has more than $`2^{32}`$ entries; nothing is written.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, permutation, permute};
///
/// let mut order = [0; 5];
/// permute(&mut order, &mut Key::new(1).rng())?;
/// assert_eq!(order, permutation(5, &mut Key::new(1).rng())[..]);
/// # Ok::<(), gradus_random::RandomError>(())
/// ```
pub fn permute(order: &mut [u32], rng: &mut (impl Rng + ?Sized)) -> Result<(), RandomError> {
    let length = order.len();
    if length.saturating_sub(1) > u32::MAX as usize {
        return Err(RandomError::TooLong { length });
    }
    for (entry, index) in order.iter_mut().zip(0..=u32::MAX) {
        *entry = index;
    }
    shuffle(order, rng);
    Ok(())
}

/// Puts the entries of `items` into random order.
///
/// From the last place down, each place `i` gets one of the items that have no place yet:
///
/// ```math
/// x_i \leftrightarrow x_j, \qquad j \text{ uniform on } \{0, \dots, i\},
/// \qquad i = n - 1, \dots, 1
/// ```
///
/// There are $`n \, (n-1) \cdots 2 = n!`$ equally likely sequences of choices, and each gives a
/// different order.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the items stay the same, ties included | `shuffling_keeps_the_items` |
/// | all orders of three items are equally likely | `all_orders_are_equally_likely` |
///
/// # Numerics
///
/// `j` is drawn without bias, as in [`uniform_below`](crate::uniform_below): a slice of `n` items
/// takes `n − 1` words, plus rejected ones. Slices of more than $`2^{32} - 1`$ items are drawn by the
/// same method with words of 64 bits.
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, shuffle};
///
/// let mut deck = ["ace", "king", "queen", "jack"];
/// shuffle(&mut deck, &mut Key::new(3).rng());
/// deck.sort_unstable();
/// assert_eq!(deck, ["ace", "jack", "king", "queen"]);
/// ```
///
/// # References
///
/// Durstenfeld, *Algorithm 235: Random permutation*, Comm. ACM 7(7), 1964 (the Fisher–Yates shuffle
/// in place); Knuth, *The Art of Computer Programming* 2, 3rd ed., §3.4.2, algorithm P.
pub fn shuffle<T>(items: &mut [T], rng: &mut (impl Rng + ?Sized)) {
    for i in (1..items.len()).rev() {
        let j = up_to(i, rng);
        items.swap(i, j); // j ≤ i < length
    }
}

/// One of the integers from 0 to `i`, each with the same probability.
#[inline]
fn up_to(i: usize, rng: &mut (impl Rng + ?Sized)) -> usize {
    match u32::try_from(i) {
        Ok(i) if i < u32::MAX => below(i + 1, rng) as usize,
        _ => wide_up_to(i, rng),
    }
}

/// [`below`] with words of 64 bits, for more items than most memories hold.
#[cold]
#[expect(
    clippy::cast_possible_truncation,
    reason = "halves of products are meant"
)]
fn wide_up_to(i: usize, rng: &mut (impl Rng + ?Sized)) -> usize {
    let n = (i as u64).saturating_add(1);
    let rejected = n.wrapping_neg() % n; // 2⁶⁴ mod n
    loop {
        let m = u128::from(rng.next_u64()) * u128::from(n);
        if m as u64 >= rejected {
            return (m >> 64) as usize; // < n
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;
    use crate::replay::Replay;

    #[test]
    fn a_shuffle_of_three_by_hand() {
        // i = 2 draws the lower third → j = 0; i = 1 draws the upper half → j = 1.
        let mut items = ['a', 'b', 'c'];
        shuffle(&mut items, &mut Replay::words(&[1, u32::MAX]));
        assert_eq!(items, ['c', 'b', 'a']);
    }

    #[test]
    fn none_and_one_have_one_order() {
        let mut rng = Replay::words(&[]);
        assert_eq!(permutation(0, &mut rng), []);
        assert_eq!(permutation(1, &mut rng), [0]);
        assert_eq!(permute(&mut [], &mut rng), Ok(()));
    }

    #[test]
    fn wide_draws_stay_below_their_bound() {
        let mut rng = Key::new(0).rng();
        for i in [0, 1, 2, u32::MAX as usize, usize::MAX / 3, usize::MAX - 1] {
            assert!((0..100).all(|_| wide_up_to(i, &mut rng) <= i), "{i}");
        }
    }
}
