//! A rate that rises before another schedule begins.

use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that rises in a straight line to where another schedule starts, and then follows it.
///
/// ```math
/// \eta(t) = \begin{cases}
/// \eta_0 + (s(0) - \eta_0)\, t / n & t < n \\
/// s(t - n) & t \ge n
/// \end{cases}
/// ```
///
/// where $`\eta_0`$ is `start`, $`n`$ `steps` and $`s`$ `then`. Adam's averages are poor in the first steps; small
/// rates keep those steps from doing harm. With `start: 0.0` the very first step moves nothing.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it never falls | `a_warm_up_is_monotone` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative `start` and what `then` refuses. `steps: 0` is `then` alone.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Schedule, WarmUp};
///
/// let rate = WarmUp { start: 0.0, steps: 4, then: 0.5 };
/// assert_eq!([rate.at(0), rate.at(1), rate.at(4), rate.at(99)], [0.0, 0.125, 0.5, 0.5]);
/// ```
///
/// # References
///
/// P. Goyal et al., *Accurate, large minibatch SGD: training `ImageNet` in 1 hour* (2017), section 2.2,
/// <https://arxiv.org/abs/1706.02677>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarmUp<S> {
    /// The rate of the first step.
    pub start: f64,
    /// How long it rises.
    pub steps: u64,
    /// What follows.
    pub then: S,
}

impl<S: Schedule> Schedule for WarmUp<S> {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        self.then.check()
    }

    fn at(&self, step: u64) -> f64 {
        if step >= self.steps {
            return self.then.at(step - self.steps);
        }
        let share = step as f64 / self.steps as f64;
        self.start * (1.0 - share) + self.then.at(0) * share
    }
}
