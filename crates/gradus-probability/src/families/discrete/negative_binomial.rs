//! How many failures before the r-th success.

use crate::contract::continuous::Continuous;
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::{ProbabilityError, finite_positive};
use crate::families::continuous::gamma::Gamma;
use crate::families::discrete::poisson::Poisson;
use gradus_numeric::{Real, beta_pq, deviance, ln_beta_pq, normal_quantile, stirling_error};
use gradus_random::rand::Rng;
use std::f64::consts::PI;

/// The negative binomial distribution: how many trials fail before the r-th one succeeds.
///
/// ```math
/// \operatorname{P}(X = k) = \frac{\Gamma(k + r)}{k! \, \Gamma(r)} \, p^r (1 - p)^k, \qquad k = 0, 1, 2, \dots
/// ```
///
/// where $`r > 0`$ is `successes`, a whole number or not, and $`0 < p \le 1`$ `probability`. A [`Poisson`] count whose mean is
/// itself a [`Gamma`] draw: counts that scatter more than their mean. Mean $`r (1 - p) / p`$, variance $`r (1 - p) / p^2`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_of_families_add_up` |
/// | $`\operatorname{P}(X \le k) = \operatorname{P}(\text{Binomial}(k + r, p) \ge r)`$ | `waiting_for_successes_is_counting_them` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Loader's form, with $`n = r + k`$, $`\delta`$ ([`stirling_error`]) and $`D`$ ([`deviance`]):
///
/// ```math
/// \ln \operatorname{P}(X = k) = \tfrac12 \ln \frac{r}{2 \pi k n} + \delta(n) - \delta(k) - \delta(r) - D(k, n (1 - p)) - D(r, n p)
/// ```
///
/// $`F(k) = I_p(r, k + 1)`$ ([`beta_pq`]).
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, NegativeBinomial};
///
/// let bugs = NegativeBinomial::new(2.0, 0.5)?;
/// assert!((bugs.pmf(1) - 0.25).abs() < 1e-15); // 2 · ¼ · ½
/// assert_eq!((bugs.mean()?, bugs.variance()?), (2.0, 4.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2, eq. 3.2.9.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeBinomial {
    successes: f64,
    probability: f64,
    mean: Gamma, // of the Poisson counts, at p = ½
}

impl NegativeBinomial {
    /// Failures before so many successes, which each trial is with this probability.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`r`$ is finite and positive and $`0 < p \le 1`$.
    pub fn new(successes: f64, probability: f64) -> Result<Self, ProbabilityError> {
        finite_positive("successes", successes)?;
        if !(probability > 0.0 && probability <= 1.0) {
            return Err(ProbabilityError::Domain {
                name: "probability",
                value: probability,
            });
        }
        Ok(Self {
            successes,
            probability,
            mean: Gamma::new(successes, 1.0)?,
        })
    }

    /// $`r`$.
    #[must_use]
    pub fn successes(&self) -> f64 {
        self.successes
    }

    /// $`p`$.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probability
    }
}

impl Discrete for NegativeBinomial {
    fn ln_pmf(&self, k: u64) -> f64 {
        negative_binomial_ln_pmf(k, self.successes, self.probability)
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let p = self.probability;
        beta_pq(self.successes, k as f64 + 1.0, p, 1.0 - p)
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let p = self.probability;
        ln_beta_pq(self.successes, k as f64 + 1.0, p, 1.0 - p)
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        let (success, failure) = (self.probability, 1.0 - self.probability);
        if failure == 0.0 {
            return Some(0);
        }
        if q == 0.0 {
            return None; // there is no largest count
        }
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        let mean = self.successes * failure / success;
        let deviation = (mean / success).sqrt();
        let guess = mean + z * deviation + (1.0 + failure) / success * (z * z - 1.0) / 6.0;
        least_reaching((p, q), guess, u64::MAX, |k| self.tails(k))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.successes * (1.0 - self.probability) / self.probability)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.successes * (1.0 - self.probability) / self.probability / self.probability)
    }

    /// A Poisson count with a gamma draw for its mean.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        let mean = self.mean.sample(rng) * ((1.0 - self.probability) / self.probability);
        // a mean beyond the counts is a count beyond them
        Poisson::new(mean).map_or(u64::MAX, |law| law.sample(rng))
    }
}

impl StandardizedMoments for NegativeBinomial {
    /// $`(2 - p) / \sqrt{r (1 - p)}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        skewness(self.successes, self.probability)
    }

    /// $`6 / r + p^2 / r (1 - p)`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        excess_kurtosis(self.successes, self.probability)
    }
}

impl Mode for NegativeBinomial {
    type Outcome = u64;

    /// The largest whole number below $`(r - 1)(1 - p) / p`$; 0 where there is none.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and below 2⁶⁴ where it is cast"
    )]
    fn mode(&self) -> Result<u64, ProbabilityError> {
        let (r, p) = (self.successes, self.probability);
        let bound = (r - 1.0) / p * (1.0 - p); // a count is likelier than the one before it, below this
        if bound <= 0.0 {
            Ok(0)
        } else if bound < 2.0_f64.powi(64) {
            Ok((bound.ceil() as u64).saturating_sub(1))
        } else {
            Err(ProbabilityError::Overflow)
        }
    }
}

/// $`(2 - p) / \sqrt{r (1 - p)}`$; also that of one success.
pub(super) fn skewness(r: f64, p: f64) -> Result<f64, ProbabilityError> {
    let failure = 1.0 - p;
    of_spread(SKEWNESS, failure, || (2.0 - p) / r.sqrt() / failure.sqrt())
}

/// $`6 / r + p^2 / r (1 - p)`$; also that of one success.
pub(super) fn excess_kurtosis(r: f64, p: f64) -> Result<f64, ProbabilityError> {
    let failure = 1.0 - p;
    of_spread(EXCESS_KURTOSIS, failure, || (6.0 + p * p / failure) / r)
}

/// The log-probability of k failures before the r-th success, as a function of $`r`$ and the probability of success.
///
/// ```math
/// \ln \operatorname{P}(X = k) = \ln \Gamma(k + r) - \ln k! - \ln \Gamma(r) + r \ln p + k \ln(1 - p)
/// ```
///
/// For every [`Real`], so it can be differentiated by $`r`$ and $`p`$; minus this is the loss of a regression of counts that
/// scatter more than their mean.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_p = r/p - k/(1 - p)`$ | `scores_of_counts` |
///
/// # Numerics
///
/// As [`NegativeBinomial`]. $`-\infty`$ for outcomes of probability 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::negative_binomial_ln_pmf;
///
/// assert_eq!(negative_binomial_ln_pmf(0, 3.0, 0.5_f64), -3.0 * std::f64::consts::LN_2);
/// ```
///
/// # References
///
/// As [`NegativeBinomial`].
#[must_use]
pub fn negative_binomial_ln_pmf<R: Real>(k: u64, successes: R, probability: R) -> R {
    if k == 0 {
        return successes * probability.ln();
    }
    let count = R::from_f64(k as f64);
    let n = successes + count;
    let one = R::from_f64(1.0);
    let root = R::from_f64(0.5) * (successes / n / (R::from_f64(2.0 * PI) * count)).ln();
    root + stirling_error(n)
        - stirling_error(count)
        - stirling_error(successes)
        - deviance(count, n * (one - probability))
        - deviance(successes, n * probability)
}
