//! Warm restarts: a falling rate that begins anew.

use crate::core::settings::at_least_one;
use crate::error::OptimError;
use crate::schedules::cosine::Cosine;
use crate::schedules::schedule::Schedule;

/// Half a cosine that begins anew, each time over a longer stretch: warm restarts.
///
/// ```math
/// \eta(t) = \eta_1 + \tfrac{1}{2} (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi t_i}{n_i}\right), \qquad n_{i+1} = k\, n_i
/// ```
///
/// where $`\eta_0`$ is `start`, $`\eta_1`$ is `end`, $`n_0`$ is `steps`, $`k`$ is `growth` and $`t_i`$ counts the steps since
/// the last restart. Parameters just before a restart lie at the bottom of a valley; the restart looks for another one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | `start` at every restart, [`Cosine`](crate::Cosine) between | `restarts_are_cosines_end_to_end` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses negative rates, `steps: 0` and `growth: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Restarts, Schedule};
///
/// let rate = Restarts { start: 1.0, end: 0.0, steps: 10, growth: 2 };
/// assert_eq!([0, 10, 30, 70].map(|t| rate.at(t)), [1.0; 4]); // stretches of 10, 20 and 40
/// assert!((rate.at(20) - 0.5).abs() < 1e-15);
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *SGDR: stochastic gradient descent with warm restarts* (2017), equation 5,
/// <https://arxiv.org/abs/1608.03983>.
#[doc(alias = "SGDR")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restarts {
    /// The rate of the first step and after every restart.
    pub start: f64,
    /// The rate that every stretch falls to.
    pub end: f64,
    /// How long the first stretch is.
    pub steps: u64,
    /// How many times as long each next stretch is.
    pub growth: u64,
}

impl Schedule for Restarts {
    fn check(&self) -> Result<(), OptimError> {
        self.stretch(self.steps).check()?;
        at_least_one("steps", self.steps)?;
        at_least_one("growth", self.growth)
    }

    fn at(&self, step: u64) -> f64 {
        let (mut since, mut length) = (step, self.steps.max(1));
        if self.growth <= 1 {
            since %= length;
        }
        // At most 64 turns: the length at least doubles.
        while since >= length {
            since -= length;
            length = length.saturating_mul(self.growth);
        }
        self.stretch(length).at(since)
    }
}

impl Restarts {
    const fn stretch(&self, steps: u64) -> Cosine {
        Cosine {
            start: self.start,
            end: self.end,
            steps,
        }
    }
}
