//! Events: sets of outcomes.

use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, Simplex};
use std::iter::zip;

/// A set of outcomes, of which exactly one will happen.
///
/// ```math
/// A \subseteq \Omega, \qquad \operatorname{P}(A) = \sum_{i \in A} p_i, \qquad
/// \operatorname{P}(A \mid B) = \frac{\operatorname{P}(A \cap B)}{\operatorname{P}(B)}
/// ```
///
/// where $`\Omega`$ are the outcomes 0, 1, … of a finite distribution. "And" is the intersection, "or" the union, "not" the
/// complement. Two events are independent if $`\operatorname{P}(A \cap B) = \operatorname{P}(A) \operatorname{P}(B)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{P}(A \cup B) = \operatorname{P}(A) + \operatorname{P}(B) - \operatorname{P}(A \cap B)`$, exactly where sums are | `events_include_and_exclude` |
/// | $`\overline{A \cup B} = \overline A \cap \overline B`$, $`\overline{\overline A} = A`$ | `complements_exchange_or_and_and` |
/// | $`\operatorname{P}(A) = \sum_j \operatorname{P}(A \mid B_j) \operatorname{P}(B_j)`$ for a partition | `an_event_is_the_sum_of_its_cases` |
/// | $`\operatorname{P}(A \mid B) \operatorname{P}(B) = \operatorname{P}(B \mid A) \operatorname{P}(A)`$ | `conditions_of_events_can_be_exchanged` |
///
/// # Numerics
///
/// Probabilities are compensated sums, never above 1.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Event, Simplex};
///
/// let die = Simplex::uniform(6)?;
/// let even = Event::new(6, |face| (face + 1) % 2 == 0);
/// let large = Event::new(6, |face| face + 1 > 3);
/// assert!((even.probability(&die)? - 1.0 / 2.0).abs() < 1e-15);
/// assert!((even.intersection(&large)?.probability(&die)? - 1.0 / 3.0).abs() < 1e-15);
/// assert!((even.probability_given(&large, &die)? - 2.0 / 3.0).abs() < 1e-15); // 4 and 6 of 4, 5, 6
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. N. Kolmogorov, *Foundations of the Theory of Probability* (1933), ch. I; G. Casella and R. L. Berger, *Statistical
/// Inference*, 2nd ed. (2002), §1.2 and §1.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    members: Vec<bool>,
}

impl Event {
    /// The outcomes among 0, …, `outcomes` − 1 that `happens` says yes to.
    #[must_use]
    pub fn new(outcomes: usize, happens: impl FnMut(usize) -> bool) -> Self {
        Self {
            members: (0..outcomes).map(happens).collect(),
        }
    }

    /// The event of exactly these outcomes.
    pub(crate) fn of_members(members: Vec<bool>) -> Self {
        Self { members }
    }

    /// Whether an outcome belongs to the event.
    #[must_use]
    pub fn contains(&self, outcome: usize) -> bool {
        self.members.get(outcome).copied().unwrap_or(false)
    }

    /// A or B, or both.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if the two are sets of different outcomes.
    pub fn union(&self, other: &Self) -> Result<Self, ProbabilityError> {
        self.with(other, |a, b| a || b)
    }

    /// A and B.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if the two are sets of different outcomes.
    pub fn intersection(&self, other: &Self) -> Result<Self, ProbabilityError> {
        self.with(other, |a, b| a && b)
    }

    /// Not A.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self {
            members: self.members.iter().map(|member| !member).collect(),
        }
    }

    /// $`\operatorname{P}(A)`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless `p` has as many outcomes.
    pub fn probability(&self, p: &Simplex) -> Result<f64, ProbabilityError> {
        check_lengths(self.members.len(), p.len())?;
        let members = zip(&self.members, p.as_slice()).filter(|(member, _)| **member);
        let sum = members.map(|(_, p)| *p).collect::<CompensatedSum>();
        Ok(sum.value().min(1.0))
    }

    /// $`\operatorname{P}(A \mid B)`$, where B is `condition`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless all have as many outcomes, [`ProbabilityError::ZeroEvidence`] if
    /// $`\operatorname{P}(B) = 0`$.
    pub fn probability_given(
        &self,
        condition: &Self,
        p: &Simplex,
    ) -> Result<f64, ProbabilityError> {
        let both = self.intersection(condition)?.probability(p)?;
        let known = condition.probability(p)?;
        if known == 0.0 {
            return Err(ProbabilityError::ZeroEvidence);
        }
        Ok(both / known)
    }

    /// The distribution of the outcome once it is known that the event has happened: $`p_i / \operatorname{P}(A)`$ inside of it.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless `p` has as many outcomes, [`ProbabilityError::ZeroEvidence`] if
    /// $`\operatorname{P}(A) = 0`$.
    pub fn condition(&self, p: &Simplex) -> Result<Simplex, ProbabilityError> {
        if self.probability(p)? == 0.0 {
            return Err(ProbabilityError::ZeroEvidence);
        }
        let inside =
            zip(&self.members, p.as_slice()).map(|(&member, &p)| if member { p } else { 0.0 });
        Ok(Simplex::from_weights(&inside.collect::<Vec<_>>())?)
    }

    fn with(
        &self,
        other: &Self,
        both: impl Fn(bool, bool) -> bool,
    ) -> Result<Self, ProbabilityError> {
        check_lengths(self.members.len(), other.members.len())?;
        let members = zip(&self.members, &other.members).map(|(&a, &b)| both(a, b));
        Ok(Self::of_members(members.collect()))
    }
}

fn check_lengths(left: usize, right: usize) -> Result<(), ProbabilityError> {
    if left == right {
        Ok(())
    } else {
        Err(ProbabilityError::LengthMismatch { left, right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_other_outcomes_are_errors() {
        let (a, b) = (Event::new(2, |_| true), Event::new(3, |_| true));
        let mismatch = ProbabilityError::LengthMismatch { left: 2, right: 3 };
        assert_eq!(a.union(&b), Err(mismatch.clone()));
        assert_eq!(a.probability(&Simplex::uniform(3).unwrap()), Err(mismatch));
        assert!(a.contains(1) && !a.contains(2));
    }

    #[test]
    fn nothing_can_be_conditioned_on_what_cannot_happen() {
        let p = Simplex::new(vec![1.0, 0.0]).unwrap();
        let never = Event::new(2, |i| i == 1);
        let always = never.complement();
        assert_eq!(never.condition(&p), Err(ProbabilityError::ZeroEvidence));
        assert_eq!(
            always.probability_given(&never, &p),
            Err(ProbabilityError::ZeroEvidence)
        );
        assert_eq!(always.condition(&p), Ok(p));
    }
}
