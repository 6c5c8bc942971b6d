//! The largest of many.

use super::closed_form::minus_ln_lower;
use super::exp_of_minus::{complement_of_exp, exp_of_minus};
use super::weibull_fit::{UNIT_ERRORS, shape_and_ln_scale};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::ProbabilityError;
use crate::families::affine::Affine;
use crate::statistics::fit::{Fit, differ};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log1mexp};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, Exp1};
use std::f64::consts::PI;

/// The Gumbel distribution: the largest of many draws whose tails fall like an exponential.
///
/// ```math
/// F(x) = e^{-e^{-z}}, \qquad p(x) = \frac{1}{\sigma} e^{-z - e^{-z}}, \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// where $`\mu`$ is `location`, the mode, and $`\sigma > 0`$ `scale`. Scores with noise of this kind, of which the largest is taken,
/// are draws of their softmax (the Gumbel trick). Mean $`\mu + \gamma \sigma`$, variance $`\pi^2 \sigma^2 / 6`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | the maximum of $`n`$ draws is a draw moved by $`\sigma \ln n`$: $`F(x)^n = F(x - \sigma \ln n)`$ | `the_largest_of_gumbels_is_a_gumbel` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// The upper tail $`1 - e^{-w}`$ with $`w = e^{-z}`$ keeps its digits; its logarithm is $`-z`$ where $`w`$ is not seen beside 1.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Gumbel};
///
/// let flood = Gumbel::new(0.0, 1.0)?;
/// assert_eq!(flood.ln_cdf(0.0), -1.0);
/// assert_eq!(flood.ln_sf(1000.0), -1000.0);
/// assert!((flood.mean()? - 0.577_215_664_901_532_9).abs() < 1e-15); // Euler's constant
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// E. J. Gumbel, *Statistics of Extremes* (1958), §5.2; NIST *Engineering Statistics Handbook*, §1.3.6.6.16.
pub type Gumbel = Affine<StandardGumbel>;

/// The [`Gumbel`] distribution around 0, with scale 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StandardGumbel;

impl Gumbel {
    /// The most likely Gumbel distribution, by the iteration of [`Weibull`](crate::Weibull) for $`e^{-x}`$: its shape is $`1 / \sigma`$, and its scale
    /// $`e^{-\mu}`$. Standard errors $`1.053 \, \sigma / \sqrt n`$ and $`0.780 \, \sigma / \sqrt n`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Gumbel;
    ///
    /// let floods = [-1.0, 0.0, 0.5, 3.0];
    /// let law = Gumbel::fit(&floods)?.distribution;
    /// let mean = floods.map(|x| (-(x - law.location()) / law.scale()).exp()).iter().sum::<f64>() / 4.0;
    /// assert!((mean - 1.0).abs() < 1e-14); // of e^(−z), where the slope by μ is 0
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
        let (n, _) = weighted_mean(x, weights, |_| true)?;
        differ(x, weights)?;
        let logarithms: Vec<_> = x.iter().map(|x| -x).collect();
        let (shape, ln_scale) = shape_and_ln_scale(&logarithms, weights, n);
        let law = Self::new(-ln_scale, 1.0 / shape)?;
        let [of_shape, of_scale] = UNIT_ERRORS.map(|unit| unit / shape / n.sqrt());
        Ok(Fit::of(
            law,
            vec![of_scale, of_shape],
            x,
            weights,
            Self::ln_pdf,
        ))
    }

    /// The differential entropy in nats: $`1 + \gamma + \ln \sigma`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Gumbel;
    ///
    /// assert!((Gumbel::new(0.0, 1.0)?.entropy() - 1.577_215_664_901_532_9).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        1.0 + EULER + self.scale().ln()
    }
}

impl Continuous for StandardGumbel {
    #[inline]
    fn ln_pdf(&self, z: f64) -> f64 {
        let w = (-z).exp();
        if w == f64::INFINITY {
            return f64::NEG_INFINITY; // not ∞ − ∞
        }
        -z - w
    }

    #[inline]
    fn tails(&self, z: f64) -> (f64, f64) {
        (self.cdf(z), self.sf(z))
    }

    #[inline]
    fn cdf(&self, z: f64) -> f64 {
        exp_of_minus((-z).exp())
    }

    #[inline]
    fn sf(&self, z: f64) -> f64 {
        complement_of_exp((-z).exp())
    }

    fn ln_tails(&self, z: f64) -> (f64, f64) {
        let w = (-z).exp();
        (-w, if z > FAR { -z } else { log1mexp(-w) })
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let minus_ln_p = minus_ln_lower(p, q);
        -minus_ln_p.ln()
    }

    /// Minus the logarithm of an exponential draw.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let t: f64 = Exp1.sample(rng);
        -t.ln()
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(EULER)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(PI * PI / 6.0)
    }
}

impl StandardizedMoments for StandardGumbel {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(SKEWNESS)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(2.4)
    }
}

impl Mode for StandardGumbel {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// The log-density of the Gumbel distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = -z - e^{-z} - \ln \sigma, \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (e^{-z} - 1) / \sigma`$ | `scores_of_location_and_scale` |
///
/// # Numerics
///
/// As [`Gumbel`]; NaN for a scale that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_probability::gumbel_ln_pdf;
///
/// assert_eq!(gumbel_ln_pdf(0.0, 0.0, 1.0), -1.0);
/// ```
///
/// # References
///
/// As [`Gumbel`].
#[must_use]
pub fn gumbel_ln_pdf<R: Real>(x: R, location: R, scale: R) -> R {
    let z = (x - location) / scale;
    -z - (-z).exp() - scale.ln()
}

/// From here on $`\ln(1 - e^{-w}) = \ln w`$ for all 53 digits, $`w = e^{-z}`$.
const FAR: f64 = 40.0;
/// $`\gamma`$, Euler's constant; DLMF 5.2.3.
const EULER: f64 = 0.577_215_664_901_532_9;
/// $`12 \sqrt 6 \, \zeta(3) / \pi^3`$; mpmath at 40 digits.
const SKEWNESS: f64 = 1.139_547_099_404_648_6;
