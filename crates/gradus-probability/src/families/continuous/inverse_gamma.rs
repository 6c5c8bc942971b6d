//! The reciprocal of a gamma draw.

use super::digamma_gap::ln_minus_digamma;
use super::gamma::{Gamma, lag, shape_and_errors};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, differ, mean_of, observed};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::stirling_error;
use gradus_random::rand::Rng;
use std::f64::consts::PI;

/// The inverse gamma distribution: the reciprocal of a draw of [`Gamma`].
///
/// ```math
/// p(x) = \frac{b^a}{\Gamma(a)} \, x^{-a - 1} e^{-b / x}, \qquad x > 0
/// ```
///
/// where $`a > 0`$ is `shape` and $`b > 0`$ `scale`. What is believed of a variance: the conjugate prior of that of a normal
/// distribution. Mean $`b / (a - 1)`$ for $`a > 1`$, mode $`b / (a + 1)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`1 / X`$ is [`Gamma`] with rate b | `reciprocals_of_gammas_are_inverse_gammas` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
/// | the fit is that of a gamma law to the reciprocals | `the_fit_of_reciprocals_is_that_of_a_gamma` |
///
/// # Numerics
///
/// With $`t = b / x`$ the density is $`t^a e^{-t} / x \, \Gamma(a)`$, that of the gamma distribution with $`t = b x`$, and the tails are those there,
/// exchanged.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, InverseGamma, Mode};
///
/// let variance = InverseGamma::new(3.0, 2.0)?;
/// assert_eq!((variance.mean()?, variance.mode()?, variance.variance()?), (1.0, 0.5, 1.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), appendix A.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InverseGamma {
    reciprocal: Gamma,
}

impl InverseGamma {
    /// The reciprocal of a gamma draw of this `shape` whose rate is `scale`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ProbabilityError> {
        match Gamma::new(shape, scale) {
            Err(ProbabilityError::Domain {
                name: "rate",
                value,
            }) => Err(ProbabilityError::Domain {
                name: "scale",
                value,
            }),
            reciprocal => Ok(Self {
                reciprocal: reciprocal?,
            }),
        }
    }

    /// $`a`$.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.reciprocal.shape()
    }

    /// $`b`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.reciprocal.rate()
    }

    /// The most likely inverse gamma distribution: that of the [`Gamma`] law which is most likely for the reciprocals.
    ///
    /// $`\ln \hat a - \psi(\hat a) = \ln \overline{1/x} + \overline{\ln x}`$ and $`\hat b = \hat a / \overline{1/x}`$, the shape times the harmonic mean.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, [`ProbabilityError::NoMaximum`] if all are
    /// equal or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::InverseGamma;
    ///
    /// let fit = InverseGamma::fit(&[1.0, 0.5, 0.25])?;
    /// let law = fit.distribution;
    /// assert!((law.shape() / law.scale() - 7.0 / 3.0).abs() < 1e-14); // the mean of 1, 2 and 4
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
        let (n, _) = weighted_mean(x, weights, |x| x > 0.0)?;
        differ(x, weights)?;
        // reciprocals in this unit are at most 1: that of a tiny number would overflow
        let unit = observed(x, weights).fold(f64::INFINITY, f64::min);
        let mean = mean_of(x, weights, n, |x| unit / x);
        let ln_mean = mean.ln();
        let ratio = |x: f64| lag(unit / x / mean, unit.ln() - x.ln() - ln_mean);
        let [shape, of_shape, of_scale] = shape_and_errors(mean_of(x, weights, n, ratio), n)?;
        let law = Self::new(shape, shape / mean * unit)?;
        let errors = vec![of_shape, law.scale() * of_scale];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// $`t = b / x`$ with its logarithm; ∞ up to 0, where the reciprocals of all draws are smaller.
    fn unit(&self, x: f64) -> (f64, impl Fn() -> f64) {
        let (x, scale) = (if x < 0.0 { 0.0 } else { x }, self.scale());
        (scale / x.abs(), move || scale.ln() - x.ln())
    }

    /// The differential entropy in nats: $`a + \ln(b \, \Gamma(a)) - (1 + a) \psi(a)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::InverseGamma;
    ///
    /// let entropy = InverseGamma::new(1.0, 1.0)?.entropy();
    /// assert!((entropy - (1.0 + 2.0 * 0.577_215_664_901_532_9)).abs() < 1e-15); // −ψ(1) = γ
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let a = self.shape();
        // with δ and the gap for ln Γ and ψ, whose leading terms cancel
        let gaps = stirling_error(a) + (a + 1.0) * ln_minus_digamma(a);
        0.5 * (2.0 * PI).ln() - 1.5 * a.ln() + self.scale().ln() + gaps
    }
}

impl Continuous for InverseGamma {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if x > 0.0 && x < f64::INFINITY {
            self.reciprocal.ln_pdf_of(self.unit(x), x.ln())
        } else {
            f64::NEG_INFINITY
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let (below, above) = self.reciprocal.tails_of(self.unit(x));
        (above, below)
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (below, above) = self.reciprocal.ln_tails_of(self.unit(x));
        (above, below)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        match self.reciprocal.unit_at_tails(q, p) {
            Ok(t) => self.scale() / t,
            Err(ln_t) => (self.scale().ln() - ln_t).exp(),
        }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape();
        Ok(if a > 1.0 {
            self.scale() / (a - 1.0)
        } else {
            f64::INFINITY
        })
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape();
        if a > 2.0 {
            let mean = self.scale() / (a - 1.0);
            Ok(mean / (a - 2.0) * mean)
        } else if a > 1.0 {
            Ok(f64::INFINITY)
        } else {
            Err(ProbabilityError::NoMoment {
                moment: "variance",
                needs: "a shape above 1",
            })
        }
    }

    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        1.0 / self.reciprocal.sample(rng)
    }
}

impl StandardizedMoments for InverseGamma {
    /// $`4 \sqrt{a - 2} / (a - 3)`$ for $`a > 3`$; infinite from 2 on.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape();
        of_power_tail(SKEWNESS, "a shape above 2", a, [2.0, 3.0], || {
            4.0 * ((a - 2.0).sqrt() / (a - 3.0))
        })
    }

    /// $`6 (5a - 11) / (a - 3)(a - 4)`$ for $`a > 4`$; infinite from 2 on.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape();
        of_power_tail(EXCESS_KURTOSIS, "a shape above 2", a, [2.0, 4.0], || {
            6.0 * (5.0 + 4.0 / (a - 3.0)) / (a - 4.0) // 5a − 11 = 5 (a − 3) + 4
        })
    }
}

impl Mode for InverseGamma {
    type Outcome = f64;

    /// $`b / (a + 1)`$.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.scale() / (self.shape() + 1.0))
    }
}
