//! A rate that falls by the same factor every step.

use crate::core::settings::{at_least_one, not_negative, share};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that falls by the same factor in equal times.
///
/// ```math
/// \eta(t) = \eta_0\, \gamma^{t / n}
/// ```
///
/// where $`\eta_0`$ is `start`, $`\gamma \in [0, 1]`$ is `factor` and $`n`$ is `steps`. It is
/// [`StepDecay`](crate::StepDecay) without the steps.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it meets [`StepDecay`](crate::StepDecay) every $`n`$ steps and lies below it between | `exponential_decay_lies_below_step_decay` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative `start`, a `factor` outside of $`[0, 1]`$ and `steps: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Exponential, Schedule};
///
/// let rate = Exponential { start: 0.8, factor: 0.25, steps: 10 };
/// assert_eq!([rate.at(0), rate.at(5), rate.at(10)], [0.8, 0.4, 0.2]);
/// ```
///
/// # References
///
/// `exponential_decay` of optax and `ExponentialLR` of PyTorch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    /// The rate of the first step.
    pub start: f64,
    /// What it is multiplied by in `steps` steps, in $`[0, 1]`$.
    pub factor: f64,
    /// In how many steps.
    pub steps: u64,
}

impl Schedule for Exponential {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        share("factor", self.factor)?;
        at_least_one("steps", self.steps)
    }

    fn at(&self, step: u64) -> f64 {
        let times = step as f64 / self.steps.max(1) as f64;
        self.start * self.factor.powf(times)
    }
}
