//! Anywhere in an interval.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite};
use crate::statistics::fit::{Fit, differ};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::Real;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use rand_distr::Distribution;
use std::f64::consts::LN_2;
use std::hint::select_unpredictable;
use std::iter::zip;

/// The uniform distribution: anywhere in an interval, nowhere sooner than elsewhere.
///
/// ```math
/// p(x) = \frac{1}{b - a}, \qquad F(x) = \frac{x - a}{b - a}, \qquad a \le x \le b
/// ```
///
/// where $`a`$ is `low` and $`b > a`$ `high`. Mean $`(a + b) / 2`$, variance $`(b - a)^2 / 12`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Each tail from its own end. Half the interval is used where its length overflows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Uniform};
///
/// let angle = Uniform::new(-1.0, 3.0)?;
/// assert_eq!((angle.cdf(0.0), angle.quantile(0.5), angle.pdf(2.0)), (0.25, 1.0, 0.25));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
    half: f64,                                 // ½ (b − a)
    ln_width: f64,                             // ln(b − a)
    sampler: Option<rand_distr::Uniform<f64>>, // none where the length overflows
}

impl Uniform {
    /// Anywhere from `low` to `high`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and `low` lies below `high`.
    pub fn new(low: f64, high: f64) -> Result<Self, ProbabilityError> {
        finite("low", low)?;
        finite("high", high)?;
        let half = 0.5 * high - 0.5 * low;
        if half > 0.0 {
            Ok(Self {
                low,
                high,
                half,
                ln_width: ln_width(high - low, half),
                sampler: rand_distr::Uniform::new(low, high).ok(),
            })
        } else {
            Err(ProbabilityError::Domain {
                name: "high",
                value: high,
            })
        }
    }

    /// $`a`$.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// $`b`$.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The differential entropy in nats: $`\ln(b - a)`$, the largest of all distributions on this interval.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Uniform;
    ///
    /// assert_eq!(Uniform::new(2.0, 3.0)?.entropy(), 0.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.ln_width
    }

    /// The most likely uniform distribution: from the smallest observation to the largest, without standard errors.
    ///
    /// The likelihood rises as the ends come nearer to the data and leaps to 0 where they pass them: it has no maximum with slope zero, so there is no
    /// Fisher information. The true ends lie outside, by about $`(b - a) / n`$ each.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Uniform;
    ///
    /// let fit = Uniform::fit(&[2.0, 5.0, 3.0])?;
    /// assert_eq!((fit.distribution.low(), fit.distribution.high()), (2.0, 5.0));
    /// assert!(fit.standard_errors.is_empty());
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
        weighted_mean(x, weights, |_| true)?;
        differ(x, weights)?;
        let seen = || zip(x, weights).filter(|(_, w)| **w > 0.0).map(|(x, _)| *x);
        let (low, high) = (
            seen().fold(f64::INFINITY, f64::min),
            seen().fold(f64::NEG_INFINITY, f64::max),
        );
        let law = Self::new(low, high)?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pdf))
    }

    /// What part of the interval lies between two of its points.
    #[inline]
    fn share(&self, from: f64, to: f64) -> f64 {
        (0.5 * to - 0.5 * from) / self.half
    }
}

impl Continuous for Uniform {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if (self.low..=self.high).contains(&x) {
            -self.ln_width
        } else {
            f64::NEG_INFINITY
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        self.share(self.low, x.clamp(self.low, self.high))
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        self.share(x.clamp(self.low, self.high), self.high)
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        ln_both(self.tails(x))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        // from the nearer end, inwards
        let end = select_unpredictable(p <= q, self.low, self.high);
        let tail = if p < q { p } else { q };
        let way = tail * self.half.copysign(q - p);
        let x = 2.0 * (0.5 * end + way);
        let x = if x > self.low { x } else { self.low };
        if x < self.high { x } else { self.high }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(0.5 * self.low + 0.5 * self.high)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.half * self.half / 3.0)
    }

    /// $`a + (b - a) u`$ with 52 bits of $`u`$.
    #[inline]
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        if let Some(sampler) = &self.sampler {
            return sampler.sample(rng);
        }
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u)
    }
}

impl StandardizedMoments for Uniform {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(-1.2)
    }
}

impl Mode for Uniform {
    type Outcome = f64;

    /// The lower end: all are alike, and it is the smallest.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.low)
    }
}

/// The log-density of the uniform distribution, as a function of the draw and both ends.
///
/// ```math
/// \ln p(x) = -\ln(b - a), \qquad a \le x \le b
/// ```
///
/// where $`a`$ is `low` and $`b`$ `high`. For every [`Real`], so it can be differentiated by any of them: by the ends, that is, for it is flat between them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_a = 1 / (b - a) = -\partial_b`$ | `scores_between_ends` |
/// | that of [`Uniform`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// As [`Uniform`]; $`-\infty`$ outside, where the slope is 0: the ends move no draw into the interval. NaN where `low` is not below `high`.
///
/// # Examples
///
/// ```
/// use gradus_probability::uniform_ln_pdf;
///
/// assert_eq!(uniform_ln_pdf(1.0_f64, 0.0, 2.0), -std::f64::consts::LN_2);
/// assert_eq!(uniform_ln_pdf(3.0, 0.0, 2.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// As [`Uniform`].
#[must_use]
pub fn uniform_ln_pdf<R: Real>(x: R, low: R, high: R) -> R {
    let (at, from, to) = (x.to_f64(), low.to_f64(), high.to_f64());
    let ordered = from < to;
    if at.is_nan() || !ordered {
        R::from_f64(f64::NAN)
    } else if at < from || at > to {
        R::from_f64(f64::NEG_INFINITY)
    } else if (to - from).is_finite() {
        -(high - low).ln()
    } else {
        let half = R::from_f64(0.5);
        -(half * high - half * low).ln() - R::from_f64(LN_2)
    }
}

/// The logarithm of a width, by its half where it overflows.
fn ln_width(width: f64, half: f64) -> f64 {
    if width.is_finite() {
        width.ln()
    } else {
        half.ln() + LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_interval() {
        let wide = Uniform::new(-f64::MAX, f64::MAX).unwrap();
        assert_eq!((wide.cdf(0.0), wide.quantile(0.5)), (0.5, 0.0));
        assert_eq!(
            (wide.quantile(0.0), wide.quantile(1.0)),
            (-f64::MAX, f64::MAX)
        );
        assert!(wide.ln_pdf(0.0).is_finite());
        assert!(Uniform::new(1.0, 1.0).is_err() && Uniform::new(f64::NAN, 1.0).is_err());
    }
}
