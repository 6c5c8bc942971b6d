//! The negative log-likelihood of counts.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The negative log-likelihood of Poisson counts from log-rates, up to a constant, summed over the outputs of a sample.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} e^{z_k} - y_k z_k, \qquad \frac{\partial \ell}{\partial z_k} = e^{z_k} - y_k
/// ```
///
/// where $`z = \ln \lambda`$ are the logarithms of the expected counts and $`y \ge 0`$ the counts. $`\ln y!`$, which does
/// not depend on the prediction, is left out, as in PyTorch (`log_input=True`, `full=False`). Numbers that are not whole
/// are allowed: rates of rates.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the best constant is the logarithm of the mean | `the_best_rate_is_the_mean` |
/// | up to a constant half of [`Tweedie`](crate::Tweedie) with power 1 at $`\lambda = e^z`$ | `poisson_is_half_a_deviance` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::TargetOutsideDomain`] for negative targets, [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Poisson, Target, Weights};
///
/// let rates = [1_f64.ln(), 2_f64.ln()];
/// let prediction = MatrixRef::from_column(&rates);
/// let target = Target::Values(MatrixRef::from_column(&[3.0, 0.0]));
/// let value = Poisson.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - (1.0 + 2.0)).abs() < 1e-14);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// P. `McCullagh` and J. A. Nelder, *Generalized Linear Models*, 2nd edition (1989), section 6.2.
#[doc(alias = "PoissonNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Poisson;

impl Pointwise for Poisson {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::targets(batch, weights, Domain::NotNegative)
    }

    #[inline(always)]
    fn loss(&self, z: f64, y: f64) -> f64 {
        let gain = if y == 0.0 { 0.0 } else { y * z }; // 0 · ∞ = 0: no counts are no surprise at rate 0
        z.exp() - gain
    }

    #[inline(always)]
    fn slope(&self, z: f64, y: f64) -> f64 {
        z.exp() - y
    }
}
