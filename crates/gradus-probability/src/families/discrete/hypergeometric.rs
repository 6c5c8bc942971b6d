//! How many marked ones are drawn without putting any back.

use super::binomial::binomial_ln_pmf;
use super::ratio_sum::ln_sum_of_ratios;
use super::stride_sum::entropy_of_bell;
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::ProbabilityError;
use gradus_numeric::{log1mexp, normal_quantile};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use rand_distr::Distribution;

/// The hypergeometric distribution: how many marked ones are among some that are drawn without putting any back.
///
/// ```math
/// \operatorname{P}(X = k) = \frac{\binom Kk \binom{N - K}{n - k}}{\binom Nn}, \qquad \max(0, n + K - N) \le k \le \min(n, K)
/// ```
///
/// where $`N`$ is `population`, $`K`$ `marked` and $`n`$ `draws`: the aces in a hand of cards; Fisher's exact test. For a population much
/// larger than the draws it is [`Binomial`](crate::Binomial). Mean $`n K / N`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_of_families_add_up` |
/// | draws and marks may be exchanged: $`K \leftrightarrow n`$ | `draws_and_marks_can_be_exchanged` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Logarithms of three binomial coefficients cancel. With $`p = n / N`$ the probability is a quotient of three binomial ones,
/// each in Loader's form:
///
/// ```math
/// \operatorname{P}(X = k) = \frac{b(k; K, p) \; b(n - k; N - K, p)}{b(n; N, p)}
/// ```
///
/// A tail is its first term times a sum of products of ratios of neighbors, away from the mode; the larger tail is 1 minus the smaller one. The sum has some
/// standard deviations of terms: populations are limited to $`10^{12}`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, Hypergeometric};
///
/// let aces = Hypergeometric::new(52, 4, 5)?; // in a hand of poker
/// assert!((aces.pmf(4) - 48.0 / 2_598_960.0).abs() < 1e-19);
/// assert!((aces.mean()? - 5.0 / 13.0).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2, eq. 3.2.2; C. Loader, *Fast and accurate computation of
/// binomial probabilities* (2000), §6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hypergeometric {
    population: u64,
    marked: u64,
    draws: u64,
    ln_sum: f64, // of so many draws from the whole population by independent trials
    sampler: Option<rand_distr::Hypergeometric>, // none where inversion draws more exactly, or without a long preparation
}

impl Hypergeometric {
    /// Of a `population` of which so many are `marked`, so many `draws`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] if more are marked or drawn than there are, or if there are more than $`10^{12}`$.
    pub fn new(population: u64, marked: u64, draws: u64) -> Result<Self, ProbabilityError> {
        let error = |name, value: u64| {
            Err(ProbabilityError::Domain {
                name,
                value: value as f64,
            })
        };
        if population > LARGEST_POPULATION {
            return error("population", population);
        }
        if marked > population {
            return error("marked", marked);
        }
        if draws > population {
            return error("draws", draws);
        }
        Ok(Self {
            population,
            marked,
            draws,
            ln_sum: binomial_ln_pmf(draws, population, draws as f64 / population as f64),
            sampler: sampler(population, marked, draws),
        })
    }

    /// $`N`$.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.population
    }

    /// $`K`$.
    #[must_use]
    pub fn marked(&self) -> u64 {
        self.marked
    }

    /// $`n`$.
    #[must_use]
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// The entropy in nats: $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k)`$, which has no closed form.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the sum of its definition | `entropies_of_counts_are_sums` |
    /// | draws and marks exchanged, marked and others exchanged: the same | `entropies_of_mirrored_counts_are_equal` |
    ///
    /// # Numerics
    ///
    /// A sum of some hundred terms for every population, since a wide bell needs only every h-th count, $`h \le \sigma / 8`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Hypergeometric;
    ///
    /// // one of two is marked, one is drawn: a bit
    /// let bits = Hypergeometric::new(2, 1, 1)?.entropy() / std::f64::consts::LN_2;
    /// assert!((bits - 1.0).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let deviation = spread(self).sqrt();
        entropy_of_bell(self.top(), deviation, self.support(), |k| self.ln_pmf(k))
    }

    /// The mode: $`\lceil x \rceil - 1`$, which of two alike is the smaller one, with $`x = (n + 1)(K + 1) / (N + 2)`$.
    fn top(&self) -> u64 {
        let product = u128::from(self.draws + 1) * u128::from(self.marked + 1);
        let below = (product - 1) / u128::from(self.population + 2);
        // never above the draws, which are a u64
        u64::try_from(below).unwrap_or(self.draws)
    }

    /// The fewest and the most that can be drawn.
    fn support(&self) -> (u64, u64) {
        let fewest = (self.draws + self.marked).saturating_sub(self.population);
        (fewest, self.draws.min(self.marked))
    }

    /// The logarithm of the tail from k downwards, or upwards.
    fn ln_tail(&self, k: u64, upwards: bool) -> f64 {
        let (first, last) = self.support();
        let ln_first = self.ln_pmf(k);
        if upwards {
            ln_sum_of_ratios(ln_first, last - k, |i| self.ratio(k + i))
        } else {
            ln_sum_of_ratios(ln_first, k - first, |i| 1.0 / self.ratio(k - 1 - i))
        }
    }

    /// $`\operatorname{P}(X = k + 1) / \operatorname{P}(X = k)`$.
    fn ratio(&self, k: u64) -> f64 {
        let rest = (self.population + k + 1 - self.marked - self.draws) as f64;
        (self.marked - k) as f64 / (k + 1) as f64 * ((self.draws - k) as f64 / rest)
    }
}

impl Discrete for Hypergeometric {
    fn ln_pmf(&self, k: u64) -> f64 {
        let (first, last) = self.support();
        if !(first..=last).contains(&k) {
            return f64::NEG_INFINITY;
        }
        if first == last {
            return 0.0;
        }
        let p = self.draws as f64 / self.population as f64;
        binomial_ln_pmf(k, self.marked, p)
            + binomial_ln_pmf(self.draws - k, self.population - self.marked, p)
            - self.ln_sum
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let (ln_p, ln_q) = self.ln_tails(k);
        (ln_p.exp(), ln_q.exp())
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let (first, last) = self.support();
        if k < first {
            (f64::NEG_INFINITY, 0.0)
        } else if k >= last {
            (0.0, f64::NEG_INFINITY)
        } else if k < self.top() {
            let ln_p = self.ln_tail(k, false);
            (ln_p, log1mexp(ln_p))
        } else {
            let ln_q = self.ln_tail(k + 1, true);
            (log1mexp(ln_q), ln_q)
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        let (first, last) = self.support();
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        let (n, share) = (
            self.draws as f64,
            self.marked as f64 / (self.population as f64).max(1.0),
        );
        let guess = n * share + z * spread(self).sqrt() - first as f64;
        let offset = least_reaching((p, q), guess, last - first, |k| self.tails(first + k))?;
        Some(first + offset)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.draws as f64 * (self.marked as f64 / (self.population as f64).max(1.0)))
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(spread(self))
    }

    /// By inversion where few are expected, by the rejection of Kachitvichyanukul and Schmeiser elsewhere; in a population above $`10^8`$ by the quantile.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        if let Some(sampler) = &self.sampler {
            return sampler.sample(rng);
        }
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u).unwrap_or(self.draws) // there is always one
    }
}

impl StandardizedMoments for Hypergeometric {
    /// $`\frac{(N - 2K)(N - 2n)}{N - 2} \sqrt{\frac{N - 1}{n K (N - K)(N - n)}}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (total, spread) = (self.population as f64, spread(self));
        of_spread(SKEWNESS, spread, || {
            let lean = |part: u64| ((self.population - part) as f64 - part as f64) / total;
            let rest = (total - 2.0).max(1.0) / total; // of two, one is drawn and one is marked: a fair coin
            lean(self.marked) * lean(self.draws) / rest / spread.sqrt() + 0.0 // never −0
        })
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        of_spread(EXCESS_KURTOSIS, spread(self), || excess(self))
    }
}

impl Mode for Hypergeometric {
    type Outcome = u64;

    /// The largest whole number below $`(n + 1)(K + 1) / (N + 2)`$.
    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok(self.top())
    }
}

/// $`n \frac KN \frac{N - K}N \frac{N - n}{N - 1}`$.
fn spread(law: &Hypergeometric) -> f64 {
    let (total, marked) = (law.population as f64, law.marked as f64);
    let left = total - law.draws as f64;
    if left == 0.0 || total <= 1.0 {
        return 0.0; // all are drawn
    }
    law.draws as f64 * (marked / total) * ((total - marked) / total) * (left / (total - 1.0))
}

/// $`\frac{N(N + 1) - 6K(N - K) - 6n(N - n)}{\sigma^2 (N - 2)(N - 3)} + \frac{6 (5N - 6)}{(N - 2)(N - 3)}`$, where it is not 0/0.
fn excess(law: &Hypergeometric) -> f64 {
    let pairs = |part: u64| i128::from(part) * i128::from(law.population - part);
    let total = i128::from(law.population);
    let lack = total * (total + 1) - 6 * pairs(law.marked) - 6 * pairs(law.draws);
    match law.population {
        2 => -2.0, // a fair coin
        3 => -1.5, // one of three
        _ => {
            let rest = (total - 2) as f64 * (total - 3) as f64;
            lack as f64 / rest / spread(law) + (6 * (5 * total - 6)) as f64 / rest
        }
    }
}

/// The sampler of `rand_distr`, where it is exact and soon prepared.
///
/// Its rejection subtracts logarithms of factorials, which err by $`\varepsilon N \ln N`$. Where few are expected it multiplies a factor for each one that is
/// drawn and for each one that is marked, or is not if these are fewer.
fn sampler(population: u64, marked: u64, draws: u64) -> Option<rand_distr::Hypergeometric> {
    let fewer = |part: u64| part.min(population - part) as f64;
    let (marked_or_not, drawn_or_not) = (fewer(marked), fewer(draws));
    let expected = (marked_or_not + 1.0) * (drawn_or_not + 1.0) / (population as f64 + 2.0);
    let prepared = expected > FEW + 1.0 || marked_or_not + drawn_or_not < MOST_FACTORS;
    (population <= LARGEST_CANCELLING && prepared)
        .then(|| rand_distr::Hypergeometric::new(population, marked, draws).ok())
        .flatten()
}

/// The sum of a tail then has some millions of terms.
const LARGEST_POPULATION: u64 = 1_000_000_000_000;

/// $`\varepsilon N \ln N = 4 \cdot 10^{-7}`$.
const LARGEST_CANCELLING: u64 = 100_000_000;

/// With fewer expected `rand_distr` multiplies factors.
const FEW: f64 = 10.0;

/// So many take some microseconds.
const MOST_FACTORS: f64 = 1000.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_sure() {
        for (law, k) in [
            ((0, 0, 0), 0),
            ((5, 5, 3), 3),
            ((5, 2, 5), 2),
            ((5, 0, 3), 0),
        ] {
            let law = Hypergeometric::new(law.0, law.1, law.2).unwrap();
            assert_eq!(
                (law.pmf(k), law.cdf(k), law.sf(k), law.mode()),
                (1.0, 1.0, 0.0, Ok(k)),
                "{law:?}"
            );
            assert_eq!((law.quantile(0.0), law.quantile(1.0)), (Some(k), Some(k)));
            assert_eq!(law.variance(), Ok(0.0));
        }
        assert!(Hypergeometric::new(5, 6, 1).is_err() && Hypergeometric::new(5, 1, 6).is_err());
        assert!(Hypergeometric::new(u64::MAX, 1, 1).is_err());
    }
}
