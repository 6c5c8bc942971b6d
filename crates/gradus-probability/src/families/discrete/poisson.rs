//! How many rare events.

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
    Real, deviance, gamma_pq, ln_factorial, ln_gamma_pq, normal_quantile, stirling_error,
};
use gradus_random::rand::Rng;
use rand_distr::Distribution;
use std::f64::consts::PI;

/// The Poisson distribution: how many events happen where each of very many happens rarely.
///
/// ```math
/// \operatorname{P}(X = k) = e^{-\lambda} \frac{\lambda^k}{k!}, \qquad k = 0, 1, 2, \dots
/// ```
///
/// where $`\lambda \ge 0`$ is `mean`, the variance too. The limit of [`Binomial`](crate::Binomial) trials for $`n \to \infty`$ with $`n p = \lambda`$; counts of
/// clicks, calls, photons, mutations.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_add_up_to_the_distribution_function` |
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`F(k) = \operatorname{P}(T > 1)`$, $`T`$ gamma with shape $`k + 1`$ and rate $`\lambda`$ | `a_gamma_law_waits_for_poisson_events` |
/// | total variation from Binomial(n, λ/n) at most $`\lambda^2 / n`$ (Le Cam) | `rare_trials_are_nearly_poisson` |
/// | score $`\partial_\lambda = k / \lambda - 1`$ | `score_of_a_poisson` |
/// | draws (Kolmogorov–Smirnov) | `draws_follow_the_tails` |
///
/// # Numerics
///
/// $`\ln \operatorname{P}(X = k) = -\tfrac12 \ln(2 \pi k) - \delta(k) - D(k, \lambda)`$ in Loader's form ([`stirling_error`], [`deviance`]): the
/// error is that of one exponent, not of $`k \ln \lambda`$ against $`\ln k!`$. $`F(k) = Q(k + 1, \lambda)`$ ([`gamma_pq`]). Quantiles by a
/// search from the expansion of Cornish and Fisher, two or three steps.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, Poisson};
///
/// let typos = Poisson::new(2.0)?;
/// assert!((typos.pmf(0) - (-2.0_f64).exp()).abs() < 1e-16);
/// assert_eq!(typos.quantile(0.95), Some(5));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2; C. Loader, *Fast and accurate computation of
/// binomial probabilities* (2000).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    mean: f64,
    ln_mean: f64,
    sampler: Option<rand_distr::Poisson<f64>>, // none for the mean 0
}

impl Poisson {
    /// Counts with this mean; 0 counts nothing.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`0 \le \lambda \le 1.8 \cdot 10^{19}`$, so that counts fit into 64 bits.
    pub fn new(mean: f64) -> Result<Self, ProbabilityError> {
        let sampler = (mean != 0.0)
            .then(|| rand_distr::Poisson::new(mean))
            .transpose();
        let sampler = sampler.map_err(|_| ProbabilityError::Domain {
            name: "mean",
            value: mean,
        })?;
        Ok(Self {
            mean,
            ln_mean: mean.ln(),
            sampler,
        })
    }

    /// The most likely Poisson law of counts: the mean of the data, with the standard error $`\sqrt{\lambda / n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] for no counts.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Discrete, Poisson};
    ///
    /// let fit = Poisson::fit(&[3, 5, 4, 4])?;
    /// assert_eq!((fit.distribution.mean(), fit.standard_errors[0]), (Ok(4.0), 1.0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(counts: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(counts, &vec![1.0; counts.len()])
    }

    /// The same where count i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(counts: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(&numbers(counts), weights, |_| true)?;
        let errors = vec![(mean / n).sqrt()];
        let law = Self::new(mean)?;
        Ok(Fit::of(law, errors, counts, weights, |law, k| {
            law.ln_pmf(k)
        }))
    }

    /// The entropy in nats, which has no closed form: $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k) = \tfrac12 \ln(2 \pi e \lambda) - \tfrac1{12 \lambda} - \dots`$
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the sum of its definition | `entropies_of_counts_are_sums` |
    /// | it grows with $`\lambda`$, and is at most $`\tfrac12 \ln \bigl( 2 \pi e (\lambda + \tfrac1{12}) \bigr)`$ | `entropies_of_sums_grow` |
    /// | at least that of binomial counts with this mean (Harremoës) | `no_binomial_count_has_more_entropy_than_a_poisson_one` |
    ///
    /// # Numerics
    ///
    /// A sum of some hundred terms for every mean, since a wide bell needs only every h-th count, $`h \le \sigma / 8`$. For tiny means, whose entropy is
    /// $`\lambda (1 - \ln \lambda)`$, relative to it, too.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Poisson;
    ///
    /// let normal = 0.5 * (2.0 * std::f64::consts::PI * 1e16).ln() + 0.5;
    /// assert!((Poisson::new(1e16)?.entropy() / normal - 1.0).abs() < 1e-14);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let top = self.mode().unwrap_or(0); // always known
        let deviation = self.mean.sqrt();
        entropy_of_bell(top, deviation, (0, u64::MAX), |k| self.ln_pmf(k))
    }
}

impl Discrete for Poisson {
    fn ln_pmf(&self, k: u64) -> f64 {
        if (1..=FEW).contains(&k) {
            k as f64 * self.ln_mean - self.mean - ln_factorial(k) // little cancels
        } else {
            poisson_ln_pmf(k, self.mean)
        }
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let (above, below) = gamma_pq(k as f64 + 1.0, self.mean);
        (below, above)
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let (above, below) = ln_gamma_pq(k as f64 + 1.0, self.mean);
        (below, above)
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        if q == 0.0 && self.mean > 0.0 {
            return None; // there is no largest count
        }
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        let guess = self.mean + z * self.mean.sqrt() + (z * z - 1.0) / 6.0;
        least_reaching((p, q), guess, u64::MAX, |k| self.tails(k))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.mean)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.mean)
    }

    /// By multiplication below a mean of 12, by rejection from there on.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number below 2⁶⁴ for every mean that is allowed"
    )]
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        self.sampler
            .as_ref()
            .map_or(0, |sampler| sampler.sample(rng) as u64)
    }
}

impl StandardizedMoments for Poisson {
    /// $`1 / \sqrt\lambda`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        of_spread(SKEWNESS, self.mean, || 1.0 / self.mean.sqrt())
    }

    /// $`1 / \lambda`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        of_spread(EXCESS_KURTOSIS, self.mean, || 1.0 / self.mean)
    }
}

impl Mode for Poisson {
    type Outcome = u64;

    /// The largest whole number below $`\lambda`$; 0 where there is none.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number below 2⁶⁴ for every mean that is allowed"
    )]
    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok((self.mean.ceil() as u64).saturating_sub(1))
    }
}

/// The log-probability of a count, as a function of the mean.
///
/// ```math
/// \ln \operatorname{P}(X = k) = k \ln \lambda - \lambda - \ln k!
/// ```
///
/// For every [`Real`], so it can be differentiated by $`\lambda`$; minus this is the loss of a Poisson regression.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_\lambda = k / \lambda - 1`$ | `score_of_a_poisson` |
///
/// # Numerics
///
/// As [`Poisson`]. $`-\infty`$ for $`\lambda = 0 < k`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::poisson_ln_pmf;
///
/// assert_eq!(poisson_ln_pmf(0, 3.0), -3.0);
/// assert!((poisson_ln_pmf(1, 1.0_f64) + 1.0).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`Poisson`].
#[must_use]
pub fn poisson_ln_pmf<R: Real>(k: u64, mean: R) -> R {
    if k == 0 {
        return -mean;
    }
    let k = k as f64;
    let stirling = -0.5 * (2.0 * PI * k).ln() - stirling_error(k);
    R::from_f64(stirling) - deviance(R::from_f64(k), mean)
}

/// Up to here the formula as it stands errs by less than $`10^{-14}`$ where it cancels.
const FEW: u64 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_means_are_errors() {
        for mean in [-1.0, f64::NAN, f64::INFINITY, 1e20] {
            assert!(matches!(
                Poisson::new(mean),
                Err(ProbabilityError::Domain { .. })
            ));
        }
    }

    #[test]
    fn nothing_is_counted_at_mean_zero() {
        let never = Poisson::new(0.0).unwrap();
        assert_eq!(
            (never.pmf(0), never.pmf(1), never.tails(0)),
            (1.0, 0.0, (1.0, 0.0))
        );
        assert_eq!([0.0, 0.5, 1.0].map(|p| never.quantile(p)), [Some(0); 3]);
        let mut rng = gradus_random::Key::new(1).rng();
        assert_eq!(never.sample(&mut rng), 0);
    }

    #[test]
    fn quantiles_at_and_beyond_the_ends() {
        let law = Poisson::new(1e6).unwrap();
        assert_eq!(
            [0.0, 1.0, 1.5, f64::NAN].map(|p| law.quantile(p)),
            [Some(0), None, None, None]
        );
        assert_eq!(law.upper_quantile(1.0), Some(0));
    }
}
