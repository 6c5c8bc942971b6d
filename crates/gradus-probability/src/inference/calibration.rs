//! Simulation-based calibration: is what a sampler says of its parameters true as often as it says?

use super::pearson::chi_squared_test;
use super::significance::Significance;
use crate::error::{ProbabilityError, all_finite};
use crate::finite::factor::entries;
use gradus_numeric::Simplex;
use gradus_random::rand::Rng;
use gradus_random::uniform;

/// The ranks of true parameters among draws from their posteriors.
///
/// ```math
/// \theta \sim p(\theta), \quad x \sim p(x \mid \theta), \quad \theta_1, \dots, \theta_L \sim p(\theta \mid x)
/// \quad\Rightarrow\quad \#\{ l : \theta_l < \theta \} \text{ is uniform on } 0, \dots, L
/// ```
///
/// Truth and draws are exchangeable given the data, so none of the $`L + 1`$ ranks is likelier than another, whatever prior, model and
/// data are. Ranks that pile up at both ends tell of posteriors that are too narrow, in the middle too wide, at one end of a bias. One
/// draws a truth, data from it and L draws of the posterior, [records](Self::record) the rank, repeats, and [tests](Self::test).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | ranks of exact posteriors are uniform (fixed seed) | `ranks_of_the_truth_among_posterior_draws_are_uniform` |
/// | posteriors that are too narrow, too wide or biased are found (fixed seed) | `wrong_posteriors_have_uneven_ranks` |
/// | a rank counts the draws below; the order of draws does not matter | `a_rank_counts_the_draws_below` |
///
/// # Numerics
///
/// A truth that ties with draws gets one of the tied ranks by lot, as uniformity needs: parameters may be discrete. Draws of a Markov chain
/// depend on each other and must be thinned first to about [`effective_sample_size`](crate::effective_sample_size).
///
/// # Examples
///
/// ```
/// use gradus_probability::{Calibration, Key};
///
/// let mut calibration = Calibration::new(3)?;
/// calibration.record(0.5, &[0.1, 0.9, 0.3], &mut Key::new(1).rng())?;
/// assert_eq!(calibration.counts(), [0, 0, 1, 0]); // two of three draws are below
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// S. Talts et al., *Validating Bayesian inference algorithms with simulation-based calibration* (2018), arXiv:1804.06788, theorem 1;
/// S. R. Cook, A. Gelman and D. B. Rubin, J. Comput. Graph. Stat. 15 (2006), 675–692.
#[doc(alias = "SBC")]
#[doc(alias = "rank statistic")]
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    counts: Vec<u64>,
}

impl Calibration {
    /// Of `draws` draws from each posterior, with nothing recorded.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] without draws, [`ProbabilityError::TableTooLarge`] if there are $`2^{26}`$ or more, each with a rank.
    pub fn new(draws: usize) -> Result<Self, ProbabilityError> {
        match draws {
            0 => Err(ProbabilityError::Domain {
                name: "draws",
                value: 0.0,
            }),
            _ => Ok(Self {
                counts: vec![0; entries(&[draws.saturating_add(1)])?],
            }),
        }
    }

    /// Counts the rank of a truth among draws from its posterior, and returns it; ties are decided by lot.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless there are as many draws as were told, [`ProbabilityError::Numeric`] for a draw, and
    /// [`ProbabilityError::Domain`] for a truth, that is not finite.
    pub fn record(
        &mut self,
        truth: f64,
        draws: &[f64],
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<usize, ProbabilityError> {
        let (left, right) = (draws.len(), self.counts.len() - 1); // one rank more than draws
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        crate::error::finite("truth", truth)?;
        all_finite(draws)?;
        let below = draws.iter().filter(|draw| **draw < truth).count();
        let ties = draws.iter().filter(|draw| **draw == truth).count();
        // Without a tie nothing is drawn: the generator stays as it is.
        let lot = if ties == 0 { 0 } else { below_lot(ties, rng) };
        self.counts[below + lot] += 1;
        Ok(below + lot)
    }

    /// How often each rank was seen, from 0 to the number of draws.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Pearson's test whether ranks are uniform, with the ranks joined to `bins` neighborhoods.
    ///
    /// Good if five or more were recorded for each bin.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless `bins` is at least 2 and divides the number of ranks, which is one more than that of draws;
    /// [`ProbabilityError::Numeric`] if nothing was recorded.
    pub fn test(&self, bins: usize) -> Result<Significance, ProbabilityError> {
        let ranks = self.counts.len();
        if bins < 2 || !ranks.is_multiple_of(bins) {
            let (name, value) = ("bins", bins as f64);
            return Err(ProbabilityError::Domain { name, value });
        }
        let neighborhoods = self.counts.chunks_exact(ranks / bins);
        let counts: Vec<u64> = neighborhoods.map(|ranks| ranks.iter().sum()).collect();
        chi_squared_test(&counts, &Simplex::uniform(bins)?)
    }
}

/// A number from 0 to `ties`, all equally likely.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a floor between 0 and the number of ties"
)]
fn below_lot(ties: usize, rng: &mut (impl Rng + ?Sized)) -> usize {
    ((uniform(rng) * (ties as f64 + 1.0)) as usize).min(ties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn even_ranks_have_no_evidence_against_them() -> Result<(), ProbabilityError> {
        let even = Calibration {
            counts: vec![7, 7, 7, 7],
        };
        assert_eq!(even.test(4)?.statistic, 0.0);
        assert_eq!(even.test(2)?.p_value, 1.0);
        let uneven = Calibration {
            counts: vec![10, 0, 0, 10],
        };
        assert_eq!(uneven.test(4)?.statistic, 20.0); // 5² / 5, four times
        assert_eq!(uneven.test(2)?.statistic, 0.0); // each half has ten
        Ok(())
    }

    #[test]
    fn what_cannot_be_ranked_is_refused_and_not_counted() -> Result<(), ProbabilityError> {
        let (mut calibration, mut rng) = (Calibration::new(2)?, Key::new(1).rng());
        assert!(Calibration::new(0).is_err());
        for many in [1 << 26, usize::MAX] {
            let refused = Calibration::new(many);
            assert!(matches!(
                refused,
                Err(ProbabilityError::TableTooLarge { .. })
            ));
        }
        assert!(calibration.record(f64::NAN, &[0.0, 1.0], &mut rng).is_err());
        assert!(calibration.record(0.0, &[f64::NAN, 1.0], &mut rng).is_err());
        let (left, right) = (1, 2);
        assert_eq!(
            calibration.record(0.0, &[1.0], &mut rng),
            Err(ProbabilityError::LengthMismatch { left, right })
        );
        assert_eq!(calibration.counts(), [0, 0, 0]);
        let (name, value) = ("bins", 2.0);
        assert_eq!(
            calibration.test(2),
            Err(ProbabilityError::Domain { name, value })
        );
        Ok(())
    }
}
