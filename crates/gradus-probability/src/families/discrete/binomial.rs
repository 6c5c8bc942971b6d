//! How many of n trials succeed.

use super::ln_ways::{Parts, ln_ways};
use super::stride_sum::entropy_of_bell;
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, numbers};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{
    Real, beta_pq, deviance, ln_beta_pq, normal_quantile, stirling_error, xlog1py, xlogy,
};
use gradus_random::rand::Rng;
use rand_distr::Distribution;
use std::f64::consts::PI;

/// The binomial distribution: how many of n trials succeed, each with probability p.
///
/// ```math
/// \operatorname{P}(X = k) = \binom nk p^k (1 - p)^{n - k}, \qquad k = 0, \dots, n
/// ```
///
/// where $`n`$ is `trials` and $`p`$ `probability`. The sum of n [`Bernoulli`](crate::Bernoulli) trials: the number of correct answers of a
/// classifier, of heads. Mean $`n p`$, variance $`n p (1 - p)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_add_up_to_the_distribution_function` |
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | total variation from Poisson at most $`n p^2`$ (Le Cam) | `rare_trials_are_nearly_poisson` |
/// | score $`\partial_p = k/p - (n - k)/(1 - p)`$ | `score_of_a_binomial` |
/// | draws (Kolmogorov–Smirnov) | `draws_follow_the_tails` |
///
/// # Numerics
///
/// The saddle-point expansion of Loader, exact to the last digits for every n: with $`\delta`$ ([`stirling_error`]) and $`D`$
/// ([`deviance`]),
///
/// ```math
/// \ln \operatorname{P}(X = k) = \tfrac12 \ln \frac{n}{2 \pi k (n - k)} + \delta(n) - \delta(k) - \delta(n - k) - D(k, n p) - D(n - k, n (1 - p))
/// ```
///
/// Up to 170 trials the formula as it stands, from a table of logarithms of factorials in two parts, the first of which are added exactly: what
/// cancels leaves no error.
/// $`F(k) = I_{1 - p}(n - k, k + 1)`$ ([`beta_pq`]).
///
/// # Examples
///
/// ```
/// use gradus_probability::{Binomial, Discrete};
///
/// let heads = Binomial::new(4, 0.5)?;
/// assert!((heads.pmf(2) - 6.0 / 16.0).abs() < 1e-15);
/// assert_eq!((heads.quantile(0.5), heads.quantile(1.0)), (Some(2), Some(4)));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2; C. Loader, *Fast and accurate computation of
/// binomial probabilities* (2000), eq. 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    trials: u64,
    probability: f64,
    ln_success: Parts, // ln p
    ln_failure: Parts, // ln(1 − p)
    sampler: rand_distr::Binomial,
}

impl Binomial {
    /// So many trials, each of which succeeds with this probability.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`0 \le p \le 1`$.
    pub fn new(trials: u64, probability: f64) -> Result<Self, ProbabilityError> {
        match rand_distr::Binomial::new(trials, probability) {
            Ok(sampler) if (0.0..=1.0).contains(&probability) => Ok(Self {
                trials,
                probability,
                ln_success: Parts::of(probability.ln()),
                ln_failure: Parts::of((-probability).ln_1p()),
                sampler,
            }),
            _ => Err(ProbabilityError::Domain {
                name: "probability",
                value: probability,
            }),
        }
    }

    /// $`n`$.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// $`p`$.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// The most likely probability, given how many of `trials` succeeded each time, with the standard error
    /// $`\sqrt{p (1 - p) / \sum n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for more successes than trials, [`ProbabilityError::NoMaximum`] for no trials.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Binomial;
    ///
    /// let fit = Binomial::fit(10, &[2, 3, 4])?;
    /// assert_eq!(fit.distribution.probability(), 0.3);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(trials: u64, successes: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(trials, successes, &vec![1.0; successes.len()])
    }

    /// The same where number i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        trials: u64,
        successes: &[u64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(&numbers(successes), weights, |k| k <= trials as f64)?;
        let share = mean / trials as f64;
        let law = Self::new(trials, if share > 1.0 { 1.0 } else { share })?; // by rounding
        let p = law.probability;
        let errors = vec![(p * (1.0 - p) / (n * trials as f64)).sqrt()];
        Ok(Fit::of(law, errors, successes, weights, |law, k| {
            law.ln_pmf(k)
        }))
    }

    /// The entropy in nats, which has no closed form: $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k) = \tfrac12 \ln(2 \pi e n p (1 - p)) + O(1 / n)`$.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the sum of its definition | `entropies_of_counts_are_sums` |
    /// | successes and failures: the same | `entropies_of_mirrored_counts_are_equal` |
    /// | another trial adds to it | `entropies_of_sums_grow` |
    /// | at most that of a [`Poisson`](crate::Poisson) count with this mean (Harremoës) | `no_binomial_count_has_more_entropy_than_a_poisson_one` |
    ///
    /// # Numerics
    ///
    /// A sum of some hundred terms for every n, since a wide bell needs only every h-th count, $`h \le \sigma / 8`$. Relative to the entropy where it is
    /// tiny, too; 0 for what is sure. From $`10^{16}`$ trials on it is seen that $`1 - p`$ rounds: an error of $`n \varepsilon^2`$, $`10^{-12}`$ for all 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Binomial;
    ///
    /// // two coins: 0, 1, 1 or 2 heads
    /// let bits = Binomial::new(2, 0.5)?.entropy() / std::f64::consts::LN_2;
    /// assert!((bits - 1.5).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// P. Harremoës, *Binomial and Poisson distributions as maximum entropy distributions*, IEEE Trans. Inform. Theory 47 (2001), 2039–2041.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let top = self.mode().unwrap_or(0); // always known
        let deviation = self.variance().map_or(0.0, f64::sqrt);
        entropy_of_bell(top, deviation, (0, self.trials), |k| self.ln_pmf(k))
    }
}

impl Discrete for Binomial {
    fn ln_pmf(&self, k: u64) -> f64 {
        let n = self.trials;
        match ln_ways(n, k) {
            Some(ways) if 0 < k && k < n => {
                ways.plus((k, self.ln_success), (n - k, self.ln_failure))
            }
            _ => binomial_ln_pmf(k, n, self.probability),
        }
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let p = self.probability;
        match self.trials.checked_sub(k) {
            None | Some(0) => (1.0, 0.0),
            Some(rest) => beta_pq(rest as f64, k as f64 + 1.0, 1.0 - p, p),
        }
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let p = self.probability;
        match self.trials.checked_sub(k) {
            None | Some(0) => (0.0, f64::NEG_INFINITY),
            Some(rest) => ln_beta_pq(rest as f64, k as f64 + 1.0, 1.0 - p, p),
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        let (n, success) = (self.trials as f64, self.probability);
        if success == 1.0 {
            return Some(self.trials); // the only one that is possible
        }
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        let deviation = (n * success * (1.0 - success)).sqrt();
        let guess = n * success + z * deviation + (1.0 - 2.0 * success) * (z * z - 1.0) / 6.0;
        least_reaching((p, q), guess, self.trials, |k| self.tails(k))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.trials as f64 * self.probability)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.trials as f64 * self.probability * (1.0 - self.probability))
    }

    /// By inversion for a mean below 10, by the rejection of Kachitvichyanukul and Schmeiser from there on.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        self.sampler.sample(rng)
    }
}

impl StandardizedMoments for Binomial {
    /// $`(1 - 2p) / \sqrt{n p (1 - p)}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (spread, q) = (self.variance()?, 1.0 - self.probability);
        of_spread(SKEWNESS, spread, || (q - self.probability) / spread.sqrt())
    }

    /// $`1 / n p (1 - p) - 6 / n`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let spread = self.variance()?;
        of_spread(EXCESS_KURTOSIS, spread, || {
            1.0 / spread - 6.0 / self.trials as f64
        })
    }
}

impl Mode for Binomial {
    type Outcome = u64;

    /// The largest whole number below $`(n + 1) p`$, to the last digit; 0 where there is none.
    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok(floor_below(u128::from(self.trials) + 1, self.probability))
    }
}

/// The largest whole number below $`n p`$, for $`n \le 2^{64}`$ and a probability p; 0 where there is none.
///
/// With $`p = m \, 2^{-s}`$ the product $`n m`$ is exact in 128 bits, and $`\lceil n m / 2^s \rceil - 1 = \lfloor (n m - 1) / 2^s \rfloor`$.
fn floor_below(n: u128, p: f64) -> u64 {
    let bits = p.to_bits();
    let exponent = (bits >> 52) & 0x7ff;
    let fraction = bits & ((1 << 52) - 1);
    let hidden = u64::from(exponent > 0) << 52;
    let product = n * u128::from(fraction | hidden);
    let shift = u32::try_from(1075 - exponent.max(1)).unwrap_or(u32::MAX);
    let whole = product.saturating_sub(1).checked_shr(shift).unwrap_or(0);
    u64::try_from(whole).unwrap_or(u64::MAX)
}

/// The log-probability of k successes in n trials, as a function of the probability of each.
///
/// ```math
/// \ln \operatorname{P}(X = k) = \ln \binom nk + k \ln p + (n - k) \ln(1 - p)
/// ```
///
/// For every [`Real`], so it can be differentiated by $`p`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_p = k/p - (n - k)/(1 - p)`$ | `score_of_a_binomial` |
///
/// # Numerics
///
/// As [`Binomial`]. $`-\infty`$ for outcomes of probability 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::binomial_ln_pmf;
///
/// assert_eq!(binomial_ln_pmf(3, 3, 0.5_f64), -3.0 * std::f64::consts::LN_2);
/// assert_eq!(binomial_ln_pmf(4, 3, 0.5), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// As [`Binomial`].
#[must_use]
pub fn binomial_ln_pmf<R: Real>(k: u64, trials: u64, probability: R) -> R {
    let Some(rest) = trials.checked_sub(k) else {
        return R::from_f64(f64::NEG_INFINITY);
    };
    let (n, k, rest) = (trials as f64, k as f64, rest as f64);
    if k == 0.0 {
        return xlog1py(R::from_f64(n), -probability);
    }
    if rest == 0.0 {
        return xlogy(R::from_f64(n), probability);
    }
    let stirling = 0.5 * (n / k / rest / (2.0 * PI)).ln() + stirling_error(n)
        - stirling_error(k)
        - stirling_error(rest);
    let (n, one) = (R::from_f64(n), R::from_f64(1.0));
    R::from_f64(stirling)
        - deviance(R::from_f64(k), n * probability)
        - deviance(R::from_f64(rest), n * (one - probability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_probabilities_are_errors() {
        for p in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(matches!(
                Binomial::new(3, p),
                Err(ProbabilityError::Domain { .. })
            ));
        }
    }

    #[test]
    fn sure_outcomes() {
        let (none, never, always) = (
            Binomial::new(0, 0.3).unwrap(),
            Binomial::new(3, 0.0).unwrap(),
            Binomial::new(3, 1.0).unwrap(),
        );
        assert_eq!(
            (none.pmf(0), none.cdf(0), none.quantile(0.5)),
            (1.0, 1.0, Some(0))
        );
        assert_eq!(
            (
                never.pmf(0),
                never.pmf(1),
                never.cdf(0),
                never.quantile(1.0)
            ),
            (1.0, 0.0, 1.0, Some(0))
        );
        assert_eq!(
            (
                always.pmf(3),
                always.pmf(2),
                always.cdf(2),
                always.quantile(0.0)
            ),
            (1.0, 0.0, 0.0, Some(3))
        );
    }
}
