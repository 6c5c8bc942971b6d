//! One trial with two outcomes.

use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, numbers};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log_sigmoid, xlogy};
use gradus_random::rand::Rng;
use rand_distr::Distribution;
use std::f64::consts::LN_2;

/// The Bernoulli distribution: 1 with probability p, else 0.
///
/// ```math
/// \operatorname{P}(X = x) = p^x (1 - p)^{1 - x}, \qquad x \in \{0, 1\}
/// ```
///
/// A coin toss, a yes-or-no label, what a sigmoid output stands for. Mean $`p`$, variance $`p (1 - p)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sum_x \operatorname{P}(X = x) = 1`$, $`F(x) + \operatorname{P}(X > x) = 1`$ | `bernoulli_is_a_distribution` |
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_quantile_inverts_the_cdf` |
/// | it is a [`Categorical`](crate::Categorical) with two categories | `bernoulli_is_categorical_with_two_categories` |
/// | mean, variance and entropy are those of the table | `bernoulli_moments_are_those_of_its_table` |
/// | frequencies of draws (χ²) | `draws_have_the_frequencies_of_the_distribution` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Bernoulli, Discrete};
///
/// let coin = Bernoulli::new(0.25)?;
/// assert_eq!((coin.pmf(1), coin.pmf(0), coin.pmf(2)), (0.25, 0.75, 0.0));
/// assert_eq!((coin.mean()?, coin.variance()?), (0.25, 0.1875));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.2; C. M. Bishop, *Pattern
/// Recognition and Machine Learning* (2006), §2.1, eq. 2.2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bernoulli {
    p: f64,
    sampler: rand_distr::Bernoulli,
}

impl Bernoulli {
    /// A trial that succeeds with probability `p`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`0 \le p \le 1`$.
    pub fn new(p: f64) -> Result<Self, ProbabilityError> {
        match rand_distr::Bernoulli::new(p) {
            Ok(sampler) if (0.0..=1.0).contains(&p) => Ok(Self { p, sampler }),
            _ => Err(ProbabilityError::Domain {
                name: "p",
                value: p,
            }),
        }
    }

    /// $`p`$.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.p
    }

    /// The most likely probability of 1: the share of ones, with the standard error $`\sqrt{p (1 - p) / n}`$, which is 0 if all outcomes are alike.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an outcome above 1, [`ProbabilityError::NoMaximum`] for no outcomes.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Bernoulli;
    ///
    /// let fit = Bernoulli::fit(&[1, 0, 0, 0])?;
    /// assert_eq!((fit.distribution.probability(), fit.standard_errors[0]), (0.25, 0.1875_f64.sqrt() / 2.0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(outcomes: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(outcomes, &vec![1.0; outcomes.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(outcomes: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, p) = weighted_mean(&numbers(outcomes), weights, |x| x <= 1.0)?;
        let errors = vec![(p * (1.0 - p) / n).sqrt()];
        let law = Self::new(p)?;
        Ok(Fit::of(law, errors, outcomes, weights, |law, k| {
            law.ln_pmf(k)
        }))
    }

    /// The entropy in nats: $`-p \ln p - (1 - p) \ln(1 - p)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Bernoulli;
    ///
    /// assert_eq!(Bernoulli::new(0.5)?.entropy(), std::f64::consts::LN_2); // one bit
    /// assert_eq!(Bernoulli::new(1.0)?.entropy(), 0.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let q = 1.0 - self.p;
        let failure = if q == 0.0 { 0.0 } else { q * (-self.p).ln_1p() };
        (0.0 - (xlogy(self.p, self.p) + failure)).min(LN_2)
    }
}

impl Discrete for Bernoulli {
    fn ln_pmf(&self, k: u64) -> f64 {
        bernoulli_ln_pmf(k, self.p)
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        if k == 0 {
            (1.0 - self.p, self.p)
        } else {
            (1.0, 0.0)
        }
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        if k == 0 {
            ((-self.p).ln_1p(), self.p.ln())
        } else {
            (0.0, f64::NEG_INFINITY)
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        // one of the two differences is exact
        let exceeds = if p <= q { p > 1.0 - self.p } else { self.p > q };
        Some((self.p == 1.0 || exceeds).into())
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.p)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.p * (1.0 - self.p))
    }

    fn pmf(&self, k: u64) -> f64 {
        match k {
            0 => 1.0 - self.p,
            1 => self.p,
            _ => 0.0,
        }
    }

    /// A 64-bit word is compared with $`2^{64} p`$ rounded down.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        self.sampler.sample(rng).into()
    }
}

impl StandardizedMoments for Bernoulli {
    /// $`(1 - 2p) / \sqrt{p (1 - p)}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (spread, q) = (self.variance()?, 1.0 - self.p);
        of_spread(SKEWNESS, spread, || (q - self.p) / spread.sqrt())
    }

    /// $`1 / p (1 - p) - 6`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let spread = self.variance()?;
        of_spread(EXCESS_KURTOSIS, spread, || 1.0 / spread - 6.0)
    }
}

impl Mode for Bernoulli {
    type Outcome = u64;

    /// 0 for a fair coin.
    fn mode(&self) -> Result<u64, ProbabilityError> {
        Ok((self.p > 0.5).into())
    }
}

/// The log-probability of a yes-or-no outcome, as a function of the probability of 1.
///
/// ```math
/// \ln \operatorname{P}(X = x) = x \ln p + (1 - x) \ln(1 - p)
/// ```
///
/// For every [`Real`], so it can be differentiated by $`p`$: minus this is the binary cross-entropy.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_p = x/p - (1 - x)/(1 - p)`$ | `score_of_a_bernoulli` |
///
/// # Numerics
///
/// $`\ln(1 - p)`$ by `ln_1p`, exact for small $`p`$. $`-\infty`$ for outcomes of probability 0. Where $`p`$
/// comes out of a sigmoid use [`bernoulli_ln_pmf_from_logit`].
///
/// # Examples
///
/// ```
/// use gradus_probability::bernoulli_ln_pmf;
///
/// assert_eq!(bernoulli_ln_pmf(1, 0.25), 0.25_f64.ln());
/// assert_eq!(bernoulli_ln_pmf(0, 1e-300), -1e-300);
/// ```
///
/// # References
///
/// Bishop (2006), §2.1, eq. 2.6.
#[must_use]
pub fn bernoulli_ln_pmf<R: Real>(x: u64, p: R) -> R {
    match x {
        0 => (-p).ln_1p(),
        1 => p.ln(),
        _ => R::from_f64(f64::NEG_INFINITY),
    }
}

/// The log-probability of a yes-or-no outcome, as a function of the logit of 1.
///
/// ```math
/// \ln \operatorname{P}(X = x) = \ln \sigma(z) \text{ for } x = 1, \qquad \ln \sigma(-z) \text{ for } x = 0
/// ```
///
/// where $`z = \ln \frac{p}{1 - p}`$ is the logit, the natural parameter of the family. For every
/// [`Real`], so it can be differentiated by $`z`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_z = x - \sigma(z)`$ | `score_of_a_bernoulli` |
///
/// # Numerics
///
/// No overflow and no cancellation for any logit.
///
/// # Examples
///
/// ```
/// use gradus_probability::bernoulli_ln_pmf_from_logit;
///
/// assert_eq!(bernoulli_ln_pmf_from_logit(1, 0.0), -std::f64::consts::LN_2);
/// assert_eq!(bernoulli_ln_pmf_from_logit(0, 1e4), -1e4);
/// ```
///
/// # References
///
/// Bishop (2006), §2.4, eq. 2.199 and 2.200.
#[must_use]
pub fn bernoulli_ln_pmf_from_logit<R: Real>(x: u64, z: R) -> R {
    match x {
        0 => log_sigmoid(-z),
        1 => log_sigmoid(z),
        _ => R::from_f64(f64::NEG_INFINITY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_probability_is_an_error() {
        for p in [-0.1, 1.5, f64::INFINITY, f64::NAN] {
            let error = Bernoulli::new(p);
            assert!(
                matches!(error, Err(ProbabilityError::Domain { name: "p", .. })),
                "{p}"
            );
        }
    }

    #[test]
    fn sure_trials() {
        let (never, always) = (Bernoulli::new(0.0).unwrap(), Bernoulli::new(1.0).unwrap());
        assert_eq!((never.ln_pmf(1), never.ln_pmf(0)), (f64::NEG_INFINITY, 0.0));
        assert_eq!(
            (always.ln_pmf(1), always.ln_pmf(0)),
            (0.0, f64::NEG_INFINITY)
        );
        assert_eq!(never.entropy().to_bits(), 0);
        assert_eq!(always.entropy().to_bits(), 0);
        assert_eq!(
            (never.quantile(0.0), never.quantile(1.0)),
            (Some(0), Some(0))
        );
        assert_eq!(
            (always.quantile(0.0), always.quantile(1.0)),
            (Some(1), Some(1))
        );
        let mut rng = gradus_random::Key::new(1).rng();
        assert!((0..100).all(|_| never.sample(&mut rng) == 0 && always.sample(&mut rng) == 1));
    }

    #[test]
    fn quantile_steps_at_the_probability_of_zero() {
        let coin = Bernoulli::new(0.25).unwrap();
        assert_eq!(
            (coin.quantile(0.75), coin.quantile(0.76)),
            (Some(0), Some(1))
        );
        assert_eq!((coin.quantile(-0.1), coin.quantile(f64::NAN)), (None, None));
    }

    #[test]
    fn quantile_of_a_rare_event() {
        let rare = Bernoulli::new(1e-20).unwrap(); // 1 − p rounds to 1
        assert_eq!(
            (rare.quantile(1.0), rare.quantile(1.0_f64.next_down())),
            (Some(1), Some(0))
        );
    }

    #[test]
    fn entropy_of_a_rare_event() {
        // −p ln p + p − p²/2 + …
        let p = 1e-20;
        let entropy = Bernoulli::new(p).unwrap().entropy();
        assert_eq!(entropy, p - p * p.ln());
    }

    #[test]
    fn outcomes_are_zero_and_one() {
        assert_eq!(bernoulli_ln_pmf(2, 0.5), f64::NEG_INFINITY);
        assert_eq!(bernoulli_ln_pmf_from_logit(2, 0.5), f64::NEG_INFINITY);
    }
}
