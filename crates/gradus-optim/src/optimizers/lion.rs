//! Lion.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::lion::ScaleByLion;
use crate::transformations::weight_decay::AddDecayedWeights;
use gradus_numeric::Float;

/// Lion: steps of one length for all parameters, in the direction of an interpolated momentum.
///
/// ```math
/// \theta \leftarrow \theta - \eta \bigl( \operatorname{sign}(\beta_1 m + (1 - \beta_1)\, g) + \lambda\theta \bigr), \qquad
/// m \leftarrow \beta_2 m + (1 - \beta_2)\, g
/// ```
///
/// where $`g`$ is the gradient, $`m`$ the momentum, zero at first, $`\eta`$ is `rate`, $`\lambda`$ is `decay`,
/// $`\beta_1 = 0.9`$ and $`\beta_2 = 0.99`$. It is [`ScaleByLion`], [`AddDecayedWeights`], then [`ScaleByLearningRate`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every update is $`-\eta`$, 0 or $`\eta`$ if $`\lambda = 0`$ | `lion_steps_are_signs` |
/// | $`g \to 2^k g`$ changes no bit | `lion_ignores_the_scale` |
///
/// # Errors
///
/// As [`adam_w`](crate::adam_w).
///
/// # Examples
///
/// ```
/// use gradus_optim::lion;
///
/// assert_eq!(lion::<f32>(1e-4, 1.0)?.names(), ["0.mu"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// X. Chen et al., *Symbolic discovery of optimization algorithms* (2023), program 1, <https://arxiv.org/abs/2302.06675>.
pub fn lion<T: Float>(
    rate: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    let lion = (ScaleByLion::default(), decay.into());
    chain(vec![Link::new((lion, ScaleByLearningRate::new(rate)))])
}
