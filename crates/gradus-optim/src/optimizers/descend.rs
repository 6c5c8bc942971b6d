//! Any transformation of the gradient, followed down at a rate.

use crate::core::chain::{Chain, chain};
use crate::core::entrywise::Entrywise;
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use gradus_numeric::Float;

/// The optimizer that goes against a transformed gradient, at a rate.
///
/// ```math
/// \theta \leftarrow \theta - \eta\, u(g)
/// ```
///
/// where $`u`$ is `by` and $`\eta`$ is `rate`, a number or a schedule. Most methods of the literature are one $`u`$:
///
/// | method | `by` |
/// |--------|------|
/// | Adadelta | [`ScaleByAdadelta`](crate::ScaleByAdadelta) |
/// | AMSGrad | [`ScaleByAmsgrad`](crate::ScaleByAmsgrad) |
/// | NAdam | [`ScaleByNadam`](crate::ScaleByNadam) |
/// | RAdam | [`ScaleByRectifiedAdam`](crate::ScaleByRectifiedAdam) |
/// | Adamax | [`ScaleByAdamax`](crate::ScaleByAdamax) |
/// | Yogi | [`ScaleByYogi`](crate::ScaleByYogi) |
/// | AdaBelief | [`ScaleByBelief`](crate::ScaleByBelief) |
/// | Adan | [`ScaleByAdan`](crate::ScaleByAdan) |
/// | signSGD | [`ScaleBySign`](crate::ScaleBySign) |
/// | Rprop | [`ScaleByRprop`](crate::ScaleByRprop), at rate 1 |
///
/// With decoupled decay, as AdamW has it, `by` is a pair: `(ScaleByAmsgrad::default(), AddDecayedWeights::new(0.01))`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | by [`ScaleByAdam`](crate::ScaleByAdam) it is [`adam`](crate::adam), to the bit | `descending_by_adam_is_adam` |
///
/// # Errors
///
/// As [`chain`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddDecayedWeights, ScaleByAmsgrad, ScaleBySign, descend};
///
/// let sign = descend::<f32>(ScaleBySign, 1e-3)?;
/// let decayed = descend::<f32>((ScaleByAmsgrad::default(), AddDecayedWeights::new(0.01)), 1e-3)?;
/// assert_eq!(decayed.names(), ["0.mu", "0.nu", "0.most"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// As the page of the transformation tells.
pub fn descend<T: Float>(
    by: impl Entrywise<T> + 'static,
    rate: impl Schedule + 'static,
) -> Result<Chain<T>, OptimError> {
    chain(vec![Link::new((by, ScaleByLearningRate::new(rate)))])
}
