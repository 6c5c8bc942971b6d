//! LAMB.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adam::{Epsilon, ScaleByAdam};
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::trust_ratio::ScaleByTrustRatio;
use crate::transformations::weight_decay::AddDecayedWeights;
use gradus_numeric::Float;

/// LAMB: Adam whose step is, in every tensor, as long as the tensor.
///
/// ```math
/// u = \frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda\theta, \qquad
/// \theta \leftarrow \theta - \eta\, \frac{\lVert \theta \rVert}{\lVert u \rVert}\, u \quad \text{tensor by tensor}
/// ```
///
/// where $`\hat m`$ and $`\hat v`$ are the averages of [`adam`](crate::adam), $`\varepsilon = 10^{-6}`$, $`\eta`$ is `rate`
/// and $`\lambda`$ is `decay`. The rate is the relative change of every layer; so batches of 65 536 samples train BERT. It
/// is [`ScaleByAdam`], [`AddDecayedWeights`], [`ScaleByTrustRatio`], then [`ScaleByLearningRate`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every tensor changes by $`\eta`$ times its length | `the_trust_ratio_is_relative` |
///
/// # Errors
///
/// As [`adam_w`](crate::adam_w).
///
/// # Examples
///
/// ```
/// use gradus_optim::lamb;
///
/// assert_eq!(lamb::<f32>(2e-3, 0.01)?.names(), ["0.mu", "0.nu"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// Y. You et al., *Large batch optimization for deep learning: training BERT in 76 minutes* (2020), algorithm 2,
/// <https://arxiv.org/abs/1904.00962>.
pub fn lamb<T: Float>(
    rate: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    let adam = ScaleByAdam {
        epsilon: Epsilon::Corrected(1e-6),
        ..ScaleByAdam::default()
    };
    chain(vec![
        Link::new((adam, decay.into())),
        Link::new((ScaleByTrustRatio, ScaleByLearningRate::new(rate))),
    ])
}
