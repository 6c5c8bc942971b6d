//! The waiting time for the next event.

use super::closed_form::minus_ln_upper;
use super::exp_of_minus::complement_of_exp;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log1mexp};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, Exp1};

/// The exponential distribution: how long one waits for the next event, if b are expected per unit of time.
///
/// ```math
/// p(x) = b \, e^{-b x}, \qquad \operatorname{P}(X > x) = e^{-b x}, \qquad x \ge 0
/// ```
///
/// where $`b > 0`$ is `rate`. Mean $`1 / b`$, variance $`1 / b^2`$. It has no memory: $`\operatorname{P}(X > s + t \mid X > s) =
/// \operatorname{P}(X > t)`$. [`Gamma`](crate::Gamma) with shape 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`\operatorname{P}(X > s + t) = \operatorname{P}(X > s) \operatorname{P}(X > t)`$ | `exponential_has_no_memory` |
/// | $`F^{-1}(p) = -\ln(1 - p) / b`$ with the digits of a small p | `exponential_quantiles_keep_the_digits_of_small_probabilities` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Both tails keep their digits; $`\ln F`$ is finite where $`b x`$ underflows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Exponential};
///
/// let next_bus = Exponential::new(6.0)?; // six an hour
/// assert_eq!(next_bus.sf(0.5), (-3.0_f64).exp());
/// assert!((next_bus.median() - 2.0_f64.ln() / 6.0).abs() < 1e-16);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    rate: f64,
    ln_rate: f64,
}

impl Exponential {
    /// The waiting time at a `rate` of events.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the rate is finite and positive.
    pub fn new(rate: f64) -> Result<Self, ProbabilityError> {
        finite_positive("rate", rate)?;
        Ok(Self {
            rate,
            ln_rate: rate.ln(),
        })
    }

    /// $`b`$.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The differential entropy in nats: $`1 - \ln b`$, the largest of all distributions on $`x \ge 0`$ with this mean.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Exponential;
    ///
    /// assert_eq!(Exponential::new(1.0)?.entropy(), 1.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        1.0 - self.rate.ln()
    }

    /// The most likely exponential distribution: $`b = 1 / \bar x`$, with the standard error $`b / \sqrt n`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is negative or not finite,
    /// [`ProbabilityError::NoMaximum`] if all are 0 or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Exponential;
    ///
    /// let fit = Exponential::fit(&[1.0, 2.0, 3.0, 2.0])?;
    /// assert_eq!((fit.distribution.rate(), fit.standard_errors[0]), (0.5, 0.25));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(x, weights, |x| x >= 0.0)?;
        if mean == 0.0 {
            let reason = "all observations are 0";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let law = Self::new(1.0 / mean)?;
        let errors = vec![law.rate / n.sqrt()];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// $`\lambda x`$; 0 before the start.
    #[inline]
    fn exponent(&self, x: f64) -> f64 {
        self.rate * if x < 0.0 { 0.0 } else { x }
    }
}

impl Continuous for Exponential {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            f64::NEG_INFINITY
        } else {
            self.ln_rate - self.rate * x
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        complement_of_exp(self.exponent(x))
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        (-self.exponent(x)).exp()
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (f64::NEG_INFINITY, 0.0);
        }
        let t = self.rate * x;
        if t < f64::MIN_POSITIVE {
            return (self.rate.ln() + x.ln(), -t); // of t, which has lost digits
        }
        (log1mexp(-t), -t)
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        minus_ln_upper(p, q) / self.rate
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(1.0 / self.rate)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(1.0 / self.rate / self.rate)
    }

    /// By the ziggurat of Marsaglia and Tsang.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let t: f64 = Exp1.sample(rng);
        t / self.rate
    }
}

impl StandardizedMoments for Exponential {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(2.0)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(6.0)
    }
}

impl Mode for Exponential {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// The log-density of the exponential distribution, as a function of the draw and the rate.
///
/// ```math
/// \ln p(x) = \ln b - b x
/// ```
///
/// For every [`Real`], so it can be differentiated by both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_b = 1 / b - x`$ | `scores_of_positive_families` |
///
/// # Examples
///
/// ```
/// use gradus_probability::exponential_ln_pdf;
///
/// assert_eq!(exponential_ln_pdf(3.0, 1.0), -3.0);
/// ```
///
/// # References
///
/// As [`Exponential`].
#[must_use]
pub fn exponential_ln_pdf<R: Real>(x: R, rate: R) -> R {
    rate.ln() - rate * x
}
