//! A bell without a mean.

use super::closed_form::{ln_1p_square, ln_both};
use super::half_turns::{arc_tangent, times_cotangent};
use super::laplace::smallest_median;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments};
use crate::error::ProbabilityError;
use crate::families::affine::Affine;
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::Real;
use std::f64::consts::PI;
use std::hint::select_unpredictable;
use std::iter::zip;

/// The Cauchy distribution: a bell with tails so heavy that there is no mean.
///
/// ```math
/// p(x) = \frac{1}{\pi \sigma (1 + z^2)}, \qquad F(x) = \tfrac12 + \tfrac1\pi \arctan z, \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// where $`\mu`$ is `location`, the median, and $`\sigma > 0`$ `scale`, half of the distance between the quartiles. The ratio
/// of two normal draws around 0; Student's t with one degree of freedom. The mean of many draws is as wide as one draw.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | it is [`StudentT`](crate::StudentT) with one degree of freedom | `cauchy_is_student_with_one_degree` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Beyond $`\lvert z \rvert = 1`$ a tail is $`\arctan(1 / \lvert z \rvert) / \pi`$, which keeps its digits however far out; $`\ln(1 + z^2)`$ does not
/// overflow. The arc tangent and the cotangent of a quantile are polynomials, in half turns, and no branch depends on a draw.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Cauchy, Continuous};
///
/// let far = Cauchy::new(0.0, 1.0)?;
/// assert_eq!((far.cdf(0.0), far.sf(1.0)), (0.5, 0.25));
/// assert!((far.sf(1e100) * 1e100 - std::f64::consts::FRAC_1_PI).abs() < 1e-15);
/// assert!(far.mean().is_err());
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.19.
pub type Cauchy = Affine<StandardCauchy>;

/// The [`Cauchy`] distribution around 0, with scale 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StandardCauchy;

impl Cauchy {
    /// The most likely Cauchy distribution, with the standard errors $`\sigma \sqrt{2 / n}`$.
    ///
    /// ```math
    /// \mu = \frac{\sum_i w_i v_i x_i}{\sum_i w_i v_i}, \qquad \sigma^2 = \frac{n}{2 \sum_i w_i v_i}, \qquad v_i = \frac{1}{\sigma^2 + (x_i - \mu)^2}
    /// ```
    ///
    /// again and again: what is far out counts little. With both parameters free the likelihood has a single top, unless half of the weight
    /// lies at one value, towards which it then rises without end as the scale shrinks.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if half of the weight
    /// lies at one value, or there are no observations.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Cauchy;
    ///
    /// let fit = Cauchy::fit(&[-1.0, 0.0, 1.0])?;
    /// // 1/2 = mean of σ² / (σ² + x²): σ² = 1/3
    /// assert!((fit.distribution.scale() - (1.0_f64 / 3.0).sqrt()).abs() < 1e-14);
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
        if heaviest(x, weights) >= 0.5 * n {
            let reason = "half of the weight lies at one value";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let mut location = smallest_median(x, weights, n);
        let mut scale = mean_of(x, weights, n, |x| (x - location).abs());
        for _ in 0..MOST_STEPS {
            let nearness = |x: f64| 1.0 / (1.0 + ((x - location) / scale).powi(2)); // σ² v
            let sum = mean_of(x, weights, n, nearness);
            let step = mean_of(x, weights, n, |x| (x - location) * nearness(x)) / sum;
            let factor = (0.5 / sum).sqrt();
            let settled = step.abs().max(scale * (factor - 1.0).abs()) <= f64::EPSILON * scale;
            (location, scale) = (location + step, scale * factor);
            if settled {
                break;
            }
        }
        let law = Self::new(location, scale)?;
        let errors = vec![scale * (2.0 / n).sqrt(); 2];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats: $`\ln(4 \pi \sigma)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Cauchy;
    ///
    /// let wide = Cauchy::new(0.0, 0.25)?;
    /// assert!((wide.entropy() - std::f64::consts::PI.ln()).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        (4.0 * PI).ln() + self.scale().ln()
    }
}

/// The largest weight of a single value.
pub(super) fn heaviest(x: &[f64], weights: &[f64]) -> f64 {
    let mut sorted: Vec<_> = zip(x, weights).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(b.0));
    let groups = sorted.chunk_by(|a, b| a.0 == b.0);
    let totals = groups.map(|group| group.iter().map(|(_, w)| **w).sum::<f64>());
    totals.fold(0.0, f64::max)
}

impl Continuous for StandardCauchy {
    #[allow(
        clippy::imprecise_flops,
        reason = "ln π is there: beside it the rounding of 1 + z² is not seen"
    )]
    #[inline]
    fn ln_pdf(&self, z: f64) -> f64 {
        if z.abs() > FAR {
            -2.0 * z.abs().ln() - PI.ln()
        } else {
            -(PI * (1.0 + z * z)).ln() // of a number that is not near 1
        }
    }

    #[inline]
    fn tails(&self, z: f64) -> (f64, f64) {
        let (upper, lower) = if z < 0.0 {
            let lower = self.cdf(z);
            (1.0 - lower, lower)
        } else {
            let upper = self.sf(z);
            (upper, 1.0 - upper)
        };
        (lower, upper)
    }

    #[inline]
    fn cdf(&self, z: f64) -> f64 {
        let (size, inverse) = (z.abs(), 1.0 / z.abs());
        let far = size > 1.0;
        let angle = arc_tangent(select_unpredictable(far, inverse, size));
        let tail = select_unpredictable(far, angle, 0.5 - angle);
        select_unpredictable(z < 0.0, tail, 1.0 - tail)
    }

    #[inline]
    fn sf(&self, z: f64) -> f64 {
        self.cdf(-z)
    }

    fn ln_tails(&self, z: f64) -> (f64, f64) {
        ln_both(self.tails(z))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let tail = if p < q { p } else { q };
        let (far, rest) = (tail < 0.25, 0.5 - tail); // exact
        let u = select_unpredictable(far, tail, rest);
        let v = times_cotangent(u);
        // cot(π u), or tan(π u)
        let z = select_unpredictable(far, v, u) / select_unpredictable(far, u, v);
        z.copysign(p - q)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Err(missing("mean"))
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Err(missing("variance"))
    }
}

impl StandardizedMoments for StandardCauchy {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Err(missing(SKEWNESS))
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Err(missing(EXCESS_KURTOSIS))
    }
}

impl Mode for StandardCauchy {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// A Cauchy distribution has no moments at all.
fn missing(moment: &'static str) -> ProbabilityError {
    let needs = "lighter tails than those of a Cauchy distribution";
    ProbabilityError::NoMoment { moment, needs }
}

/// The log-density of the Cauchy distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = -\ln(1 + z^2) - \ln \sigma - \ln \pi, \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = -2z / (\sigma (1 + z^2))`$ | `scores_of_location_and_scale` |
///
/// # Numerics
///
/// As [`Cauchy`]; NaN for a scale that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_probability::cauchy_ln_pdf;
///
/// assert!((cauchy_ln_pdf(1.0_f64, 0.0, 1.0) + (2.0 * std::f64::consts::PI).ln()).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`Cauchy`].
#[must_use]
pub fn cauchy_ln_pdf<R: Real>(x: R, location: R, scale: R) -> R {
    -ln_1p_square((x - location) / scale) - scale.ln() - R::from_f64(PI.ln())
}

/// Beyond, 1 is not seen beside the square, which may overflow.
const FAR: f64 = 1e8;

/// Some fifty are usual: a step is about half of the one before.
const MOST_STEPS: usize = 1000;
