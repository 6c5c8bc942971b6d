//! Any of some neighboring whole numbers.

use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::ProbabilityError;
use crate::families::continuous::closed_form::ln_both;
use crate::statistics::fit::{Fit, numbers, observed};
use crate::statistics::sample::weighted_mean;

/// The discrete uniform distribution: each whole number between two ends is equally likely.
///
/// ```math
/// \operatorname{P}(X = k) = \frac{1}{b - a + 1}, \qquad k = a, a + 1, \dots, b
/// ```
///
/// where $`a`$ is `low` and $`b`$ `high`, both included: a fair die. Mean $`(a + b) / 2`$, variance $`(n^2 - 1) / 12`$ with
/// $`n = b - a + 1`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_of_families_add_up` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
/// | the fit is as narrow as the data | `discrete_uniform_fits_are_as_narrow_as_the_data` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, DiscreteUniform};
///
/// let die = DiscreteUniform::new(1, 6)?;
/// assert_eq!((die.cdf(3), die.quantile(0.5), die.mean()?), (0.5, Some(3), 3.5));
/// assert_eq!(die.pmf(0), 0.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2, eq. 3.2.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscreteUniform {
    low: u64,
    high: u64,
}

impl DiscreteUniform {
    /// Any whole number from `low` to `high`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] if `high` lies below `low`.
    pub fn new(low: u64, high: u64) -> Result<Self, ProbabilityError> {
        if low <= high {
            Ok(Self { low, high })
        } else {
            Err(ProbabilityError::Domain {
                name: "high",
                value: high as f64,
            })
        }
    }

    /// $`a`$.
    #[must_use]
    pub fn low(&self) -> u64 {
        self.low
    }

    /// $`b`$.
    #[must_use]
    pub fn high(&self) -> u64 {
        self.high
    }

    /// The most likely discrete uniform distribution: from the smallest observation to the largest, without standard errors.
    ///
    /// The likelihood $`(b - a + 1)^{-n}`$ rises as the ends come nearer to the data and leaps to 0 where they pass them: there is no slope, and no information.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] if there are no observations.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::DiscreteUniform;
    ///
    /// let fit = DiscreteUniform::fit(&[5, 2, 3])?;
    /// assert_eq!((fit.distribution.low(), fit.distribution.high()), (2, 5));
    /// assert!((fit.ln_likelihood + 3.0 * 4.0_f64.ln()).abs() < 1e-15);
    /// assert!(fit.standard_errors.is_empty());
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        weighted_mean(&numbers(x), weights, |_| true)?;
        let ends = (observed(x, weights).min(), observed(x, weights).max());
        let (Some(low), Some(high)) = ends else {
            let reason = "there are no observations";
            return Err(ProbabilityError::NoMaximum { reason });
        };
        let law = Self::new(low, high)?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pmf))
    }

    /// The entropy in nats: $`\ln(b - a + 1)`$, the largest of all distributions on these numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::DiscreteUniform;
    ///
    /// assert_eq!(DiscreteUniform::new(1, 6)?.entropy(), 6.0_f64.ln());
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.numbers().ln()
    }

    /// $`n`$.
    fn numbers(&self) -> f64 {
        (self.high - self.low) as f64 + 1.0
    }
}

impl Discrete for DiscreteUniform {
    fn ln_pmf(&self, k: u64) -> f64 {
        if (self.low..=self.high).contains(&k) {
            -self.entropy() + 0.0
        } else {
            f64::NEG_INFINITY
        }
    }

    fn pmf(&self, k: u64) -> f64 {
        if (self.low..=self.high).contains(&k) {
            1.0 / self.numbers()
        } else {
            0.0
        }
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        if k < self.low {
            (0.0, 1.0)
        } else if k >= self.high {
            (1.0, 0.0)
        } else {
            let (below, above) = ((k - self.low) as f64 + 1.0, (self.high - k) as f64);
            (below / self.numbers(), above / self.numbers())
        }
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        ln_both(self.tails(k))
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        let guess = if p <= q {
            p * self.numbers()
        } else {
            self.numbers() - q * self.numbers()
        };
        let last = self.high - self.low;
        let offset = least_reaching((p, q), guess - 1.0, last, |k| self.tails(self.low + k))?;
        Some(self.low + offset)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(0.5 * self.low as f64 + 0.5 * self.high as f64)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let n = self.numbers();
        Ok((n - 1.0) * (n + 1.0) / 12.0)
    }
}

impl StandardizedMoments for DiscreteUniform {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        of_spread(SKEWNESS, self.variance()?, || 0.0)
    }

    /// $`-\tfrac65 \, (n^2 + 1) / (n^2 - 1)`$ with $`n = b - a + 1`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let square = 1.0 / self.numbers() / self.numbers();
        of_spread(EXCESS_KURTOSIS, self.variance()?, || {
            -1.2 * (1.0 + square) / (1.0 - square)
        })
    }
}

impl Mode for DiscreteUniform {
    type Outcome = u64;

    /// The lower end: all are alike, and it is the smallest.
    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok(self.low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_and_all_numbers() {
        let one = DiscreteUniform::new(7, 7).unwrap();
        assert_eq!(
            (one.pmf(7), one.cdf(6), one.quantile(0.0), one.quantile(1.0)),
            (1.0, 0.0, Some(7), Some(7))
        );
        assert!(one.excess_kurtosis().is_err() && one.ln_pmf(7).to_bits() == 0);
        let all = DiscreteUniform::new(0, u64::MAX).unwrap();
        assert_eq!(
            (all.quantile(1.0), all.quantile(0.0), all.cdf(u64::MAX)),
            (Some(u64::MAX), Some(0), 1.0)
        );
        assert!(DiscreteUniform::new(1, 0).is_err());
    }
}
