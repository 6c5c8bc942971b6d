//! The entropy of counts of an uncertain probability.

use super::beta_binomial::{BetaBinomial, ln_mass};
use super::smooth_sum::{FIRST_SMOOTH, LARGEST_SHAPE, end_correction, integral_of_logarithm};
use super::stride_sum::{Surprises, entropy_by_strides, entropy_of_bell, of_complement, surprise};
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;

impl BetaBinomial {
    /// The entropy in nats: $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k)`$, which has no closed form.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the sum of its definition | `entropies_of_counts_are_sums` |
    /// | successes and failures: the same | `entropies_of_mirrored_counts_are_equal` |
    /// | at most $`\ln(n + 1)`$, which $`a = b = 1`$ has | `no_count_has_more_entropy_than_a_uniform_one` |
    ///
    /// # Numerics
    ///
    /// Up to 4096 trials the sum. Of more, some hundred terms where the law is a bell; else 128 terms at each end, and between them an integral over the
    /// logarithm of the distance from the end, with Gauss's end correction.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::BetaBinomial;
    ///
    /// // nothing is known of a coin: each count from 0 to 4 is equally likely
    /// let coin = BetaBinomial::new(4, 1.0, 1.0)?;
    /// assert!((coin.entropy() - 5.0_f64.ln()).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let n = self.trials();
        let smaller = self.probability().a().min(self.probability().b());
        let (ends, mass) = ((0, n), |k| self.ln_pmf(k));
        let deviation = self.variance().map_or(0.0, f64::sqrt);
        if n <= FEW {
            let mut sum = Surprises::default();
            (0..=n).for_each(|k| _ = sum.add(mass(k)));
            return sum.entropy();
        }
        let top = self.mode().unwrap_or(0);
        if smaller >= LARGEST_SHAPE {
            entropy_of_bell(top, deviation, ends, mass)
        } else if smaller >= 1.0 && deviation < NARROW {
            entropy_by_strides(top, 1, ends, mass)
        } else {
            let (a, b) = (self.probability().a(), self.probability().b());
            entropy_of_half(n, [a, b], self.tails(0).1)
                + entropy_of_half(n, [b, a], self.tails(n - 1).0)
        }
    }
}

/// The sum over the counts that are nearer to 0 than to n, of which one in the middle counts half, given the probability of others than 0.
fn entropy_of_half(n: u64, [a, b]: [f64; 2], others: f64) -> f64 {
    let at = |x: f64| ln_mass(x, n as f64 - x, a, b);
    let mass = |k: u64| surprise(at(k as f64));
    let term = |y: f64| y.exp() * surprise(at(y.exp()));
    let (start, middle) = (FIRST_SMOOTH as f64 - 0.5, 0.5 * n as f64);
    let at_end = if others < 0.5 {
        of_complement(others)
    } else {
        mass(0)
    };
    at_end
        + (1..FIRST_SMOOTH).map(mass).sum::<f64>()
        + end_correction(FIRST_SMOOTH, mass)
        + integral_of_logarithm(start.ln(), middle.ln(), term)
}

/// So many terms take less than a millisecond.
const FEW: u64 = 4096;

/// Narrower bells are summed count by count.
const NARROW: f64 = 256.0;
