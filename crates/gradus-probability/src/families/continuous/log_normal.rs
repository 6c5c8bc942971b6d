//! The product of many small factors.

use super::normal::{Normal, normal_ln_pdf};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::ProbabilityError;
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log1mexp};
use gradus_random::rand::Rng;

/// The log-normal distribution: a number whose logarithm is normal.
///
/// ```math
/// p(x) = \frac{1}{x \sigma \sqrt{2\pi}} \exp\left(-\frac{(\ln x - \mu)^2}{2 \sigma^2}\right), \qquad x > 0
/// ```
///
/// where $`\mu`$ is `location` and $`\sigma > 0`$ `scale`, mean and standard deviation of the logarithm. Products of many small
/// independent factors are nearly log-normal. Median $`e^\mu`$, mean $`e^{\mu + \sigma^2 / 2}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`\ln X`$ is [`Normal`], to the bit | `logarithms_of_log_normals_are_normal` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Those of [`Normal`] at $`\ln x`$, whose rounding moves $`z`$ by $`\varepsilon \lvert \ln x \rvert / \sigma`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, LogNormal};
///
/// let price = LogNormal::new(0.0, 1.0)?;
/// assert_eq!((price.median(), price.cdf(1.0)), (1.0, 0.5));
/// assert!((price.mean()? - 0.5_f64.exp()).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.21.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    logarithm: Normal,
}

impl LogNormal {
    /// A number whose logarithm has mean `location` and standard deviation `scale`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and the scale is positive.
    pub fn new(location: f64, scale: f64) -> Result<Self, ProbabilityError> {
        let logarithm = Normal::new(location, scale)?;
        Ok(Self { logarithm })
    }

    /// The distribution of the logarithm.
    #[must_use]
    pub fn logarithm(&self) -> &Normal {
        &self.logarithm
    }

    /// The most likely log-normal distribution: the logarithm is the most likely [`Normal`], with the same standard errors.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::LogNormal;
    ///
    /// let fit = LogNormal::fit(&[1.0, 1.0_f64.exp(), 2.0_f64.exp()])?;
    /// assert!((fit.distribution.logarithm().location() - 1.0).abs() < 1e-15);
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
        weighted_mean(x, weights, |x| x > 0.0)?;
        let logarithms: Vec<_> = x.iter().map(|x| x.ln()).collect();
        let fit = Normal::fit_weighted(&logarithms, weights)?;
        let law = Self {
            logarithm: fit.distribution,
        };
        Ok(Fit::of(law, fit.standard_errors, x, weights, |law, x| {
            law.ln_pdf(x)
        }))
    }

    /// The differential entropy in nats: $`\mu + \tfrac12 \ln(2 \pi e \sigma^2)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{LogNormal, Normal};
    ///
    /// assert_eq!(LogNormal::new(1.0, 1.0)?.entropy(), 1.0 + Normal::STANDARD.entropy());
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.logarithm.location() + self.logarithm.entropy()
    }
}

impl Continuous for LogNormal {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x <= 0.0 || x == f64::INFINITY {
            f64::NEG_INFINITY
        } else {
            let ln_x = x.ln();
            self.logarithm.ln_pdf(ln_x) - ln_x
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        self.logarithm.tails(ln_of(x))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        self.logarithm.ln_tails(ln_of(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        self.logarithm.cdf(ln_of(x))
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        self.logarithm.sf(ln_of(x))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        self.logarithm.at_tails(p, q).exp()
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        let s = self.logarithm.standard_deviation();
        Ok((0.5 * s).mul_add(s, self.logarithm.location()).exp())
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let s = self.logarithm.standard_deviation();
        let mean = self.mean()?;
        let direct = mean * (mean * (s * s).exp_m1());
        if direct.is_normal() {
            return Ok(direct);
        }
        // a factor underflows or overflows: the logarithm of e^v − 1 is v + ln(1 − e^(−v))
        let ln_excess = if s < TINY {
            2.0 * s.ln()
        } else {
            s * s + log1mexp(-s * s)
        };
        Ok((2.0 * (0.5 * s).mul_add(s, self.logarithm.location()) + ln_excess).exp())
    }

    /// The exponential of a normal draw.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.logarithm.sample(rng).exp()
    }
}

impl StandardizedMoments for LogNormal {
    /// $`(m + 3) \sqrt m`$ with $`m = e^{\sigma^2} - 1`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let s = self.logarithm.standard_deviation();
        let m = (s * s).exp_m1();
        let root = if s < TINY { s } else { m.sqrt() }; // the square of a tiny one underflows
        Ok((m + 3.0) * root)
    }

    /// $`16 m + 15 m^2 + 6 m^3 + m^4`$ with $`m = e^{\sigma^2} - 1`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let s = self.logarithm.standard_deviation();
        let m = (s * s).exp_m1();
        Ok(m * (16.0 + m * (15.0 + m * (6.0 + m))))
    }
}

impl Mode for LogNormal {
    type Outcome = f64;

    /// $`e^{\mu - \sigma^2}`$.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        let s = self.logarithm.standard_deviation();
        Ok((-s).mul_add(s, self.logarithm.location()).exp())
    }
}

/// Below, $`e^{\sigma^2} - 1`$ is $`\sigma^2`$ for all 53 digits, and that is still a normal number.
const TINY: f64 = 1e-100;

/// The logarithm of a number, $`-\infty`$ for what is negative.
fn ln_of(x: f64) -> f64 {
    if x < 0.0 { f64::NEG_INFINITY } else { x.ln() }
}

/// The log-density of the log-normal distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = -\frac{(\ln x - \mu)^2}{2 \sigma^2} - \ln \sigma - \tfrac12 \ln 2\pi - \ln x
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_\mu = (\ln x - \mu) / \sigma^2`$ | `scores_of_positive_families` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{log_normal_ln_pdf, normal_ln_pdf};
///
/// assert_eq!(log_normal_ln_pdf(1.0, 2.0, 1.0), normal_ln_pdf(0.0, 2.0, 1.0));
/// ```
///
/// # References
///
/// As [`LogNormal`].
#[must_use]
pub fn log_normal_ln_pdf<R: Real>(x: R, location: R, scale: R) -> R {
    normal_ln_pdf(x.ln(), location, scale) - x.ln()
}
