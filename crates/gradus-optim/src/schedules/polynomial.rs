//! A rate that falls as a power of the time that is left.

use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

/// A rate that falls from `start` to `end` as a power of the time that is left, and stays there.
///
/// ```math
/// \eta(t) = \eta_1 + (\eta_0 - \eta_1) \Bigl(1 - \frac{t}{n}\Bigr)^p, \quad t \le n
/// ```
///
/// where $`\eta_0`$ is `start`, $`\eta_1`$ is `end`, $`p`$ is `power` and $`n`$ is `steps`. $`p = 1`$ is a straight line, the
/// usual end of the training of language models.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | `start` at 0, `end` from $`n`$ on, monotone between | `falling_schedules_fall_from_start_to_end` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses negative rates and powers. With `steps: 0` the rate is `end` from the start.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Polynomial, Schedule};
///
/// let line = Polynomial { start: 1.0, end: 0.0, power: 1.0, steps: 4 };
/// assert_eq!([0, 1, 2, 3, 4, 5].map(|t| line.at(t)), [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]);
/// ```
///
/// # References
///
/// `polynomial_schedule` of optax and `PolynomialLR` of PyTorch.
#[doc(alias = "linear decay")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Polynomial {
    /// The rate of the first step.
    pub start: f64,
    /// The rate after `steps` steps and ever after.
    pub end: f64,
    /// The exponent; 1 for a straight line.
    pub power: f64,
    /// How long it falls.
    pub steps: u64,
}

impl Schedule for Polynomial {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        not_negative::<f64>("end", self.end)?;
        not_negative::<f64>("power", self.power)
    }

    fn at(&self, step: u64) -> f64 {
        if step >= self.steps {
            return self.end;
        }
        let left = (1.0 - step as f64 / self.steps as f64).powf(self.power);
        self.start * left + self.end * (1.0 - left)
    }
}
