//! How many failures before the first success.

use super::negative_binomial::{excess_kurtosis, skewness};
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, numbers};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log1mexp, xlog1py};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::repeat_with;

/// The geometric distribution: how many trials fail before the first one succeeds.
///
/// ```math
/// \operatorname{P}(X = k) = p \, (1 - p)^k, \qquad \operatorname{P}(X > k) = (1 - p)^{k + 1}, \qquad k = 0, 1, 2, \dots
/// ```
///
/// where $`0 < p \le 1`$ is `probability`. Failures are counted, from 0; the number of *trials*, which others call geometric too, is
/// one more. It has no memory. Mean $`(1 - p) / p`$, variance $`(1 - p) / p^2`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_of_families_add_up` |
/// | it is [`NegativeBinomial`](crate::NegativeBinomial) with one success | `geometric_is_negative_binomial_with_one_success` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Everything by $`\ln(1 - p)`$ from `ln_1p`: a tiny $`p`$ keeps its digits.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, Geometric};
///
/// let tries = Geometric::new(0.25)?;
/// assert!((tries.pmf(1) - 0.1875).abs() < 1e-16);
/// assert_eq!((tries.mean()?, tries.variance()?), (3.0, 12.0));
/// assert_eq!((tries.quantile(0.5), tries.quantile(1.0)), (Some(2), None));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2, eq. 3.2.10 (there counting trials).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometric {
    probability: f64,
    ln_success: f64, // ln p
    ln_failure: f64, // ln(1 − p)
}

impl Geometric {
    /// Failures before the first success, which each trial is with this probability.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`0 < p \le 1`$.
    pub fn new(probability: f64) -> Result<Self, ProbabilityError> {
        if probability > 0.0 && probability <= 1.0 {
            Ok(Self {
                probability,
                ln_success: probability.ln(),
                ln_failure: (-probability).ln_1p(),
            })
        } else {
            Err(ProbabilityError::Domain {
                name: "probability",
                value: probability,
            })
        }
    }

    /// $`p`$.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// The most likely probability of success: $`p = 1 / (1 + \bar k)`$ with the mean number $`\bar k`$ of failures and the standard error $`p \sqrt{(1 - p) / n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] for no counts.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Geometric;
    ///
    /// let fit = Geometric::fit(&[2, 4, 3, 3])?;
    /// assert_eq!(fit.distribution.probability(), 0.25); // one success in 1 + 3 trials
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(failures: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(failures, &vec![1.0; failures.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(failures: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(&numbers(failures), weights, |_| true)?;
        let p = 1.0 / (1.0 + mean);
        let errors = vec![p * (mean * p / n).sqrt()]; // 1 − p is p k̄
        Ok(Fit::of(
            Self::new(p)?,
            errors,
            failures,
            weights,
            Self::ln_pmf,
        ))
    }

    /// The entropy in nats: that of one trial, $`1 / p`$ times.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Geometric;
    ///
    /// assert_eq!(Geometric::new(0.5)?.entropy(), 4.0_f64.ln()); // two bits
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let p = self.probability;
        -p.ln() - xlog1py((1.0 - p) / p, -p)
    }

    /// $`\ln \operatorname{P}(X > k)`$.
    #[inline]
    fn ln_upper(self, k: u64) -> f64 {
        (k as f64 + 1.0) * self.ln_failure
    }
}

impl Discrete for Geometric {
    #[inline]
    fn ln_pmf(&self, k: u64) -> f64 {
        if k == 0 {
            self.ln_success // also where no trial fails
        } else {
            self.ln_success + k as f64 * self.ln_failure
        }
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let ln_upper = self.ln_upper(k);
        (-ln_upper.exp_m1(), ln_upper.exp())
    }

    fn cdf(&self, k: u64) -> f64 {
        -self.ln_upper(k).exp_m1()
    }

    fn sf(&self, k: u64) -> f64 {
        self.ln_upper(k).exp()
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let ln_upper = self.ln_upper(k);
        (log1mexp(ln_upper), ln_upper)
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        if self.probability == 1.0 {
            return Some(0);
        }
        if q == 0.0 {
            return None; // there is no largest count
        }
        let ln_q = if p <= q { (-p).ln_1p() } else { q.ln() };
        let trials = ln_q / self.ln_failure; // all fail with probability q
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative; what is too large has no fraction, and is searched for"
        )]
        let count = trials as u64;
        let (fraction, doubt) = (
            trials - count as f64,
            8.0 * f64::EPSILON * (trials - 1.0 / self.ln_failure),
        );
        if fraction > doubt && fraction < 1.0 - doubt {
            return Some(count);
        }
        // so near a whole number that roundings decide
        least_reaching((p, q), trials.ceil() - 1.0, u64::MAX, |k| self.tails(k))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok((1.0 - self.probability) / self.probability)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok((1.0 - self.probability) / self.probability / self.probability)
    }

    /// $`\lfloor \ln u / \ln(1 - p) \rfloor`$ with $`u`$ uniform on $`(0, 1]`$; trial by trial where one or two will do.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative; what is too large saturates"
    )]
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        if self.probability >= LIKELY {
            return repeat_with(|| uniform(rng))
                .take_while(|u| *u >= self.probability)
                .count() as u64;
        }
        let u = 1.0 - uniform(rng);
        (u.ln() / self.ln_failure) as u64
    }
}

impl StandardizedMoments for Geometric {
    /// $`(2 - p) / \sqrt{1 - p}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        skewness(1.0, self.probability)
    }

    /// $`6 + p^2 / (1 - p)`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        excess_kurtosis(1.0, self.probability)
    }
}

impl Mode for Geometric {
    type Outcome = u64;

    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok(0)
    }
}

/// The log-probability of k failures before the first success, as a function of the probability of success.
///
/// ```math
/// \ln \operatorname{P}(X = k) = \ln p + k \ln(1 - p)
/// ```
///
/// For every [`Real`], so it can be differentiated by $`p`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_p = 1/p - k/(1 - p)`$ | `scores_of_counts` |
///
/// # Examples
///
/// ```
/// use gradus_probability::geometric_ln_pmf;
///
/// assert_eq!(geometric_ln_pmf(2, 0.5), -3.0 * std::f64::consts::LN_2);
/// ```
///
/// # References
///
/// As [`Geometric`].
#[must_use]
pub fn geometric_ln_pmf<R: Real>(k: u64, probability: R) -> R {
    probability.ln() + xlog1py(R::from_f64(k as f64), -probability)
}

/// From here on one uniform number a trial takes less time than a logarithm.
const LIKELY: f64 = 2.0 / 3.0;
