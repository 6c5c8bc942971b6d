//! One cycle: up and down in a single sweep.

use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::cosine::Cosine;
use crate::schedules::schedule::Schedule;

/// One sweep up and down along cosines: the 1cycle policy.
///
/// ```math
/// \eta(t) = \begin{cases}
/// \eta_0 + (\eta_p - \eta_0) \sin^2 \frac{\pi t}{2 r} & t < r \\
/// \eta_1 + (\eta_p - \eta_1) \cos^2 \frac{\pi (t - r)}{2 (n - r)} & r \le t < n \\
/// \eta_1 & t \ge n
/// \end{cases}
/// ```
///
/// where $`\eta_0`$ is `start`, $`\eta_p`$ is `peak`, $`\eta_1`$ is `end`, $`r`$ is `rise` and $`n`$ is `steps`. High rates in the
/// middle regularize, and allow far fewer steps.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it rises up to `rise` and falls after it, between the three rates | `one_cycle_rises_and_falls` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses negative rates.
///
/// # Examples
///
/// ```
/// use gradus_optim::{OneCycle, Schedule};
///
/// let rate = OneCycle { start: 0.04, peak: 1.0, end: 0.0, rise: 30, steps: 100 };
/// assert_eq!([rate.at(0), rate.at(30), rate.at(100)], [0.04, 1.0, 0.0]);
/// ```
///
/// # References
///
/// L. N. Smith and N. Topin, *Super-convergence: very fast training of neural networks using large learning rates* (2018),
/// section 3, <https://arxiv.org/abs/1708.07120>; cosines as in PyTorch's `OneCycleLR`, with `start = peak / 25`,
/// `end = start / 10⁴` and `rise = 0.3 steps` there.
#[doc(alias = "1cycle")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCycle {
    /// The rate of the first step.
    pub start: f64,
    /// The largest rate, after `rise` steps.
    pub peak: f64,
    /// The rate after `steps` steps and ever after.
    pub end: f64,
    /// How long it rises.
    pub rise: u64,
    /// How long it rises and falls together.
    pub steps: u64,
}

impl Schedule for OneCycle {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        not_negative::<f64>("peak", self.peak)?;
        not_negative::<f64>("end", self.end)
    }

    fn at(&self, step: u64) -> f64 {
        let half = |start, end, steps| Cosine { start, end, steps };
        if step < self.rise {
            half(self.start, self.peak, self.rise).at(step)
        } else {
            let fall = self.steps.saturating_sub(self.rise);
            half(self.peak, self.end, fall).at(step - self.rise)
        }
    }
}
