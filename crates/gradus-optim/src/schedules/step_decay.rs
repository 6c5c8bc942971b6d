//! A rate that falls in steps.

use crate::core::settings::{at_least_one, not_negative, share};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that is multiplied by a factor every so many steps.
///
/// ```math
/// \eta(t) = \eta_0 \, \gamma^{\lfloor t / n \rfloor}
/// ```
///
/// where $`\eta_0`$ is `start`, $`\gamma`$ `factor` and $`n`$ `every`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\eta(t) = \eta_0`$ for $`t < n`$, and it never rises | `schedules_meet_their_endpoints` |
/// | halving is exact | `step_decay_of_a_half_is_exact` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative `start`, a `factor` outside of $`[0, 1]`$ and `every: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Schedule, StepDecay};
///
/// let rate = StepDecay { start: 0.8, factor: 0.5, every: 10 };
/// assert_eq!([rate.at(0), rate.at(9), rate.at(10), rate.at(35)], [0.8, 0.8, 0.4, 0.1]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepDecay {
    /// The rate of the first steps.
    pub start: f64,
    /// What it is multiplied by, in $`[0, 1]`$.
    pub factor: f64,
    /// After how many steps.
    pub every: u64,
}

impl Schedule for StepDecay {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        share("factor", self.factor)?;
        at_least_one("every", self.every)
    }

    fn at(&self, step: u64) -> f64 {
        let times = step.checked_div(self.every).unwrap_or(0);
        self.start * self.factor.powf(times as f64)
    }
}
