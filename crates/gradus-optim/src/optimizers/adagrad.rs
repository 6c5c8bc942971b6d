//! Adagrad.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adagrad::ScaleByAdagrad;
use crate::transformations::learning_rate::ScaleByLearningRate;
use gradus_numeric::Float;

/// Adagrad: every parameter has its own rate, which falls with the root of its squared gradients.
///
/// ```math
/// s \leftarrow s + g^2, \qquad \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt{s} + \varepsilon}
/// ```
///
/// where $`g`$ is the gradient, $`s`$ the sum of its squares, zero at first, $`\eta`$ is `rate` and
/// $`\varepsilon = 10^{-10}`$, PyTorch's settings. It is [`ScaleByAdagrad`], then [`ScaleByLearningRate`].
///
/// # Derivation
///
/// On one coordinate, descent with rates $`\eta_t`$ and convex losses has a regret of at most
/// $`D^2 / 2 \eta_T + \tfrac{1}{2} \sum_t \eta_t g_t^2`$ over a region of width $`D`$. A constant rate balances the two sums
/// at $`\eta = D / \sqrt{\sum_t g_t^2}`$, which needs the future. Adagrad puts the squares so far in their place, and since
/// $`\sum_t g_t^2 / \sqrt{s_t} \le 2 \sqrt{s_T}`$, loses no more than a constant factor.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a constant gradient gives steps of $`\eta / \sqrt t`$ | `adagrad_falls_as_the_root_of_time` |
/// | regret at most $`\sqrt 2\, D \sqrt{\textstyle\sum_t g_t^2}`$ | `adagrad_meets_its_regret` |
///
/// # Errors
///
/// As [`sgd`](crate::sgd).
///
/// # Examples
///
/// ```
/// use gradus_optim::adagrad;
///
/// assert_eq!(adagrad::<f32>(0.01)?.names(), ["0.sum"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient methods for online learning and stochastic optimization*
/// (2011), figure 1 and theorem 5, <https://jmlr.org/papers/v12/duchi11a.html>.
pub fn adagrad<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    let adagrad = (ScaleByAdagrad::default(), ScaleByLearningRate::new(rate));
    chain(vec![Link::new(adagrad)])
}
