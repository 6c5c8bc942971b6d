//! The bell curve.

use super::standard_normal;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite, finite_positive};
use crate::families::affine::standardized;
use crate::statistics::fit::{Fit, center_and_spread, differ};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, normal_cdf, normal_ln_cdf, normal_quantile};
use gradus_random::rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// The normal distribution: the bell curve around a mean, as wide as its standard deviation.
///
/// ```math
/// p(x) = \frac{1}{\sigma \sqrt{2\pi}} \exp\left(-\frac{(x - \mu)^2}{2 \sigma^2}\right)
/// ```
///
/// where $`\mu`$ is `mean` and $`\sigma > 0`$ `standard_deviation`. Sums of many small independent
/// contributions are nearly normal, and of all distributions with this mean and variance it has
/// the largest entropy. Two thirds of it lie within $`\sigma`$ of the mean, 95 % within $`2\sigma`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p \ge 0`$, $`\int p = 1`$ | `normal_density_integrates_to_one` |
/// | $`F`$ rises from 0 to 1, whatever the parameters | `normal_cdf_rises_from_zero_to_one` |
/// | $`F(x) + \operatorname{P}(X > x) = 1`$ | `normal_cdf_and_survival_sum_to_one` |
/// | $`F(\mu - x) = \operatorname{P}(X > \mu + x)`$, to the bit | `normal_is_symmetric_about_its_mean` |
/// | $`F(\mu + \sigma z) = \Phi(z)`$, to the bit where $`\mu + \sigma z`$ is exact | `normal_is_a_scaled_standard_normal` |
/// | $`F' = p`$ | `density_is_the_slope_of_the_cdf` |
/// | $`\ln p(x)`$ is the logarithm of $`p(x)`$, and finite where that underflows | `ln_pdf_is_the_logarithm_of_the_pdf` |
/// | $`F(q(p)) = p`$, $`q(F(x)) = x`$ | `normal_quantile_inverts_the_cdf` |
/// | draws (Kolmogorov–Smirnov); $`F(X)`$ is uniform | `draws_follow_the_cdf` |
/// | mean and variance of draws | `draws_have_mean_and_variance` |
///
/// # Numerics
///
/// All methods are total: NaN gives NaN, $`\pm\infty`$ the limit. For the standard normal distribution
/// `pdf`, `cdf`, `sf`, `ln_pdf`, `ln_cdf` and `quantile` err by at most 3 ULP on the golden tables, deep
/// tails included; otherwise the rounding of $`z = (x - \mu) / \sigma`$ comes on top.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Normal};
///
/// let iq = Normal::new(100.0, 15.0)?;
/// assert_eq!((iq.mean()?, iq.variance()?), (100.0, 225.0));
/// assert_eq!(Normal::STANDARD.pdf(40.0), 0.0); // underflow
/// assert!((Normal::STANDARD.ln_pdf(40.0) + 800.918_938_533_204_7).abs() < 1e-12);
/// assert_eq!(iq.cdf(100.0), 0.5);
/// assert!((iq.sf(130.0) - 0.022_750_131_948_179).abs() < 1e-15); // two σ above
/// assert!((iq.quantile(0.975) - 129.4).abs() < 0.001); // 1.96 σ above
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.13; C. M. Bishop,
/// *Pattern Recognition and Machine Learning* (2006), §1.2.4 and 2.3.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Gaussian")]
pub struct Normal {
    mean: f64,
    standard_deviation: f64,
    ln_deviation: f64,
}

impl Normal {
    /// Mean 0 and standard deviation 1.
    pub const STANDARD: Self = Self {
        mean: 0.0,
        standard_deviation: 1.0,
        ln_deviation: 0.0,
    };

    /// The bell curve around `mean`, as wide as `standard_deviation` (not the variance).
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the mean is finite and the standard deviation finite and
    /// positive.
    pub fn new(mean: f64, standard_deviation: f64) -> Result<Self, ProbabilityError> {
        finite("mean", mean)?;
        finite_positive("standard deviation", standard_deviation)?;
        Ok(Self {
            mean,
            standard_deviation,
            ln_deviation: standard_deviation.ln(),
        })
    }

    /// $`\mu`$, the mean.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.mean
    }

    /// $`\sigma`$.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation
    }

    /// The differential entropy in nats: $`\tfrac12 \ln(2 \pi e \sigma^2)`$; negative for a narrow bell.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Normal;
    ///
    /// assert!((Normal::STANDARD.entropy() - 1.418_938_533_204_672_7).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        0.5 + standard_normal::LN_SQRT_2PI + self.ln_deviation
    }

    /// The most likely normal distribution: $`\mu = \bar x`$, $`\sigma^2 = \overline{(x - \mu)^2}`$, with the standard errors $`\sigma / \sqrt n`$ and $`\sigma / \sqrt{2n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Normal;
    ///
    /// let fit = Normal::fit(&[1.0, 3.0, 5.0, 7.0])?;
    /// assert_eq!(fit.distribution, Normal::new(4.0, 5.0_f64.sqrt())?);
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
        let (n, about) = weighted_mean(x, weights, |_| true)?;
        differ(x, weights)?;
        let (mean, deviation) = center_and_spread(x, weights, n, about);
        let errors = vec![deviation / n.sqrt(), deviation / (2.0 * n).sqrt()];
        let law = Self::new(mean, deviation)?;
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    #[inline]
    fn standardized(&self, x: f64) -> f64 {
        standardized(x, self.mean, self.standard_deviation)
    }
}

impl Continuous for Normal {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        let z = self.standardized(x);
        normal_ln_pdf(z, 0.0, 1.0) - self.ln_deviation
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        (self.ln_cdf(x), self.ln_sf(x))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        z * self.standard_deviation + self.mean
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.mean)
    }

    /// Beyond $`10^{308}`$ it overflows to $`+\infty`$.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.standard_deviation * self.standard_deviation)
    }

    /// It overflows to $`+\infty`$ only for standard deviations below $`10^{-308}`$.
    fn pdf(&self, x: f64) -> f64 {
        standard_normal::pdf(self.standardized(x)) / self.standard_deviation
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        normal_cdf(self.standardized(x))
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        normal_cdf(-self.standardized(x))
    }

    fn ln_cdf(&self, x: f64) -> f64 {
        normal_ln_cdf(self.standardized(x))
    }

    fn ln_sf(&self, x: f64) -> f64 {
        normal_ln_cdf(-self.standardized(x))
    }

    /// $`\mu + \sigma z`$ with $`z`$ by the ziggurat of Marsaglia and Tsang. ([`gradus_random::normal`] takes three times as long, and one 64-bit word for
    /// each draw; it has the same bits in every version.)
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        self.mean + self.standard_deviation * z
    }
}

impl StandardizedMoments for Normal {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

impl Mode for Normal {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.mean)
    }
}

/// The log-density of the normal distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = -\frac{(x - \mu)^2}{2 \sigma^2} - \ln \sigma - \tfrac12 \ln 2\pi
/// ```
///
/// where $`\mu`$ is `mean` and $`\sigma`$ `standard_deviation`. For every [`Real`], so it can be
/// differentiated by any of the three. Minus this, for fixed $`\sigma`$, is the squared error up to a
/// factor and a constant.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = -z/\sigma`$, $`\partial_\mu = z/\sigma`$, $`\partial_\sigma = (z^2 - 1)/\sigma`$ | `score_of_a_normal` |
///
/// # Numerics
///
/// Evaluates as it stands; a standard deviation that is not positive gives NaN. [`Normal`]
/// checks the parameters once and survives the overflow of $`x - \mu`$ too.
///
/// # Examples
///
/// ```
/// use gradus_probability::normal_ln_pdf;
///
/// let at_the_mean = normal_ln_pdf(3.0_f64, 3.0, 1.0);
/// assert_eq!(normal_ln_pdf(5.0, 3.0, 1.0), at_the_mean - 2.0); // z = 2
/// ```
///
/// # References
///
/// Bishop (2006), §1.2.4, eq. 1.54.
#[must_use]
pub fn normal_ln_pdf<R: Real>(x: R, mean: R, standard_deviation: R) -> R {
    let half = R::from_f64(0.5);
    let z = (x - mean) / standard_deviation;
    -(half * z * z) - standard_deviation.ln() - R::from_f64(standard_normal::LN_SQRT_2PI)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn hostile_parameters_are_errors() {
        for (mean, deviation) in [
            (0.0, 0.0),
            (0.0, -1.0),
            (0.0, f64::NAN),
            (0.0, f64::INFINITY),
            (f64::INFINITY, 1.0),
            (f64::NAN, 1.0),
        ] {
            let error = Normal::new(mean, deviation);
            assert!(matches!(error, Err(ProbabilityError::Domain { .. })));
        }
    }

    #[test]
    fn limits_and_nan() {
        let n = Normal::new(3.0, 2.0).unwrap();
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!((n.pdf(high), n.ln_pdf(high)), (0.0, low));
        assert_eq!(
            (n.cdf(low), n.cdf(high), n.sf(low), n.sf(high)),
            (0.0, 1.0, 1.0, 0.0)
        );
        assert_eq!((n.ln_cdf(low), n.ln_cdf(high)), (low, 0.0));
        assert_eq!((n.quantile(0.0), n.quantile(1.0)), (low, high));
        assert!(
            [-0.1, 1.1, f64::NAN]
                .iter()
                .all(|&p| n.quantile(p).is_nan())
        );
        let all = [
            n.pdf(f64::NAN),
            n.ln_pdf(f64::NAN),
            n.cdf(f64::NAN),
            n.ln_sf(f64::NAN),
        ];
        assert!(all.iter().all(|y| y.is_nan()));
    }

    #[test]
    fn huge_parameters() {
        let n = Normal::new(-1e308, 1e308).unwrap();
        assert_eq!(n.cdf(1e308), normal_cdf(2.0)); // x − μ overflows
        assert_eq!(n.quantile(0.5), -1e308);
        let narrow = Normal::new(0.0, 5e-324).unwrap();
        assert_eq!(
            (narrow.cdf(-1.0), narrow.cdf(0.0), narrow.cdf(1.0)),
            (0.0, 0.5, 1.0)
        );
        assert!(narrow.ln_pdf(0.0).is_finite());
    }

    #[test]
    fn the_median_is_exact() {
        let quantile = |p| Normal::STANDARD.quantile(p);
        assert_eq!(quantile(0.5).to_bits(), 0);
        // √(2π) · 2⁻⁵³: the neighbor of ½ has a quantile with all its digits
        let next = quantile(0.5 + f64::EPSILON / 2.0);
        assert!((next / (2.0 * PI).sqrt() / f64::EPSILON - 0.5).abs() <= f64::EPSILON);
    }

    #[test]
    fn percentage_points_of_any_table() {
        for (p, z) in [
            (0.025, -1.959_963_984_540_054),
            (0.001, -3.090_232_306_167_813_5),
            (0.75, 0.674_489_750_196_081_7),
        ] {
            let error = (Normal::STANDARD.quantile(p) - z).abs();
            assert!(error <= 2.0 * f64::EPSILON * z.abs(), "{p}");
        }
    }

    #[test]
    fn the_largest_density_is_known() {
        let n = Normal::new(7.0, 2.0).unwrap();
        assert!((n.pdf(7.0) * 2.0 * (2.0 * PI).sqrt() - 1.0).abs() <= f64::EPSILON);
    }

    #[test]
    fn the_same_generator_gives_the_same_draws() {
        let draws = || {
            let mut rng = gradus_random::Key::new(5).rng();
            [(); 10].map(|()| Normal::STANDARD.sample(&mut rng))
        };
        assert_eq!(draws(), draws());
    }
}
