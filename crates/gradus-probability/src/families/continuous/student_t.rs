//! The bell with heavy tails.

use super::chi_squared::FEWEST_TO_DRAW;
use super::closed_form::ln_1p_square;
use super::digamma_gap::ln_minus_digamma;
use super::student_t_nearly_normal::NearlyNormal;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::{ProbabilityError, finite, finite_positive};
use gradus_numeric::{Real, beta_pq, beta_pq_inverse, ln_beta, ln_beta_pq};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use rand_distr::Distribution;
use std::f64::consts::LN_2;

/// Student's t distribution: a bell whose width is itself uncertain.
///
/// ```math
/// p(x) = \frac{1}{\sigma \sqrt\nu \, \mathrm{B}(\tfrac12, \tfrac\nu2)}
///        \left( 1 + \frac{t^2}{\nu} \right)^{-\frac{\nu + 1}{2}}, \qquad t = \frac{x - \mu}{\sigma}
/// ```
///
/// where $`\mu`$ is `location`, $`\sigma > 0`$ `scale` and $`\nu > 0`$ `freedom`, the degrees of freedom. The mean of normal
/// data, divided by its estimated standard error; the predictive law of a normal one whose variance is unknown. Its
/// tails fall as $`\lvert t \rvert^{-\nu - 1}`$: an outlier pulls little. $`\nu = 1`$ is the Cauchy law, $`\nu \to \infty`$ the normal one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_are_slopes_of_distribution_functions` |
/// | $`F(\mu - t) = 1 - F(\mu + t)`$, to the bit | `student_is_symmetric` |
/// | $`\nu \ge 1000`$: the tail is half of that of a beta law, as for any other $`\nu`$ | `student_of_many_degrees_is_its_beta_tail` |
/// | $`\nu = 1`$: $`F(t) = \tfrac12 + \tfrac1\pi \arctan t`$ | `student_with_one_degree_is_cauchy` |
/// | draws (Kolmogorov–Smirnov) | `draws_follow_the_tails` |
///
/// # Numerics
///
/// One tail is $`\tfrac12 I_x(\tfrac\nu2, \tfrac12)`$ with $`x = \nu / (\nu + t^2)`$ and $`1 - x = t^2 / (\nu + t^2)`$, each computed as such; near the middle, from 1000 degrees of freedom on, it is a
/// normal tail and what that lacks. Where
/// $`t^2`$ overflows the leading term of the tail is exact to the last digit. For $`\nu < 10^{-2}`$ or so, most quantiles are
/// beyond the numbers: $`\pm\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, StudentT};
///
/// let t = StudentT::new(0.0, 1.0, 9.0)?; // the mean of ten
/// assert!((t.quantile(0.975) - 2.262_157_162_798_2).abs() < 1e-12);
/// assert!(StudentT::new(0.0, 1.0, 1.0)?.mean().is_err());
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §5.3.2; NIST *Digital Library of Mathematical
/// Functions*, §8.17, <https://dlmf.nist.gov/8.17>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    location: f64,
    scale: f64,
    freedom: f64,
    ln_beta: f64,                               // ln B(½, ν/2)
    nearly_normal: Option<NearlyNormal>,        // none for few degrees of freedom
    sampler: Option<rand_distr::StudentT<f64>>, // none for so few degrees of freedom that a draw underflows
}

impl StudentT {
    /// The bell around `location`, `scale` wide, with `freedom` degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless all are finite, and scale and freedom positive.
    pub fn new(location: f64, scale: f64, freedom: f64) -> Result<Self, ProbabilityError> {
        finite_positive("scale", scale)?;
        finite_positive("freedom", freedom)?;
        finite("location", location)?;
        let sampler = (freedom >= FEWEST_TO_DRAW).then(|| rand_distr::StudentT::new(freedom).ok());
        Ok(Self {
            location,
            scale,
            freedom,
            ln_beta: ln_beta(0.5, 0.5 * freedom),
            nearly_normal: NearlyNormal::new(freedom),
            sampler: sampler.flatten(),
        })
    }

    /// $`\mu`$: median and mode too.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// $`\sigma`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// $`\nu`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        self.freedom
    }

    /// The differential entropy in nats.
    ///
    /// ```math
    /// \tfrac{\nu + 1}{2} \left( \psi(\tfrac{\nu + 1}{2}) - \psi(\tfrac\nu2) \right) + \ln \left( \sigma \sqrt\nu \, \mathrm{B}(\tfrac12, \tfrac\nu2) \right)
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let a = 0.5 * self.freedom;
        let gaps = ln_minus_digamma(a) - ln_minus_digamma(a + 0.5);
        (a + 0.5) * ((0.5 / a).ln_1p() + gaps) + self.ln_width()
    }

    /// $`\ln(\sigma \sqrt\nu \, \mathrm{B}(\tfrac12, \tfrac\nu2))`$.
    fn ln_width(&self) -> f64 {
        self.scale.ln() + 0.5 * self.freedom.ln() + self.ln_beta
    }

    /// $`t / \sqrt\nu`$.
    fn slope(&self, x: f64) -> f64 {
        (x - self.location) / self.scale / self.freedom.sqrt()
    }

    /// $`\ln(\lvert t \rvert / \sqrt\nu)`$, also where the quotient, or the difference in it, overflows.
    fn ln_slope(&self, x: f64) -> f64 {
        let half = (0.5 * x - 0.5 * self.location).abs();
        half.ln() + LN_2 - self.scale.ln() - 0.5 * self.freedom.ln()
    }

    /// The logarithm of the tail far out, $`r^{-\nu} / (\nu \mathrm{B})`$ with $`r = \lvert t \rvert / \sqrt\nu`$.
    fn ln_far_tail(&self, x: f64) -> f64 {
        -self.freedom * self.ln_slope(x) - self.freedom.ln() - self.ln_beta
    }

    fn needs(
        &self,
        more_than: f64,
        moment: &'static str,
        needs: &'static str,
    ) -> Result<(), ProbabilityError> {
        if self.freedom > more_than {
            Ok(())
        } else {
            Err(ProbabilityError::NoMoment { moment, needs })
        }
    }
}

impl Continuous for StudentT {
    fn ln_pdf(&self, x: f64) -> f64 {
        let r = self.slope(x);
        let ln = if r.abs() > FAR {
            2.0 * self.ln_slope(x)
        } else {
            ln_1p_square(r)
        };
        -0.5 * (self.freedom + 1.0) * ln - self.ln_width()
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let r = self.slope(x);
        let near = self.nearly_normal.and_then(|normal| normal.tail(r.abs()));
        let (inner, outer) = if let Some(tail) = near {
            (1.0 - tail, tail)
        } else if r.abs() > FAR {
            let tail = self.ln_far_tail(x).exp();
            (1.0 - tail, tail)
        } else {
            let (x, y) = circle(r);
            let (p, q) = beta_pq(0.5 * self.freedom, 0.5, x, y);
            (0.5 + 0.5 * q, 0.5 * p)
        };
        if r < 0.0 {
            (outer, inner)
        } else {
            (inner, outer)
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let r = self.slope(x);
        let ln_outer = if r.abs() > FAR {
            self.ln_far_tail(x)
        } else {
            let (x, y) = circle(r);
            ln_beta_pq(0.5 * self.freedom, 0.5, x, y).0 - LN_2
        };
        let ln_inner = (-ln_outer.exp()).ln_1p();
        if r < 0.0 {
            (ln_outer, ln_inner)
        } else {
            (ln_inner, ln_outer)
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (tail, a) = (p.min(q), 0.5 * self.freedom);
        let (x, y) = beta_pq_inverse(a, 0.5, 2.0 * tail, 1.0 - 2.0 * tail);
        let t = if x > 1.0 / (FAR * FAR) {
            (y / x).sqrt() * self.freedom.sqrt() * self.scale
        } else {
            let ln_r = -(tail.ln() + self.freedom.ln() + self.ln_beta) / self.freedom;
            (ln_r + 0.5 * self.freedom.ln() + self.scale.ln()).exp()
        };
        self.location + if p < q { -t } else { t }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        self.needs(1.0, "mean", "more than 1 degree of freedom")?;
        Ok(self.location)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        self.needs(1.0, "variance", "more than 1 degree of freedom")?;
        if self.freedom <= 2.0 {
            return Ok(f64::INFINITY);
        }
        Ok(self.scale * self.scale * (self.freedom / (self.freedom - 2.0)))
    }

    /// $`z \sqrt{\nu / c}`$ with a normal $`z`$ and a $`\chi^2`$ variable $`c`$; by inversion below $`\nu = 0.1`$, where $`c`$ underflows
    /// long before $`t`$ overflows.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        if let Some(sampler) = &self.sampler {
            return self.location + self.scale * sampler.sample(rng);
        }
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u)
    }
}

impl StandardizedMoments for StudentT {
    /// 0 for more than 3 degrees of freedom; for fewer, both tails diverge.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        self.needs(3.0, SKEWNESS, "more than 3 degrees of freedom")?;
        Ok(0.0)
    }

    /// $`6 / (\nu - 4)`$; infinite for two to four degrees of freedom.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let needs = "more than 2 degrees of freedom";
        of_power_tail(EXCESS_KURTOSIS, needs, self.freedom, [2.0, 4.0], || {
            6.0 / (self.freedom - 4.0)
        })
    }
}

impl Mode for StudentT {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.location)
    }
}

/// The log-density of Student's t distribution, as a function of the draw and all parameters.
///
/// ```math
/// \ln p(x) = -\tfrac{\nu + 1}{2} \ln \left( 1 + \tfrac{t^2}{\nu} \right) - \tfrac12 \ln \nu - \ln \mathrm{B}(\tfrac12, \tfrac\nu2) - \ln \sigma
/// ```
///
/// with $`t = (x - \mu) / \sigma`$. For every [`Real`], so it can be differentiated by any of the four.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = -\tfrac{\nu + 1}{\sigma} \tfrac{t}{\nu + t^2}`$ | `score_of_a_student` |
///
/// # Examples
///
/// ```
/// use gradus_probability::student_t_ln_pdf;
///
/// let cauchy = student_t_ln_pdf(0.0_f64, 0.0, 1.0, 1.0);
/// assert!((cauchy + std::f64::consts::PI.ln()).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`StudentT`].
#[must_use]
pub fn student_t_ln_pdf<R: Real>(x: R, location: R, scale: R, freedom: R) -> R {
    let (half, one) = (R::from_f64(0.5), R::from_f64(1.0));
    let r = (x - location) / scale / freedom.sqrt();
    let width = scale.ln() + half * freedom.ln() + ln_beta(half, half * freedom);
    -half * (freedom + one) * ln_1p_square(r) - width
}

/// $`(1, r^2) / (1 + r^2)`$.
fn circle(r: f64) -> (f64, f64) {
    if r.abs() <= 1.0 {
        let square = r * r;
        (1.0 / (1.0 + square), square / (1.0 + square))
    } else {
        let square = 1.0 / r / r;
        (square / (1.0 + square), 1.0 / (1.0 + square))
    }
}

/// Beyond, $`r^{-2}`$ is not seen beside 1.
const FAR: f64 = 1e100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_that_do_not_exist_are_errors() {
        let t = |freedom| StudentT::new(0.0, 1.0, freedom).unwrap();
        assert!(t(1.0).mean().is_err() && t(1.0).variance().is_err());
        assert_eq!(
            (t(1.5).mean(), t(1.5).variance()),
            (Ok(0.0), Ok(f64::INFINITY))
        );
        assert_eq!(
            (t(4.0).variance(), t(4.0).excess_kurtosis()),
            (Ok(2.0), Ok(f64::INFINITY))
        );
    }

    /// The law of ln |t| is nearly uniform: half of it lies beyond the numbers.
    #[test]
    fn the_last_numbers_are_not_the_end() {
        let t = StudentT::new(0.0, 1.0, 1e-3).unwrap();
        let tail = t.sf(f64::MAX);
        assert!((tail / 0.244_858_078_590_194_68 - 1.0).abs() < 1e-14); // mpmath, 30 digits
        assert!(t.ln_pdf(f64::MAX).is_finite() && t.cdf(-f64::MAX) == tail);
        assert!((t.quantile(t.cdf(-1e300)) / -1e300 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn limits_and_nan() {
        let t = StudentT::new(1.0, 2.0, 0.5).unwrap();
        assert_eq!(t.tails(f64::NEG_INFINITY), (0.0, 1.0));
        assert_eq!(t.tails(f64::INFINITY), (1.0, 0.0));
        assert_eq!(t.ln_tails(f64::INFINITY), (0.0, f64::NEG_INFINITY));
        assert_eq!(
            (t.quantile(0.0), t.quantile(0.5), t.quantile(1.0)),
            (f64::NEG_INFINITY, 1.0, f64::INFINITY)
        );
        assert_eq!(t.ln_pdf(f64::INFINITY), f64::NEG_INFINITY);
        assert!(
            t.cdf(f64::NAN).is_nan() && t.ln_pdf(f64::NAN).is_nan() && t.ln_sf(f64::NAN).is_nan()
        );
    }
}
