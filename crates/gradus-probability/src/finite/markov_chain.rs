//! Markov chains on finitely many states.

use super::factor::entries;
use super::stationary::{scaled, stationary};
use crate::error::ProbabilityError;
use gradus_numeric::Simplex;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// A walk among finitely many states, whose next step depends on where it is and on nothing before.
///
/// ```math
/// P_{ij} = \operatorname{P}(X_{t + 1} = j \mid X_t = i), \qquad p_{t + 1} = p_t P
/// ```
///
/// A distribution $`\pi`$ is *stationary* if $`\pi P = \pi`$: a crowd of walkers that is spread like it stays so. The chain is *reversible* if
/// as many go from i to j as come back, $`\pi_i P_{ij} = \pi_j P_{ji}`$ (detailed balance). Then $`\pi`$ is stationary, which is how chains for
/// Monte Carlo methods are made: [`MarkovChain::metropolis`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\pi P = \pi`$, and every state is visited with its share | `a_stationary_distribution_stays`, `a_long_walk_visits_states_with_their_stationary_shares` |
/// | $`\pi_i P_{ij} = \pi_j P_{ji}`$ for Metropolis' chain, whatever is proposed | `metropolis_on_a_finite_set_is_in_detailed_balance` |
/// | the same to all digits, for shares and proposals down to $`10^{-300}`$ | `tiny_shares_keep_detailed_balance` |
/// | a line of states has its shares and is its own reverse, where ways are as rare as numbers can tell | `rare_ways_leave_shares_their_digits` |
/// | $`\pi_i = 1 / \operatorname{E}_i T_i`$ for the time $`T_i`$ of return | `shares_are_reciprocals_of_times_of_return` |
/// | the chain backwards has the same $`\pi`$; backwards twice it is itself | `a_chain_turned_back_has_the_same_stationary_distribution` |
/// | states that are left for good have share 0; two places that are never left are an error | `states_that_are_left_for_good_have_no_share` |
///
/// # Numerics
///
/// The stationary distribution is found by the elimination of Grassmann, Taksar and Heyman, which subtracts nothing: every entry
/// has nearly all of its digits, however rare the state is.
///
/// # Examples
///
/// ```
/// use gradus_probability::MarkovChain;
///
/// // Sun, rain: the weather stays with probability 0.75 and 0.5.
/// let weather = MarkovChain::new(&[[0.75, 0.25], [0.5, 0.5]])?;
/// let pi = weather.stationary()?;
/// assert!((pi.as_slice()[0] - 2.0 / 3.0).abs() < 1e-15); // ⅔ · ¼ = ⅓ · ½
/// assert!(weather.is_reversible(1e-15)?);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// J. R. Norris, *Markov Chains*, Cambridge University Press 1997, §1.7 and §1.9; W. K. Grassmann, M. I. Taksar and D. P. Heyman,
/// *Regenerative analysis and steady state distributions for Markov chains*, Oper. Res. 33 (1985), 1107–1116.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "transition matrix")]
#[doc(alias = "stochastic matrix")]
pub struct MarkovChain {
    rows: Vec<Simplex>,
}

impl MarkovChain {
    /// A chain with these transition probabilities: row i says where a walker at i is next.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Numeric`] if there is no row or a row is no distribution, [`ProbabilityError::LengthMismatch`] unless there are as
    /// many rows as columns.
    pub fn new(rows: &[impl AsRef<[f64]>]) -> Result<Self, ProbabilityError> {
        let simplex = |row: &[f64]| Simplex::new(row.to_vec());
        let rows: Result<Vec<_>, _> = rows.iter().map(|row| simplex(row.as_ref())).collect();
        Self::from_rows(rows?)
    }

    /// Metropolis' chain: it goes where another chain proposes, or stays, so that `target` is stationary.
    ///
    /// ```math
    /// P_{ij} = Q_{ij} \min \Bigl( 1, \frac{\pi_j Q_{ji}}{\pi_i Q_{ij}} \Bigr), \quad i \ne j
    /// ```
    ///
    /// with $`\pi`$ the `target` and Q the `proposal`. What is refused stays: $`P_{ii} = 1 - \sum_{j \ne i} P_{ij}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if the two differ in the number of states.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{MarkovChain, Simplex};
    ///
    /// let (target, coin) = (Simplex::new(vec![0.75, 0.25])?, MarkovChain::new(&[[0.5, 0.5], [0.5, 0.5]])?);
    /// let chain = MarkovChain::metropolis(&target, &coin)?;
    /// assert_eq!(chain.row(0)?.as_slice(), [5.0 / 6.0, 1.0 / 6.0]); // ½ · (¼ / ¾)
    /// assert_eq!(chain.row(1)?.as_slice(), [0.5, 0.5]);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// W. K. Hastings, *Monte Carlo sampling methods using Markov chains and their applications*, Biometrika 57 (1970), 97–109.
    #[doc(alias = "Metropolis-Hastings")]
    pub fn metropolis(target: &Simplex, proposal: &Self) -> Result<Self, ProbabilityError> {
        let n = proposal.check(target)?;
        let (pi, q) = (target.as_slice(), |i: usize, j: usize| proposal.entry(i, j));
        let row = |i: usize| {
            // A flow between two states is the smaller of both proposals, so it is the same both ways.
            let leave = |j: usize| match pi[i] {
                _ if j == i => 0.0,
                0.0 => q(i, j),
                here => f64::min(q(i, j), scaled(pi[j], q(j, i), here)),
            };
            let mut row: Vec<f64> = (0..n).map(leave).collect();
            let refused = (0..n).map(|j| q(i, j) - row[j]).sum::<f64>();
            row[i] = refused.max(0.0);
            Simplex::from_weights(&row)
        };
        let rows: Result<Vec<_>, _> = (0..n).map(row).collect();
        Self::from_rows(rows?)
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.rows.len()
    }

    /// Where a walker at state `i` is next.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such state.
    pub fn row(&self, i: usize) -> Result<&Simplex, ProbabilityError> {
        let (outcome, outcomes) = (i, self.states());
        self.rows
            .get(i)
            .ok_or(ProbabilityError::OutcomeOutOfRange { outcome, outcomes })
    }

    /// The distribution one step later: $`p P`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if `p` is not on the states of the chain.
    pub fn step(&self, p: &Simplex) -> Result<Simplex, ProbabilityError> {
        let mut next = vec![0.0; self.check(p)?];
        for (&p, row) in zip(p.as_slice(), &self.rows) {
            zip(&mut next, row.as_slice()).for_each(|(next, q)| *next += p * q);
        }
        Ok(Simplex::from_weights(&next)?) // sums to 1 but for rounding
    }

    /// The stationary distribution, if there is only one.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NotUnique`] if the chain has two parts that it never leaves, with a state of each;
    /// [`ProbabilityError::Overflow`] if the way between two parts has a probability below the smallest number, $`5 \cdot 10^{-324}`$.
    pub fn stationary(&self) -> Result<Simplex, ProbabilityError> {
        stationary(&self.rows)
    }

    /// The stationary chain with time turned back: where a walker who is at i came from, $`P^*_{ij} = \pi_j P_{ji} / \pi_i`$.
    ///
    /// # Errors
    ///
    /// Those of [`MarkovChain::stationary`], and [`ProbabilityError::NeverVisited`] with the first state that has no share in the long run.
    pub fn reversed(&self) -> Result<Self, ProbabilityError> {
        let pi = self.stationary()?;
        let (pi, n) = (pi.as_slice(), self.states());
        if let Some(state) = pi.iter().position(|share| *share == 0.0) {
            return Err(ProbabilityError::NeverVisited { state });
        }
        let came = |i: usize, j: usize| scaled(pi[j], self.entry(j, i), pi[i]);
        let weights = |i: usize| (0..n).map(|j| came(i, j)).collect();
        let row = |i: usize| {
            let weights: Vec<f64> = weights(i);
            Simplex::from_weights(&weights)
        };
        let rows: Result<Vec<_>, _> = (0..n).map(row).collect();
        Self::from_rows(rows?)
    }

    /// Whether as many walkers go from each state to each other as come back, within `tolerance` of all walkers.
    ///
    /// # Errors
    ///
    /// Those of [`MarkovChain::stationary`].
    #[doc(alias = "detailed balance")]
    pub fn is_reversible(&self, tolerance: f64) -> Result<bool, ProbabilityError> {
        let pi = self.stationary()?;
        let flow = |i: usize, j: usize| pi.as_slice()[i] * self.entry(i, j); // of the states
        let balanced = |i: usize, j: usize| (flow(i, j) - flow(j, i)).abs() <= tolerance;
        Ok((0..self.states()).all(|i| (0..i).all(|j| balanced(i, j))))
    }

    /// The states of a walker after each of `steps` steps from `start`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no state `start`, [`ProbabilityError::TableTooLarge`] for more than $`2^{26}`$
    /// steps: a longer walk goes on from the last state.
    pub fn walk(
        &self,
        start: usize,
        steps: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<Vec<usize>, ProbabilityError> {
        let mut now = self.row(start)?;
        let mut path = Vec::with_capacity(entries(&[steps])?);
        for _ in 0..steps {
            let state = drawn(now.as_slice(), uniform(rng));
            path.push(state);
            now = self.row(state)?;
        }
        Ok(path)
    }

    fn from_rows(rows: Vec<Simplex>) -> Result<Self, ProbabilityError> {
        let right = rows.len();
        match rows.iter().find(|row| row.len() != right) {
            Some(row) => {
                let left = row.len();
                Err(ProbabilityError::LengthMismatch { left, right })
            }
            None if right == 0 => Err(gradus_numeric::NumericError::Empty.into()),
            None => Ok(Self { rows }),
        }
    }

    /// How many states there are, if `p` has as many outcomes.
    fn check(&self, p: &Simplex) -> Result<usize, ProbabilityError> {
        let (left, right) = (p.len(), self.states());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        Ok(right)
    }

    /// $`P_{ij}`$ of states that are.
    fn entry(&self, i: usize, j: usize) -> f64 {
        self.rows[i].as_slice()[j]
    }
}

/// The outcome whose share of [0, 1) holds u; one that can happen, also where rounding leaves a gap at the end.
fn drawn(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let possible = p.iter().enumerate().filter(|(_, p)| **p > 0.0);
    let mut last = 0;
    for (state, p) in possible {
        sum += p;
        last = state;
        if u < sum {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_visits_all_alike_and_is_not_reversible() -> Result<(), ProbabilityError> {
        let cycle = MarkovChain::new(&[[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])?;
        assert_eq!(cycle.stationary()?, Simplex::uniform(3)?);
        assert!(!cycle.is_reversible(0.3)?);
        let back = cycle.reversed()?;
        assert_eq!(back.row(0)?.as_slice(), [0.0, 0.0, 1.0]);
        let start = Simplex::new(vec![1.0, 0.0, 0.0])?;
        assert_eq!(cycle.step(&start)?.as_slice(), [0.0, 1.0, 0.0]);
        Ok(())
    }

    #[test]
    fn a_ruined_gambler_stays_ruined() -> Result<(), ProbabilityError> {
        // 0 is never left; from 1 and 2 one may come to it.
        let chain = MarkovChain::new(&[[1.0, 0.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]])?;
        assert_eq!(chain.stationary()?.as_slice(), [1.0, 0.0, 0.0]);
        let state = 1;
        assert_eq!(
            chain.reversed(),
            Err(ProbabilityError::NeverVisited { state })
        );
        let two = MarkovChain::new(&[[1.0, 0.0], [0.0, 1.0]])?;
        let (first, second) = (0, 1);
        assert_eq!(
            two.stationary(),
            Err(ProbabilityError::NotUnique { first, second })
        );
        Ok(())
    }

    #[test]
    fn walks_that_no_memory_holds_are_refused() -> Result<(), ProbabilityError> {
        let (coin, mut rng) = (
            MarkovChain::new(&[[0.5, 0.5], [0.5, 0.5]])?,
            gradus_random::Key::new(1).rng(),
        );
        for steps in [(1 << 26) + 1, usize::MAX] {
            let refused = coin.walk(0, steps, &mut rng);
            assert!(matches!(
                refused,
                Err(ProbabilityError::TableTooLarge { .. })
            ));
        }
        assert_eq!(coin.walk(0, 3, &mut rng)?.len(), 3);
        Ok(())
    }

    #[test]
    fn tables_that_are_not_square_are_refused() {
        let wide = MarkovChain::new(&[[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]);
        let (left, right) = (3, 2);
        assert_eq!(wide, Err(ProbabilityError::LengthMismatch { left, right }));
        assert!(MarkovChain::new(&[[0.5, 0.6], [0.5, 0.5]]).is_err());
        assert!(MarkovChain::new(&[[0.0; 0]; 0]).is_err());
    }
}
