//! LARS.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::scale_by_factor::ScaleByFactor;
use crate::transformations::trace::{Look, Trace};
use crate::transformations::trust_ratio::ScaleByTrustRatio;
use crate::transformations::weight_decay::AddDecayedWeights;
use gradus_numeric::Float;

/// LARS: momentum whose step is, in every tensor, a part of the tensor's length.
///
/// ```math
/// v \leftarrow \mu v - \eta\, \frac{\kappa \lVert \theta \rVert}{\lVert g + \lambda \theta \rVert} (g + \lambda \theta), \qquad
/// \theta \leftarrow \theta + v \quad \text{tensor by tensor}
/// ```
///
/// where $`\eta`$ is `rate`, $`\lambda`$ is `decay`, $`\mu`$ is `momentum` and $`\kappa`$ is `trust`, 0.001 in the paper. The
/// first optimizer that trained ResNet-50 in batches of 32 000; [`lamb`](crate::lamb) is the same idea for Adam. It is
/// [`AddDecayedWeights`], [`ScaleByTrustRatio`], [`ScaleByFactor`], [`ScaleByLearningRate`], then [`Trace`]: the rate
/// stands before the momentum, so a change of rate does not stretch old steps.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first step changes every tensor by $`\eta \kappa`$ of its length | `the_first_lars_step_is_relative` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative rate or trust, a decay that is not finite and $`\mu \notin [0, 1)`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::lars;
///
/// assert_eq!(lars::<f32>(1.0, 1e-4, 0.9, 1e-3)?.names(), ["2.velocity"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// Y. You, I. Gitman and B. Ginsburg, *Large batch training of convolutional networks* (2017), algorithm 1,
/// <https://arxiv.org/abs/1708.03888>; the norm is that of $`g + \lambda\theta`$ as in optax, where the paper has the sum of both norms.
#[doc(alias = "LARS")]
pub fn lars<T: Float>(
    rate: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
    momentum: f64,
    trust: f64,
) -> Result<Chain<T>, OptimError> {
    let velocity = Trace {
        decay: momentum,
        look: Look::Here,
    };
    chain(vec![
        Link::new(decay.into()),
        Link::new((ScaleByTrustRatio, ScaleByFactor { factor: trust })),
        Link::new((ScaleByLearningRate::new(rate), velocity)),
    ])
}
