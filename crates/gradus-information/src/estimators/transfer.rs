//! Transfer entropy: what the past of one sequence tells about the next step of another.

use crate::error::InformationError;
use crate::terms::total;
use std::collections::BTreeMap;

/// The transfer entropy from one sequence of symbols to another, in nats, from relative frequencies.
///
/// ```math
/// T_{X \to Y} = I\bigl( Y_{t+1}; X_{t-k+1}, \dots, X_t \bigm| Y_{t-k+1}, \dots, Y_t \bigr)
/// ```
///
/// where k is `history`: what the last k symbols of `source` tell about the next one of `target`, beyond what its own last k symbols
/// tell. Unlike a correlation it has a direction. It is an estimate by the plug-in, so chance makes it positive: about
/// (states − 1)(states of the source − 1) / 2N too high; compare it with that of a shuffled source.
///
/// # Shapes
///
/// `source: n`, `target: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`0 \le T \le H(Y_{t+1} \mid Y_t)`$; what repeats itself receives nothing | `transfer_entropy_is_information` |
/// | a copy, one step late, receives all: the entropy of the source | `a_late_copy_receives_the_entropy_of_its_source` |
/// | names of symbols do not matter | `transfer_entropy_does_not_see_the_names_of_symbols` |
///
/// # Numerics
///
/// The mean of logarithms of ratios of counts; a sum below 0 by rounding is 0.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if the sequences differ in length, [`InformationError::Empty`] unless they are longer
/// than the history, and the history is at least 1.
///
/// # Examples
///
/// ```
/// use gradus_information::{bits, transfer_entropy};
///
/// let source = [0, 1, 1, 0, 0, 1, 1, 0, 0];
/// let target = [0, 0, 1, 1, 0, 0, 1, 1, 0]; // the source, one step late
/// assert_eq!(bits(transfer_entropy(&source, &target, 1)?), 1.0);
/// assert_eq!(bits(transfer_entropy(&target, &source, 1)?), 1.0); // four steps of a period tell both ways
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. Schreiber, *Measuring information transfer*, Phys. Rev. Lett. 85 (2000), 461–464, eq. 4.
pub fn transfer_entropy(
    source: &[u32],
    target: &[u32],
    history: usize,
) -> Result<f64, InformationError> {
    let (left, right) = (source.len(), target.len());
    if left != right {
        return Err(InformationError::LengthMismatch { left, right });
    }
    if history == 0 || right <= history {
        return Err(InformationError::Empty);
    }
    let steps: Vec<_> = (history..right)
        .map(|t| (&source[t - history..t], &target[t - history..t], target[t]))
        .collect();
    let own = counted(steps.iter().map(|(_, own, _)| *own));
    let own_and_next = counted(steps.iter().map(|(_, own, next)| (*own, *next)));
    let both = counted(steps.iter().map(|(other, own, _)| (*other, *own)));
    let all = counted(steps.iter().copied());
    let term = |((other, past, next), count): (&(&[u32], &[u32], u32), &f64)| {
        let with = count / both[&(*other, *past)];
        let without = own_and_next[&(*past, *next)] / own[past];
        count * (with / without).ln()
    };
    Ok(total(all.iter().map(term)) / steps.len() as f64)
}

fn counted<K: Ord>(items: impl Iterator<Item = K>) -> BTreeMap<K, f64> {
    let mut counts = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_insert(0.0) += 1.0);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_that_are_too_short_are_errors() {
        assert_eq!(
            transfer_entropy(&[0], &[0, 1], 1),
            Err(InformationError::LengthMismatch { left: 1, right: 2 })
        );
        assert_eq!(
            transfer_entropy(&[0], &[0], 1),
            Err(InformationError::Empty)
        );
        assert_eq!(
            transfer_entropy(&[0, 1], &[0, 1], 0),
            Err(InformationError::Empty)
        );
        assert_eq!(transfer_entropy(&[0, 1], &[0, 1], 1), Ok(0.0));
    }
}
