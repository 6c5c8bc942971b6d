//! The reciprocal of a gamma draw.

use super::digamma_gap::ln_minus_digamma;
use super::gamma::{Gamma, ln_height};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::ProbabilityError;
use gradus_numeric::{Real, deviance, stirling_error};
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

/// The log-density of the inverse gamma distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = a \ln b - \ln \Gamma(a) - (a + 1) \ln x - \frac bx, \qquad x > 0
/// ```
///
/// where $`a`$ is `shape` and $`b`$ `scale`. For every [`Real`], so it can be differentiated by any of them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = b / x^2 - (a + 1) / x`$, $`\partial_a = \ln(b / x) - \psi(a)`$, $`\partial_b = a/b - 1/x`$ | `scores_of_one_sided_families` |
/// | that of [`InverseGamma`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// As [`gamma_ln_pdf`](crate::gamma_ln_pdf) of $`1 / x`$, with the [`deviance`] of a and $`b / x`$; by its logarithm where that underflows. $`-\infty`$ up to 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::inverse_gamma_ln_pdf;
///
/// assert!((inverse_gamma_ln_pdf(2.0_f64, 1.0, 6.0) - (1.5_f64.ln() - 3.0)).abs() < 1e-15); // 6 x⁻² e^(−6/x)
/// ```
///
/// # References
///
/// As [`InverseGamma`].
#[must_use]
pub fn inverse_gamma_ln_pdf<R: Real>(x: R, shape: R, scale: R) -> R {
    let at = x.to_f64();
    if at.is_nan() || at <= 0.0 || at == f64::INFINITY {
        return R::from_f64(if at.is_nan() { at } else { f64::NEG_INFINITY });
    }
    let t = scale / x;
    let exponent = if t.to_f64() < f64::MIN_POSITIVE {
        shape * (shape.ln() - scale.ln() + x.ln()) - shape
    } else {
        deviance(shape, t)
    };
    ln_height(shape) - exponent - x.ln()
}
