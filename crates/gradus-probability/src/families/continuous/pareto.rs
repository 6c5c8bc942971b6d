//! The power law.

use super::closed_form::{ln_quotient, ln_ratio, minus_ln_upper, scaled_exp};
use super::exp_of_minus::complement_of_exp;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log1mexp};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, Exp1};

/// The Pareto distribution: beyond a threshold, sizes whose tail is a power.
///
/// ```math
/// \operatorname{P}(X > x) = \left( \frac sx \right)^a, \qquad p(x) = \frac{a}{x} \left( \frac sx \right)^a, \qquad x \ge s
/// ```
///
/// where $`s > 0`$ is `scale`, the smallest value, and $`a > 0`$ `shape`: incomes, cities, files. $`\ln(X / s)`$ is
/// [`Exponential`](crate::Exponential) with rate $`a`$. There is a mean for $`a > 1`$ and a variance for $`a > 2`$ only.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`\ln(X / s)`$ is exponential | `logarithms_of_paretos_are_exponential` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// $`\ln(x / s)`$ by `ln_1p` near $`s`$, and $`F`$ by `exp_m1`: nothing is lost next to the threshold.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Pareto};
///
/// let income = Pareto::new(1.0, 3.0)?;
/// assert!((income.sf(2.0) - 0.125).abs() < 1e-16);
/// assert_eq!((income.mean()?, income.variance()?), (1.5, 0.75));
/// assert_eq!(Pareto::new(1.0, 1.0)?.mean()?, f64::INFINITY);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), exercise 3.24 and table of common distributions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pareto {
    scale: f64,
    shape: f64,
    ln_shape: f64,
    ln_scale: f64,
}

impl Pareto {
    /// Sizes from `scale` on with a tail of the power `shape`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(scale: f64, shape: f64) -> Result<Self, ProbabilityError> {
        finite_positive("scale", scale)?;
        finite_positive("shape", shape)?;
        Ok(Self {
            scale,
            shape,
            ln_shape: shape.ln(),
            ln_scale: scale.ln(),
        })
    }

    /// $`s`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// $`a`$.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The differential entropy in nats: $`\ln(s / a) + 1/a + 1`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Pareto;
    ///
    /// assert_eq!(Pareto::new(1.0, 1.0)?.entropy(), 2.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        (self.scale.ln() - self.shape.ln()) + 1.0 / self.shape + 1.0
    }

    /// The most likely Pareto distribution from a known `scale` on: $`a = 1 / \overline{\ln(x / s)}`$, with the standard error $`a / \sqrt n`$.
    ///
    /// The scale is not estimated. The likelihood rises with it up to the smallest observation and leaps to 0 there: the smallest observation is the most likely
    /// scale, and there is no information from which a standard error would come.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] for a scale that is not positive and finite, [`ProbabilityError::InvalidObservation`] for an observation
    /// below it or not finite, [`ProbabilityError::NoMaximum`] if all are equal to it or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Pareto;
    ///
    /// let fit = Pareto::fit(1.0, &[1.0_f64.exp(), 3.0_f64.exp()])?;
    /// assert!((fit.distribution.shape() - 0.5).abs() < 1e-15); // the logarithms have mean 2
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(scale: f64, x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(scale, x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        scale: f64,
        x: &[f64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        finite_positive("scale", scale)?;
        let (n, _) = weighted_mean(x, weights, |x| x >= scale)?;
        let mean = mean_of(x, weights, n, |x| ln_ratio(x, scale));
        if mean == 0.0 {
            let reason = "all observations are the smallest possible one";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let law = Self::new(scale, 1.0 / mean)?;
        let errors = vec![law.shape / n.sqrt()];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// $`\ln(x / s)`$; 0 below the threshold.
    #[inline]
    fn ln_ratio(&self, x: f64) -> f64 {
        if x <= self.scale {
            0.0
        } else {
            ln_ratio(x, self.scale)
        }
    }

    /// $`a \ln(x / s)`$; 0 below the threshold.
    #[inline]
    fn exponent(&self, x: f64) -> f64 {
        self.shape * self.ln_ratio(x)
    }
}

impl Continuous for Pareto {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.scale || x.is_infinite() {
            f64::NEG_INFINITY
        } else {
            // ln x = ln(x / s) + ln s, without a second logarithm where the last one is no larger than 1, and its rounding not either
            let ln_ratio = self.ln_ratio(x);
            let ln_x = if self.ln_scale.abs() <= 1.0 {
                ln_ratio + self.ln_scale
            } else {
                x.ln()
            };
            self.ln_shape - self.shape * ln_ratio - ln_x
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
        let t = self.exponent(x);
        (log1mexp(-t), -t)
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        scaled_exp(self.scale, minus_ln_upper(p, q) / self.shape)
    }

    /// The exponential of an exponential draw.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let t: f64 = Exp1.sample(rng);
        scaled_exp(self.scale, t / self.shape)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        let excess = (self.shape - 1.0).max(0.0);
        Ok(self.scale * (self.shape / excess))
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape;
        if a <= 1.0 {
            return Err(ProbabilityError::NoMoment {
                moment: "variance",
                needs: "a shape above 1",
            });
        }
        if a <= 2.0 {
            return Ok(f64::INFINITY);
        }
        let unit = self.scale / (a - 1.0);
        Ok(unit * unit * (a / (a - 2.0)))
    }
}

impl StandardizedMoments for Pareto {
    /// $`\frac{2 (1 + a)}{a - 3} \sqrt{(a - 2) / a}`$ for $`a > 3`$; infinite from 2 on.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape;
        of_power_tail(SKEWNESS, "a shape above 2", a, [2.0, 3.0], || {
            2.0 * ((1.0 + a) / (a - 3.0)) * (1.0 - 2.0 / a).sqrt()
        })
    }

    /// $`\frac{6 (a^3 + a^2 - 6a - 2)}{a (a - 3)(a - 4)}`$ for $`a > 4`$; infinite from 2 on.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let a = self.shape;
        of_power_tail(EXCESS_KURTOSIS, "a shape above 2", a, [2.0, 4.0], || {
            let h = 1.0 / a;
            6.0 * (1.0 + h * (1.0 - h * (6.0 + 2.0 * h))) / ((1.0 - 3.0 * h) * ((a - 4.0) / a))
        })
    }
}

impl Mode for Pareto {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.scale)
    }
}

/// The log-density of the Pareto distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = \ln a - a \ln \frac xs - \ln x
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three. It does not look whether $`x \ge s`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_a = 1/a - \ln(x / s)`$ | `scores_of_positive_families` |
///
/// # Examples
///
/// ```
/// use gradus_probability::pareto_ln_pdf;
///
/// assert!((pareto_ln_pdf(2.0_f64, 1.0, 3.0) - (3.0_f64 / 16.0).ln()).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`Pareto`].
#[must_use]
pub fn pareto_ln_pdf<R: Real>(x: R, scale: R, shape: R) -> R {
    shape.ln() - shape * ln_quotient(x, scale) - x.ln()
}
