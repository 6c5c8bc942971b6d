//! The time to failure.

use super::closed_form::{ln_quotient, ln_ratio, minus_ln_upper, scaled_exp};
use super::exp_of_minus::complement_of_exp;
use super::weibull_fit::{UNIT_ERRORS, shape_and_ln_scale};
use super::weibull_moments::central;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Fit, differ};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, gamma, ln_gamma, log1mexp};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, Exp1};

/// The Weibull distribution: the time to failure of what wears out, or gets better, by a power of time.
///
/// ```math
/// \operatorname{P}(X > x) = e^{-u}, \qquad p(x) = \frac{k}{x} \, u \, e^{-u}, \qquad u = \left( \frac{x}{\lambda} \right)^k
/// ```
///
/// where $`k > 0`$ is `shape` and $`\lambda > 0`$ `scale`. For $`k = 1`$ it is [`Exponential`](crate::Exponential) with rate
/// $`1 / \lambda`$; for $`k > 1`$ failures become more frequent with age. Mean $`\lambda \, \Gamma(1 + 1/k)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`u`$ is a draw of the exponential distribution with rate 1 | `powers_of_exponentials_are_weibull` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// $`\ln u = k \ln(x / \lambda)`$ by `ln_1p` where $`x`$ is near $`\lambda`$: a large $`k`$ multiplies its error. The moments of
/// a large $`k`$, where powers of the time are all alike, by a series in $`1 / k`$; for a small one the skewness errs by the rounding of
/// $`\ln \Gamma(1 + 3 / k)`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Weibull};
///
/// let bearing = Weibull::new(2.0, 3.0)?;
/// assert_eq!(bearing.sf(3.0), (-1.0_f64).exp());
/// assert!((bearing.variance()? - 9.0 * (1.0 - std::f64::consts::FRAC_PI_4)).abs() < 1e-14);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.12 (there with $`\beta = \lambda^k`$).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
    ln_shape: f64,
}

impl Weibull {
    /// The time to failure with this `shape` and `scale`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ProbabilityError> {
        finite_positive("shape", shape)?;
        finite_positive("scale", scale)?;
        Ok(Self {
            shape,
            scale,
            ln_shape: shape.ln(),
        })
    }

    /// $`k`$.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// $`\lambda`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The differential entropy in nats: $`\gamma (1 - 1/k) + \ln(\lambda / k) + 1`$ with Euler's $`\gamma`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Weibull;
    ///
    /// assert_eq!(Weibull::new(1.0, 1.0)?.entropy(), 1.0); // the exponential one
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        EULER * (1.0 - 1.0 / self.shape) + (self.scale.ln() - self.shape.ln()) + 1.0
    }

    /// The most likely Weibull distribution: the shape by Newton's steps on the slope of the likelihood, $`\lambda^k = \overline{x^k}`$. Standard errors
    /// $`0.780 \, k / \sqrt n`$ and $`1.053 \, \lambda / k \sqrt n`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Weibull;
    ///
    /// let fit = Weibull::fit(&[1.0, 2.0, 4.0])?;
    /// let (k, scale) = (fit.distribution.shape(), fit.distribution.scale());
    /// let mean = [1.0, 2.0, 4.0_f64].map(|x| x.powf(k)).iter().sum::<f64>() / 3.0;
    /// assert!((mean.powf(1.0 / k) - scale).abs() < 1e-14);
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
        let logarithms: Vec<_> = x.iter().map(|x| x.ln()).collect();
        let (shape, ln_scale) = shape_and_ln_scale(&logarithms, weights, n);
        let law = Self::new(shape, ln_scale.exp())?;
        let [of_shape, of_scale] = UNIT_ERRORS;
        let errors = vec![
            of_shape * shape / n.sqrt(),
            of_scale * law.scale / shape / n.sqrt(),
        ];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// $`\operatorname{E} X^n = \lambda^n \, \Gamma(1 + n / k)`$, by logarithms where a factor overflows.
    fn power(&self, n: f64) -> f64 {
        let argument = 1.0 + n / self.shape;
        let factor = gamma(argument);
        if factor.is_finite() && n == 1.0 {
            self.scale * factor
        } else {
            (ln_gamma(argument) + n * self.scale.ln()).exp()
        }
    }

    /// $`\ln u`$ for $`x > 0`$, and $`-\infty`$ below.
    #[inline]
    fn ln_hazard(&self, x: f64) -> f64 {
        if x <= 0.0 {
            f64::NEG_INFINITY
        } else {
            self.shape * ln_ratio(x, self.scale)
        }
    }
}

impl Continuous for Weibull {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x == 0.0 {
            return match self.shape {
                k if k < 1.0 => f64::INFINITY,
                1.0 => -self.scale.ln(),
                _ => f64::NEG_INFINITY,
            };
        }
        let ln_u = self.ln_hazard(x);
        if ln_u.is_infinite() {
            f64::NEG_INFINITY
        } else {
            self.ln_shape - x.ln() + ln_u - ln_u.exp()
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        complement_of_exp(self.ln_hazard(x).exp())
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        (-self.ln_hazard(x).exp()).exp()
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let ln_u = self.ln_hazard(x);
        let u = ln_u.exp();
        // where u is not seen beside 1, F is u
        (if ln_u < -40.0 { ln_u } else { log1mexp(-u) }, -u)
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        scaled_exp(self.scale, minus_ln_upper(p, q).ln() / self.shape)
    }

    /// A power of an exponential draw.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let t: f64 = Exp1.sample(rng);
        scaled_exp(self.scale, t.ln() / self.shape)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.power(1.0))
    }

    /// $`\lambda^2 \left( \Gamma(1 + 2h) - \Gamma(1 + h)^2 \right)`$ with $`h = 1/k`$.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        let [unit, ..] = central(1.0 / self.shape);
        Ok(if unit.is_finite() {
            self.scale * (self.scale * unit)
        } else {
            self.power(2.0) // the square of the mean is not seen beside it
        })
    }
}

impl StandardizedMoments for Weibull {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let [_, skewness, _] = central(1.0 / self.shape);
        Ok(skewness)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let [_, _, excess] = central(1.0 / self.shape);
        Ok(excess)
    }
}

impl Mode for Weibull {
    type Outcome = f64;

    /// $`\lambda (1 - 1/k)^{1/k}`$, or 0 for shapes up to 1.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        let k = self.shape;
        Ok(if k > 1.0 {
            self.scale * ((-1.0 / k).ln_1p() / k).exp()
        } else {
            0.0
        })
    }
}

/// The log-density of the Weibull distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = \ln k - \ln x + \ln u - u, \qquad u = (x / \lambda)^k
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (k - 1 - k u) / x`$ | `scores_of_positive_families` |
///
/// # Examples
///
/// ```
/// use gradus_probability::weibull_ln_pdf;
///
/// assert!((weibull_ln_pdf(3.0_f64, 1.0, 1.0) + 3.0).abs() < 1e-15); // the exponential one
/// ```
///
/// # References
///
/// As [`Weibull`].
#[must_use]
pub fn weibull_ln_pdf<R: Real>(x: R, shape: R, scale: R) -> R {
    let ln_u = shape * ln_quotient(x, scale);
    shape.ln() - x.ln() + ln_u - ln_u.exp()
}

/// $`\gamma`$, Euler's constant; DLMF 5.2.3.
const EULER: f64 = 0.577_215_664_901_532_9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_a_steep_one() {
        for k in [999.0, 1001.0_f64] {
            let v = Weibull::new(k, 1.0).unwrap().variance().unwrap();
            // ζ(2)/k² − (2 γ ζ(2) + 2 ζ(3))/k³ + …
            let leading = 1.644_934_066_848_226_4 / k / k - (1.898_952_9 + 2.404_113_8) / k.powi(3);
            assert!((v / leading - 1.0).abs() < 1e-5, "{k}: {v}");
        }
        let steep = Weibull::new(1e8, 1.0).unwrap().variance().unwrap();
        assert!((steep / 1.644_934_066_848_226_4e-16 - 1.0).abs() < 1e-7);
    }
}
