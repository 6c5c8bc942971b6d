//! One schedule and then another one.

use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// One schedule for some steps, and then another one from its own beginning.
///
/// ```math
/// \eta(t) = \begin{cases} f(t) & t < n \\ s(t - n) & t \ge n \end{cases}
/// ```
///
/// where $`f`$ is `first`, $`n`$ is `steps` and $`s`$ is `then`. Rates that are constant piece by piece are switches of
/// numbers; a warm-up, a plateau and a fall are a switch behind [`WarmUp`](crate::WarmUp).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first one before, the second one from its beginning after | `a_switch_is_one_schedule_and_then_the_other` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses what either of the two refuses.
///
/// # Examples
///
/// Warm-up, stable, decay:
///
/// ```
/// use gradus_optim::{Polynomial, Schedule, Switch, WarmUp};
///
/// let fall = Polynomial { start: 1.0, end: 0.0, power: 1.0, steps: 10 };
/// let stable = Switch { first: 1.0, steps: 80, then: fall };
/// let rate = WarmUp { start: 0.0, steps: 10, then: stable };
/// assert_eq!([0, 5, 10, 89, 95, 100].map(|t| rate.at(t)), [0.0, 0.5, 1.0, 1.0, 0.5, 0.0]);
/// ```
///
/// # References
///
/// `join_schedules` of optax; warm-up, stable, decay: S. Hu et al., *`MiniCPM`* (2024), section 4,
/// <https://arxiv.org/abs/2404.06395>.
#[doc(alias = "piecewise constant")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Switch<F, S> {
    /// What comes first.
    pub first: F,
    /// For how many steps.
    pub steps: u64,
    /// What follows.
    pub then: S,
}

impl<F: Schedule, S: Schedule> Schedule for Switch<F, S> {
    fn check(&self) -> Result<(), OptimError> {
        self.first.check()?;
        self.then.check()
    }

    fn at(&self, step: u64) -> f64 {
        match step.checked_sub(self.steps) {
            Some(after) => self.then.at(after),
            None => self.first.at(step),
        }
    }
}
