//! The size of a normal draw.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, erf, erfc, erfinv, normal_ln_cdf, normal_quantile};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, LN_2, PI, SQRT_2};

/// The half-normal distribution: the size $`\lvert Z \rvert`$ of a normal draw around 0.
///
/// ```math
/// p(x) = \frac{1}{\sigma} \sqrt{\frac{2}{\pi}} \, e^{-x^2 / 2 \sigma^2}, \qquad F(x) = \operatorname{erf} \frac{x}{\sigma \sqrt 2}, \qquad x \ge 0
/// ```
///
/// where $`\sigma > 0`$ is `scale`, the standard deviation of the normal draw. A common prior of a standard deviation. Mean
/// $`\sigma \sqrt{2 / \pi}`$, variance $`\sigma^2 (1 - 2 / \pi)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | twice the upper tail of [`Normal`](crate::Normal) | `half_normals_are_sizes_of_normals` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Both tails keep their digits; their logarithms are finite where they underflow.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, HalfNormal, Mode};
///
/// let size = HalfNormal::new(2.0)?;
/// assert!((size.cdf(2.0) - 0.682_689_492_137_085_9).abs() < 1e-15);
/// assert_eq!(size.mode()?, 0.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Gelman, *Prior distributions for variance parameters in hierarchical models*, Bayesian Anal. 1 (2006), 515–534, §3.2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfNormal {
    scale: f64,
}

impl HalfNormal {
    /// The size of a normal draw around 0 with this standard deviation.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the scale is finite and positive.
    pub fn new(scale: f64) -> Result<Self, ProbabilityError> {
        finite_positive("scale", scale)?;
        Ok(Self { scale })
    }

    /// $`\sigma`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The most likely half-normal distribution: $`\sigma^2 = \overline{x^2}`$, with the standard error $`\sigma / \sqrt{2n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is negative or not finite, [`ProbabilityError::NoMaximum`] if all are 0
    /// or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::HalfNormal;
    ///
    /// let fit = HalfNormal::fit(&[1.0, 7.0])?;
    /// assert_eq!((fit.distribution.scale(), fit.standard_errors[0]), (5.0, 2.5));
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
        let (n, mean) = weighted_mean(x, weights, |x| x >= 0.0)?;
        if mean == 0.0 {
            let reason = "all observations are 0";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let square = mean_of(x, weights, n, |x| (x / mean) * (x / mean)); // in units in which no square underflows
        let law = Self::new(mean * square.sqrt())?;
        let errors = vec![law.scale / (2.0 * n).sqrt()];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats: $`\tfrac12 \ln(\pi e \sigma^2 / 2)`$, a bit less than that of the normal draw.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{HalfNormal, Normal};
    ///
    /// let less = Normal::new(0.0, 3.0)?.entropy() - HalfNormal::new(3.0)?.entropy();
    /// assert!((less - std::f64::consts::LN_2).abs() < 1e-15); // the sign
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        0.5 * (PI / 2.0).ln() + 0.5 + self.scale.ln()
    }
}

impl Continuous for HalfNormal {
    fn ln_pdf(&self, x: f64) -> f64 {
        half_normal_ln_pdf(x, self.scale)
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let z = at_least_zero(x / self.scale) * FRAC_1_SQRT_2;
        (erf(z), erfc(z))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (p, q) = self.tails(x);
        let z = x / self.scale;
        if 0.0 < x && z < NEAR {
            // the density is constant here, and z may have lost digits
            let ln_p = 0.5 * FRAC_2_PI.ln() + x.ln() - self.scale.ln();
            (ln_p, -ln_p.exp())
        } else if p <= q || p.is_nan() {
            ln_both((p, q))
        } else {
            ((-q).ln_1p(), LN_2 + normal_ln_cdf(-z))
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let z = if p <= q {
            SQRT_2 * erfinv(p)
        } else if q > f64::MIN_POSITIVE {
            -normal_quantile(0.5 * q)
        } else {
            // half of it would lose its digits: −ln q = ½ z² + ln z + ½ ln(π/2), by Newton's steps
            upper_end(q.ln())
        };
        z * self.scale
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.scale * FRAC_2_PI.sqrt())
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.scale * (1.0 - FRAC_2_PI) * self.scale)
    }

    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        self.scale * z.abs()
    }
}

impl StandardizedMoments for HalfNormal {
    /// $`\sqrt 2 \, (4 - \pi) / (\pi - 2)^{3/2}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(SQRT_2 * (4.0 - PI) / (PI - 2.0).powf(1.5))
    }

    /// $`8 (\pi - 3) / (\pi - 2)^2`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(8.0 * (PI - 3.0) / (PI - 2.0).powi(2))
    }
}

impl Mode for HalfNormal {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// The log-density of the half-normal distribution, as a function of the draw and the scale.
///
/// ```math
/// \ln p(x) = \tfrac12 \ln \tfrac2\pi - \ln \sigma - \tfrac{x^2}{2 \sigma^2}, \qquad x \ge 0
/// ```
///
/// For every [`Real`], so it can be differentiated by any of them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = -x / \sigma^2`$, $`\partial_\sigma = (z^2 - 1) / \sigma`$ | `scores_of_one_sided_families` |
/// | that of [`HalfNormal`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// As [`HalfNormal`]; $`-\infty`$ below 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::half_normal_ln_pdf;
///
/// let twice = 2.0 / (2.0 * std::f64::consts::PI).sqrt(); // a normal density, folded
/// assert!((half_normal_ln_pdf(0.0_f64, 1.0) - twice.ln()).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`HalfNormal`].
#[must_use]
pub fn half_normal_ln_pdf<R: Real>(x: R, scale: R) -> R {
    if x.to_f64() < 0.0 {
        return R::from_f64(f64::NEG_INFINITY);
    }
    let z = x / scale;
    R::from_f64(0.5 * FRAC_2_PI.ln()) - scale.ln() - R::from_f64(0.5) * z * z
}

/// The point with $`\ln(1 - F) =`$ `ln_q` in units of σ, far out.
fn upper_end(ln_q: f64) -> f64 {
    if ln_q == f64::NEG_INFINITY {
        return f64::INFINITY;
    }
    let mut z = (-2.0 * ln_q).sqrt();
    for _ in 0..6 {
        // the slope of ln(1 − F) is −z, but for 1/z
        z += (LN_2 + normal_ln_cdf(-z) - ln_q) / (z + 1.0 / z);
    }
    z
}

/// 0 for what is negative; NaN stays.
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// Below, $`z^2`$ is not seen beside 1.
const NEAR: f64 = 1e-9;
