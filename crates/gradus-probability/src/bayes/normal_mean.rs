//! What is believed of the mean of a normal distribution whose variance is known.

use super::conjugate::ConjugatePrior;
use crate::contract::continuous::Continuous;
use crate::error::{ProbabilityError, finite_positive};
use crate::families::continuous::normal::Normal;

/// The conjugate prior of the mean of normal observations with a known standard deviation.
///
/// ```math
/// \mu \sim N(m, s^2), \quad x \mid \mu \sim N(\mu, \sigma^2) \quad \Rightarrow \quad
/// \frac{1}{s'^2} = \frac{1}{s^2} + \frac{1}{\sigma^2}, \qquad \frac{m'}{s'^2} = \frac{m}{s^2} + \frac{x}{\sigma^2}
/// ```
///
/// where N(m, s²) is the `mean` and $`\sigma`$ the `noise`. Precisions add, and the new mean lies between the old one and the observation:
/// $`m' = m + K (x - m)`$ with the gain $`K = s^2 / (s^2 + \sigma^2)`$. One step of a Kalman filter.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | precisions add; the mean lies between | `precisions_of_normal_means_add` |
/// | prior × likelihood = posterior × evidence | `conjugate_posteriors_are_prior_times_likelihood` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{ConjugatePrior, Normal, NormalMean};
///
/// let weight = NormalMean::new(Normal::new(70.0, 3.0)?, 4.0)?;
/// let after = weight.updated(75.0)?.mean();
/// assert!((after.location() - 71.8).abs() < 1e-13); // K = 9 / 25
/// assert!((after.standard_deviation() - 2.4).abs() < 1e-15);
/// assert_eq!(weight.predictive()?.standard_deviation(), 5.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), eq. 2.141 and 2.142.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalMean {
    mean: Normal,
    noise: f64,
}

impl NormalMean {
    /// What is believed of the mean, and the standard deviation of each observation.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the noise is finite and positive.
    pub fn new(mean: Normal, noise: f64) -> Result<Self, ProbabilityError> {
        finite_positive("noise", noise)?;
        Ok(Self { mean, noise })
    }

    /// What is believed of $`\mu`$; its location is the most probable mean.
    #[must_use]
    pub fn mean(&self) -> Normal {
        self.mean
    }

    /// $`\sigma`$.
    #[must_use]
    pub fn noise(&self) -> f64 {
        self.noise
    }
}

impl ConjugatePrior for NormalMean {
    type Observation = f64;
    type Predictive = Normal;

    fn updated(&self, x: f64) -> Result<Self, ProbabilityError> {
        if !x.is_finite() {
            return Err(ProbabilityError::InvalidObservation { index: 0, value: x });
        }
        let (m, s) = (self.mean.location(), self.mean.standard_deviation());
        let together = s.hypot(self.noise);
        let gain = (s / together) * (s / together);
        let rest = (self.noise / together) * (self.noise / together);
        // by the one that is not near 1, and not m + K (x − m), whose difference may overflow
        let location = rest * m + gain * x;
        let mean = Normal::new(
            location.clamp(m.min(x), m.max(x)),
            s * (self.noise / together),
        )?;
        Self::new(mean, self.noise)
    }

    fn predictive(&self) -> Result<Normal, ProbabilityError> {
        Normal::new(
            self.mean.location(),
            self.mean.standard_deviation().hypot(self.noise),
        )
    }

    fn ln_predictive(&self, x: f64) -> Result<f64, ProbabilityError> {
        Ok(self.predictive()?.ln_pdf(x))
    }
}
