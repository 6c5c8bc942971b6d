//! A rate that falls along half a cosine.

use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use std::f64::consts::PI;

/// A rate that falls from `start` to `end` along half a wave of the cosine, and stays there.
///
/// ```math
/// \eta(t) = \eta_1 + \tfrac{1}{2} (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi t}{n}\right), \quad t \le n
/// ```
///
/// where $`\eta_0`$ is `start`, $`\eta_1`$ `end` and $`n`$ `steps`. Long at high rates, long at low ones, fast in
/// between.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | half a cosine is symmetric about its middle | `cosine_is_symmetric_about_its_middle` |
/// | it is the textbook form above | `cosine_is_the_textbook_form` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses negative rates. With `steps: 0` the rate is `end` from the start.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Cosine, Schedule};
///
/// let rate = Cosine { start: 1.0, end: 0.0, steps: 100 };
/// assert_eq!([rate.at(0), rate.at(100), rate.at(10_000)], [1.0, 0.0, 0.0]);
/// assert!((rate.at(50) - 0.5).abs() < 1e-15);
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *SGDR: stochastic gradient descent with warm restarts* (2017), equation
/// 5, <https://arxiv.org/abs/1608.03983>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    /// The rate of the first step.
    pub start: f64,
    /// The rate after `steps` steps and ever after.
    pub end: f64,
    /// How long it falls.
    pub steps: u64,
}

impl Schedule for Cosine {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("start", self.start)?;
        not_negative::<f64>("end", self.end)
    }

    fn at(&self, step: u64) -> f64 {
        if step >= self.steps {
            return self.end;
        }
        // ½(1 + cos 2x) = cos² x and ½(1 - cos 2x) = sin² x: no digits are lost near either end.
        let x = PI / 2.0 * (step as f64 / self.steps as f64);
        let (sin, cos) = x.sin_cos();
        let rate = self.start * (cos * cos) + self.end * (sin * sin);
        rate.min(self.start.max(self.end)) // cos² + sin² may be rounded up
    }
}
