//! A rate that falls as one over the root of the time.

use crate::core::settings::{at_least_one, not_negative};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that falls as one over the root of the time.
///
/// ```math
/// \eta(t) = \frac{\eta_0}{\sqrt{1 + t / n}}
/// ```
///
/// where $`\eta_0`$ is `start` and $`n`$ is `steps`: after $`3 n`$ steps it is one half. It needs no horizon, and is the
/// best rate of stochastic gradient descent on convex functions up to a constant. Behind [`WarmUp`](crate::WarmUp) of
/// $`n`$ steps it is the schedule of the transformer, with $`t`$ counted from the end of the warm-up.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\eta(t)^2 (1 + t / n) = \eta_0^2`$ | `inverse_roots_times_roots_are_constant` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative `start` and `steps: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{InverseRoot, Schedule};
///
/// let rate = InverseRoot { start: 0.5, steps: 100 };
/// assert_eq!([rate.at(0), rate.at(300)], [0.5, 0.25]);
/// ```
///
/// # References
///
/// A. Vaswani et al., *Attention is all you need* (2017), equation 3, <https://arxiv.org/abs/1706.03762>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InverseRoot {
    /// The rate of the first step.
    pub start: f64,
    /// The unit of time.
    pub steps: u64,
}

impl Schedule for InverseRoot {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        at_least_one("steps", self.steps)
    }

    fn at(&self, step: u64) -> f64 {
        self.start / (1.0 + step as f64 / self.steps.max(1) as f64).sqrt()
    }
}
