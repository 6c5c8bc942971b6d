//! Adafactor.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adafactor::ScaleByFactoredRms;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::parameter_rms::ScaleByParameterRms;
use gradus_numeric::Float;

/// Adafactor: Adam's second moment in the memory of a row and a column, and steps in units of the parameters.
///
/// ```math
/// \theta \leftarrow \theta - \rho(t) \max\bigl(10^{-3}, \mathrm{RMS}(\theta)\bigr)\, u \quad \text{tensor by tensor}
/// ```
///
/// where $`u`$ is the update of [`ScaleByFactoredRms`] and $`\rho`$ is `rate`, the relative step; the paper's is
/// $`\min(10^{-2}, 1 / \sqrt t)`$. [`ScaleByParameterRms`] makes it relative, [`ScaleByLearningRate`] goes downhill.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | squares of rank one are kept exactly | `factored_squares_of_rank_one_are_exact` |
/// | the root mean square of a step is at most $`\rho`$ times the parameters' | `adafactor_steps_are_bounded` |
///
/// # Errors
///
/// As [`sgd`](crate::sgd).
///
/// # Examples
///
/// ```
/// use gradus_optim::adafactor;
///
/// assert_eq!(adafactor::<f32>(1e-2)?.names(), ["0.row", "0.column"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// N. Shazeer and M. Stern, *Adafactor: adaptive learning rates with sublinear memory cost* (2018), algorithm 6,
/// <https://arxiv.org/abs/1804.04235>.
pub fn adafactor<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    let relative = ScaleByParameterRms { smallest: 1e-3 };
    chain(vec![
        Link::coarse(ScaleByFactoredRms::default()),
        Link::new((relative, ScaleByLearningRate::new(rate))),
    ])
}
