//! What is believed of mean and variance of a normal distribution.

use super::conjugate::ConjugatePrior;
use crate::contract::continuous::Continuous;
use crate::error::{ProbabilityError, finite, finite_positive};
use crate::families::continuous::inverse_gamma::InverseGamma;
use crate::families::continuous::student_t::StudentT;

/// The conjugate prior of mean and variance of normal observations.
///
/// ```math
/// \sigma^2 \sim \operatorname{InverseGamma}(a, b), \qquad \mu \mid \sigma^2 \sim N(m, \sigma^2 / \kappa)
/// ```
///
/// where $`m`$ is `location`, and $`\kappa > 0`$ the number of observations that it is worth, `weight`; $`a`$ is `shape` and $`b`$ `scale`
/// of the variance. An observation x gives
///
/// ```math
/// \kappa' = \kappa + 1, \qquad m' = m + \frac{x - m}{\kappa + 1}, \qquad a' = a + \tfrac12, \qquad
/// b' = b + \tfrac12 \frac{\kappa}{\kappa + 1} (x - m)^2
/// ```
///
/// Welford's recursion for mean and variance. The next observation is Student's t: the normal distribution with a variance that is not known.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | prior × likelihood = posterior × evidence | `conjugate_posteriors_are_prior_times_likelihood` |
/// | the order does not matter | `the_order_of_observations_does_not_matter` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{ConjugatePrior, NormalInverseGamma};
///
/// let vague = NormalInverseGamma::new(0.0, 1.0, 2.0, 1.0)?;
/// let after = vague.updated(2.0)?;
/// assert_eq!((after.location(), after.weight(), after.shape(), after.scale()), (1.0, 2.0, 2.5, 2.0));
/// assert_eq!(vague.predictive()?.freedom(), 4.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), §3.3; K. P. Murphy, *Conjugate Bayesian analysis of the Gaussian
/// distribution* (2007), §6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalInverseGamma {
    location: f64,
    weight: f64,
    shape: f64,
    scale: f64,
}

impl NormalInverseGamma {
    /// The prior with these four numbers.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless all are finite, and all but the location positive.
    pub fn new(
        location: f64,
        weight: f64,
        shape: f64,
        scale: f64,
    ) -> Result<Self, ProbabilityError> {
        finite("location", location)?;
        finite_positive("weight", weight)?;
        finite_positive("shape", shape)?;
        finite_positive("scale", scale)?;
        Ok(Self {
            location,
            weight,
            shape,
            scale,
        })
    }

    /// $`m`$.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// $`\kappa`$.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// $`a`$.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// $`b`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// What is believed of the variance.
    ///
    /// # Errors
    ///
    /// None in practice: shape and scale were checked.
    pub fn variance(&self) -> Result<InverseGamma, ProbabilityError> {
        InverseGamma::new(self.shape, self.scale)
    }

    /// What is believed of the mean: Student's t with 2a degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] if the width overflows or underflows.
    pub fn mean(&self) -> Result<StudentT, ProbabilityError> {
        let width = (self.scale / self.shape / self.weight).sqrt();
        StudentT::new(self.location, width, 2.0 * self.shape)
    }

    /// The most probable pair of mean and variance: $`(m, b / (a + \tfrac32))`$.
    #[must_use]
    #[doc(alias = "MAP")]
    pub fn mode(&self) -> (f64, f64) {
        (self.location, self.scale / (self.shape + 1.5))
    }
}

impl ConjugatePrior for NormalInverseGamma {
    type Observation = f64;
    type Predictive = StudentT;

    fn updated(&self, x: f64) -> Result<Self, ProbabilityError> {
        let error = ProbabilityError::InvalidObservation { index: 0, value: x };
        let (distance, weight) = (x - self.location, self.weight + 1.0);
        if !distance.is_finite() {
            return Err(error);
        }
        let square = distance * (self.weight / weight) * distance;
        if !square.is_finite() {
            return Err(error); // its square overflows
        }
        Self::new(
            self.location + distance / weight,
            weight,
            self.shape + 0.5,
            self.scale + 0.5 * square,
        )
    }

    fn predictive(&self) -> Result<StudentT, ProbabilityError> {
        let width = (self.scale / self.shape * (1.0 + 1.0 / self.weight)).sqrt();
        StudentT::new(self.location, width, 2.0 * self.shape)
    }

    fn ln_predictive(&self, x: f64) -> Result<f64, ProbabilityError> {
        Ok(self.predictive()?.ln_pdf(x))
    }
}
