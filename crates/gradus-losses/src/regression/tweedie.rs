//! Deviances of the Tweedie family: counts, waiting times, and sums of both.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, power_deviance};

/// The deviance of a Tweedie distribution for each sample, summed over its outputs.
///
/// ```math
/// \ell(\mu, y) = 2 \sum_{k=1}^{m} \int_{\mu_k}^{y_k} \frac{y_k - t}{t^p}\, dt, \qquad
/// \frac{\partial \ell}{\partial \mu_k} = \frac{2\, (\mu_k - y_k)}{\mu_k^p}
/// ```
///
/// where $`\mu > 0`$ is the predicted mean of one sample, $`y`$ its target and $`p`$ is `power`: the variance grows as
/// $`\mu^p`$. In closed form, for one output,
///
/// | $`p`$ | distribution | $`\ell`$ | targets |
/// |---|---|---|---|
/// | 1 | Poisson: counts | $`2\,(y \ln (y / \mu) - y + \mu)`$ | $`y \ge 0`$ |
/// | between | sums of gamma variables, a Poisson number of them: rain, claims | $`2 \bigl( \frac{y^{2 - p}}{(1 - p)(2 - p)} - \frac{y \mu^{1 - p}}{1 - p} + \frac{\mu^{2 - p}}{2 - p} \bigr)`$ | $`y \ge 0`$ |
/// | 2 | gamma: waiting times | $`2\,(\ln (\mu / y) + y / \mu - 1)`$ | $`y > 0`$ |
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 at the target, never negative | `losses_are_zero_at_the_target_and_never_negative` |
/// | $`\ell(c\mu, c y) = c^{2 - p}\, \ell(\mu, y)`$ | `the_tweedie_deviance_is_homogeneous` |
/// | the best constant is the mean | `the_mean_minimizes_a_deviance` |
/// | near the target $`(\mu - y)^2 / \mu^p`$ with all digits | `the_tweedie_deviance_keeps_its_digits_near_the_target` |
/// | finite for means from 1e-300 to 1e300 | `the_tweedie_deviance_of_extreme_means_is_finite` |
/// | continuous in $`p`$ at 1 and 2 | `the_tweedie_deviance_is_continuous_in_its_power` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// Twice [`power_deviance`]: a difference of powers without cancellation, so the deviance keeps its digits near the target
/// and for powers beside 1 and 2, where the three terms of the closed form have none in common. A power of the mean may overflow alone: neither value
/// nor gradient does unless it is too large itself.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`1 \le p \le 2`$, [`LossError::PredictionOutsideDomain`] for means that are not
/// positive, [`LossError::TargetOutsideDomain`], [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Target, Tweedie, Weights};
///
/// let prediction = MatrixRef::from_column(&[2.0]);
/// let target = Target::Values(MatrixRef::from_column(&[1.0]));
/// let value = |power| Tweedie { power }.value(prediction, target, Weights::Equal, 1.0);
/// assert!((value(1.0)? - 2.0 * (1.0 - 2_f64.ln())).abs() < 1e-15);
/// assert!((value(2.0)? - 2.0 * (2_f64.ln() - 0.5)).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// B. Jørgensen, *Exponential dispersion models*, J. R. Statist. Soc. B 49 (1987), 127–162,
/// <https://doi.org/10.1111/j.2517-6161.1987.tb01685.x>; `mean_tweedie_deviance` of scikit-learn.
#[doc(alias = "gamma deviance")]
#[doc(alias = "Poisson deviance")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tweedie {
    /// $`p`$, from 1 (Poisson) to 2 (gamma).
    pub power: f64,
}

impl Pointwise for Tweedie {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let inside = (1.0..=2.0).contains(&self.power);
        check::inside("power", self.power, inside, "[1, 2]")?;
        let domain = if self.power == 2.0 {
            Domain::Positive
        } else {
            Domain::NotNegative
        };
        check::targets(batch, weights, domain)?;
        check::predictions(batch, weights, Domain::Positive)
    }

    #[inline(always)]
    fn loss(&self, mu: f64, y: f64) -> f64 {
        2.0 * power_deviance(y, mu, self.power)
    }

    #[inline(always)]
    fn slope(&self, mu: f64, y: f64) -> f64 {
        2.0 * ((mu - y) / mu) * mu.powf(1.0 - self.power) // μ^p alone may overflow
    }
}
