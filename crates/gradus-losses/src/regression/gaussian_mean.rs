//! The negative log-likelihood of a normal distribution whose variance is known.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use crate::regression::gaussian::LN_2_PI;
use gradus_numeric::Float;

/// The negative log-likelihood of a normal distribution of known variance from its mean, summed over the outputs, in nats.
///
/// ```math
/// \ell(\mu, y) = \frac{1}{2} \sum_{k=1}^{m} \Bigl( \frac{(\mu_k - y_k)^2}{\sigma^2} + \ln (2 \pi \sigma^2) \Bigr), \qquad
/// \frac{\partial \ell}{\partial \mu_k} = \frac{\mu_k - y_k}{\sigma^2}
/// ```
///
/// where $`\mu`$ is the prediction, $`y`$ the target and $`\sigma^2`$ the `variance`, such as that of a measuring device. It has the
/// minimum of the squared error; what the variance changes is how much the errors weigh beside another loss, or beside a prior
/// (a regularizer), and that the value can be compared with other likelihoods. A variance that the network predicts is
/// [`Gaussian`](crate::Gaussian).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`Gaussian`](crate::Gaussian) where $`s = \ln \sigma^2`$ | `a_known_variance_is_a_predicted_one` |
/// | at $`\sigma^2 = \tfrac12`$ it is the squared error and a constant | `a_variance_of_one_half_is_the_squared_error` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// The error is divided by $`\sigma`$ before it is squared: the square overflows no sooner than the loss.
///
/// # Errors
///
/// [`LossError::NotPositive`] for a variance that is not positive and finite, [`LossError::LabelsForValues`],
/// [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{GaussianMean, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[3.0]);
/// let target = Target::Values(MatrixRef::from_column(&[1.0]));
/// let loss = GaussianMean { variance: 4.0 }; // one standard deviation off
/// let value = loss.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - 0.5 * (1.0 + (8.0 * std::f64::consts::PI).ln())).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equation (1.62).
#[doc(alias = "GaussianNLLLoss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianMean {
    /// $`\sigma^2 > 0`$.
    pub variance: f64,
}

/// The variance 1.
impl Default for GaussianMean {
    fn default() -> Self {
        Self { variance: 1.0 }
    }
}

impl Pointwise for GaussianMean {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::positive("variance", self.variance)?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, mean: f64, y: f64) -> f64 {
        let z = (mean - y) / self.variance.sqrt();
        0.5 * (z * z + (LN_2_PI + self.variance.ln()))
    }

    #[inline(always)]
    fn slope(&self, mean: f64, y: f64) -> f64 {
        (mean - y) / self.variance
    }
}

#[cfg(test)]
mod tests {
    use super::{GaussianMean, LN_2_PI};
    use crate::kernel::pointwise::Pointwise;

    #[test]
    fn by_hand() {
        let loss = GaussianMean { variance: 0.25 }; // two standard deviations off
        assert_eq!(loss.loss(1.0, 2.0), 0.5 * (4.0 + (LN_2_PI + 0.25_f64.ln())));
        assert_eq!(loss.slope(1.0, 2.0), -4.0);
        // half of the square of 1e300 over 1e200 is a number, the square of 1e300 is none
        assert_eq!(
            GaussianMean { variance: 1e300 }.loss(1e160, 0.0) / 5e19,
            1.0
        );
    }
}
