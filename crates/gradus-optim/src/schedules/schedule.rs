//! Learning rates that change from step to step.

use crate::error::OptimError;
use std::fmt::Debug;

/// A learning rate as a pure function of the number of steps already made.
///
/// A plain number is a constant schedule. Since a schedule has no memory, a run can stop and go on
/// anywhere.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | finite and not negative at every step up to $`2^{64}`$, once checked | `schedules_are_finite_for_ever` |
/// | the value at the ends and beyond | `schedules_meet_their_endpoints` |
/// | a warm-up never falls | `a_warm_up_is_monotone` |
/// | half a cosine is symmetric about its middle | `cosine_is_symmetric_about_its_middle` |
///
/// # Examples
///
/// ```
/// use gradus_optim::{OptimError, Schedule};
///
/// /// Robbins and Monro's rate, which falls as 1/t.
/// #[derive(Debug)]
/// struct Harmonic(f64);
/// impl Schedule for Harmonic {
///     fn check(&self) -> Result<(), OptimError> {
///         self.0.check()
///     }
///     fn at(&self, step: u64) -> f64 {
///         self.0 / (step + 1) as f64
///     }
/// }
/// assert_eq!(Harmonic(0.5).at(4), 0.1);
/// assert_eq!(0.25.at(1_000), 0.25);
/// ```
pub trait Schedule: Debug + Send + Sync {
    /// Whether the settings make sense; asked once, by [`chain`](crate::chain).
    ///
    /// # Errors
    ///
    /// The variant of [`OptimError`] that names the setting.
    fn check(&self) -> Result<(), OptimError>;

    /// The rate after `step` steps: the first step of all asks for `at(0)`.
    fn at(&self, step: u64) -> f64;
}
