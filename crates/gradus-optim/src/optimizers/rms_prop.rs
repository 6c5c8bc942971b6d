//! `RMSprop`.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::rms::{RootEpsilon, ScaleByRms};
use gradus_numeric::Float;

/// `RMSprop`: the gradient over its root mean square of recent steps.
///
/// ```math
/// v \leftarrow \beta v + (1 - \beta)\, g^2, \qquad \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt{v} + \varepsilon}
/// ```
///
/// where $`g`$ is the gradient, $`v`$ the average of its squares, zero at first, $`\beta`$ is `beta`, $`\eta`$ is `rate` and
/// $`\varepsilon = 10^{-8}`$, PyTorch's form; for $`\sqrt{v + \varepsilon}`$ take [`RootEpsilon::Inside`]. It is [`ScaleByRms`], then [`ScaleByLearningRate`]. [`adam`](crate::adam) adds momentum and
/// the correction for the start at zero.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert u \rvert \le \eta / \sqrt{1 - \beta}`$ | `rms_steps_are_bounded` |
/// | it is Adam with $`\beta_1 = 0`$ and without correction | `rms_is_adam_without_momentum` |
///
/// # Errors
///
/// As [`sgd`](crate::sgd); [`OptimError::OutsideUnitInterval`] if $`\beta \notin [0, 1)`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::rms_prop;
///
/// assert_eq!(rms_prop::<f32>(1e-3, 0.99)?.names(), ["0.nu"]);
/// assert!(rms_prop::<f32>(1e-3, 1.0).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// T. Tieleman and G. Hinton, *Neural networks for machine learning*, lecture 6.5 (2012),
/// <https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf>.
pub fn rms_prop<T: Float>(
    rate: impl Schedule + 'static,
    beta: f64,
) -> Result<Chain<T>, OptimError> {
    let rms = ScaleByRms {
        beta,
        epsilon: RootEpsilon::Outside(1e-8),
    };
    chain(vec![Link::new((rms, ScaleByLearningRate::new(rate)))])
}
