//! A rate that goes up and down in straight lines.

use crate::core::settings::{at_least_one, not_negative};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that goes up and down in straight lines, again and again.
///
/// ```math
/// \eta(t) = \eta_0 + (\eta_1 - \eta_0) \left( 1 - \Bigl\lvert \frac{t \bmod 2 n}{n} - 1 \Bigr\rvert \right)
/// ```
///
/// where $`\eta_0`$ is `low`, $`\eta_1`$ is `high` and $`n`$ is `half`, half of a period. One period over a short run shows
/// which rates train at all; afterwards it is a schedule that needs no fine choice.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | period $`2 n`$, symmetric about its middle, between the two rates | `triangles_are_periodic_and_symmetric` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses negative rates and `half: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Schedule, Triangular};
///
/// let rate = Triangular { low: 0.0, high: 1.0, half: 2 };
/// assert_eq!([0, 1, 2, 3, 4, 5].map(|t| rate.at(t)), [0.0, 0.5, 1.0, 0.5, 0.0, 0.5]);
/// ```
///
/// # References
///
/// L. N. Smith, *Cyclical learning rates for training neural networks* (2017), section 3.1,
/// <https://arxiv.org/abs/1506.01186>.
#[doc(alias = "cyclical learning rate")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    /// The rate of the first step.
    pub low: f64,
    /// The rate after `half` steps.
    pub high: f64,
    /// Half of a period.
    pub half: u64,
}

impl Schedule for Triangular {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("low", self.low)?;
        not_negative::<f64>("high", self.high)?;
        at_least_one("half", self.half)
    }

    fn at(&self, step: u64) -> f64 {
        let half = self.half.max(1);
        let (along, turns) = (step % half, step / half);
        let share = along as f64 / half as f64;
        let share = if turns.is_multiple_of(2) {
            share
        } else {
            1.0 - share
        };
        self.low * (1.0 - share) + self.high * share
    }
}
