//! When a method stops.

use crate::core::counted::within;
use crate::error::MinimizeError;

/// When a method stops: whichever criterion is met first.
///
/// | field | the method stops when | reported as |
/// |-------|-----------------------|-------------|
/// | `residual` | what should be zero at a minimum is at most this | [`Stop::Residual`](crate::Stop::Residual) |
/// | `step` | $`\lVert x_{k+1} - x_k \rVert_\infty \le`$ `step` $`\max(1, \lVert x_k \rVert_\infty)`$ | [`Stop::Step`](crate::Stop::Step) |
/// | `decrease` | $`f_k - f_{k+1} \le`$ `decrease` $`\max(1, \lvert f_k \rvert, \lvert f_{k+1} \rvert)`$ | [`Stop::Decrease`](crate::Stop::Decrease) |
/// | `iterations` | so many steps were made | [`Stop::Iterations`](crate::Stop::Iterations) |
/// | `evaluations` | the function was asked so often | [`Stop::Evaluations`](crate::Stop::Evaluations) |
///
/// The page of each method says what its residual is: for smooth functions the largest entry of the gradient. A
/// tolerance of 0 switches `step` and `decrease` off; a step of length 0 always ends the search.
///
/// The default is a residual of $`10^{-8}`$ (about the root of the rounding unit, what remains of the gradient where the
/// value has lost all digits of its decrease), and 10 000 steps or 100 000 evaluations, so that every search ends.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the criterion that is reported holds | `the_reported_criterion_holds` |
///
/// # Examples
///
/// ```
/// use gradus_minimize::Stopping;
///
/// let rough = Stopping { residual: 1e-3, ..Stopping::default() };
/// assert_eq!(rough.iterations, 10_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopping {
    /// Largest residual at which the answer is good enough; at least 0.
    pub residual: f64,
    /// Length of a step that is too short to go on, relative to the point; at least 0, 0 switches it off.
    pub step: f64,
    /// Decrease that is too small to go on, relative to the value; at least 0, 0 switches it off.
    pub decrease: f64,
    /// Most steps.
    pub iterations: usize,
    /// Evaluations after which no further step is begun.
    pub evaluations: usize,
}

impl Default for Stopping {
    fn default() -> Self {
        Self {
            residual: 1e-8,
            step: 0.0,
            decrease: 0.0,
            iterations: 10_000,
            evaluations: 100_000,
        }
    }
}

impl Stopping {
    /// Refuses tolerances that are negative or no numbers.
    pub(crate) fn checked(self) -> Result<Self, MinimizeError> {
        for (name, value) in [
            ("residual", self.residual),
            ("step", self.step),
            ("decrease", self.decrease),
        ] {
            let inside = value >= 0.0 && value.is_finite();
            within(name, value, inside, "finite and at least 0")?;
        }
        Ok(self)
    }
}
