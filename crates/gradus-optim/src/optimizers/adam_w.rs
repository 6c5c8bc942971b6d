//! Adam with decoupled weight decay.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adam::ScaleByAdam;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::scale_by_factor::ScaleByFactor;
use crate::transformations::weight_decay::AddDecayedWeights;
use gradus_numeric::Float;

/// Adam with decoupled weight decay: every weight also shrinks by $`1 - \eta\lambda`$ a step.
///
/// ```math
/// \theta \leftarrow \theta - \eta \left( \frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda \theta \right)
/// ```
///
/// where $`\hat m / (\sqrt{\hat v} + \varepsilon)`$ is the step of [`adam`](crate::adam), $`\eta`$ is `rate` and $`\lambda`$
/// is `decay`. The decay is multiplied by the learning rate, as in PyTorch, optax and Keras;
/// [`adam_w_paper`] has the paper's form. A plain number as `decay` shrinks all parameters, biases too, as
/// it does there; [`AddDecayedWeights::only`] picks some.
///
#[doc = include_str!("../../docs/adam_w.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lambda = 0`$ is Adam | `without_decay_adam_w_is_adam` |
/// | without gradient, $`\theta_t = (1 - \eta\lambda)^t \theta_0`$ | `decay_without_gradient_is_geometric` |
/// | the gradient of an L2 penalty in Adam is another thing | `l2_in_adam_is_not_decay` |
///
/// # Errors
///
/// As [`adam`](crate::adam); [`OptimError::Negative`] if $`\lambda < 0`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddDecayedWeights, adam_w, is_weight};
///
/// let all = adam_w::<f32>(1e-3, 0.01)?;
/// let without_biases = adam_w::<f32>(1e-3, AddDecayedWeights::new(0.01).only(is_weight))?;
/// assert_eq!(all.names(), without_biases.names());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *Decoupled weight decay regularization* (2019), algorithm 2,
/// <https://arxiv.org/abs/1711.05101>.
pub fn adam_w<T: Float>(
    rate: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    let adam = (ScaleByAdam::default(), decay.into());
    chain(vec![Link::new((adam, ScaleByLearningRate::new(rate)))])
}

/// Adam with the decay of the paper, where the base rate $`\alpha`$ does not multiply it.
///
/// ```math
/// \theta \leftarrow \theta - \eta_t \left( \alpha \frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda \theta \right)
/// ```
///
/// where $`\alpha`$ is `alpha`, $`\lambda`$ is `decay` and $`\eta_t`$ is `multiplier`: 1, or a schedule that starts at 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without gradient, $`\theta_t = (1 - \eta_t\lambda) \theta_{t-1}`$ | `decay_without_gradient_is_geometric` |
///
/// # Errors
///
/// As [`adam_w`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Cosine, adam_w_paper};
///
/// let multiplier = Cosine { start: 1.0, end: 0.0, steps: 1_000 };
/// assert!(adam_w_paper::<f32>(1e-3, multiplier, 1e-5).is_ok());
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *Decoupled weight decay regularization* (2019), algorithm 2, line 12,
/// <https://arxiv.org/abs/1711.05101>.
pub fn adam_w_paper<T: Float>(
    alpha: f64,
    multiplier: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    not_negative::<T>("alpha", alpha)?;
    let adam = (ScaleByAdam::default(), ScaleByFactor { factor: alpha });
    let decayed = (adam, decay.into());
    chain(vec![Link::new((
        decayed,
        ScaleByLearningRate::new(multiplier),
    ))])
}
