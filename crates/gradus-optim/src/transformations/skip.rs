//! Steps that are skipped because their gradient is not finite, and counted.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// A step whose gradient or loss is not finite is left out and counted, rather than refused.
///
/// ```math
/// g \text{ or loss not finite} \;\Rightarrow\; \theta, \text{state}, t \text{ stay}, \quad
/// \text{skipped} \leftarrow \text{skipped} + 1
/// ```
///
/// Without it such a step is an error. With it, [`Chain::update`](crate::Chain::update) answers `Ok`, parameters, state
/// vectors and the step counter are as they were to the bit, and two numbers of the state have grown: `skipped`, all
/// such steps so far, and `row`, those since the last good one. More than `in_a_row` of them are an error after all: a
/// training that has diverged does not recover by waiting. Gradients beyond the [ordinary](crate::is_ordinary) count as
/// not finite.
///
/// It passes every gradient on as it is, and may stand anywhere in the chain; in front, by
/// [`Chain::after`](crate::Chain::after), it costs a pass over blocks in the cache.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | skipped steps leave no trace but their number | `skipped_steps_leave_no_trace_but_their_number` |
/// | more than `in_a_row` are refused | `too_many_skipped_steps_in_a_row_are_refused` |
/// | the count is saved with the state | `skipped_steps_are_counted_over_a_restart` |
///
/// # Errors
///
/// A step is refused with the error that it has without this link, once more than `in_a_row` in a row were skipped;
/// [`OptimError::UnsoundNumber`] if a count was restored that is negative.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, SkipNonFinite, adam};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = adam(0.5)?.after(SkipNonFinite { in_a_row: 1 })?;
/// let mut theta = [1.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[f64::NAN]]))?;
/// assert_eq!((theta, state.step()), ([1.0], 0));
/// assert_eq!(state.number("0.skipped")?, 1.0);
/// assert!(optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[f64::INFINITY]])).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// `apply_if_finite` of optax, which after so many steps applies the update anyway; loss scaling in mixed precision
/// skips steps alike: P. Micikevicius et al., *Mixed precision training* (2018), section 3.2,
/// <https://arxiv.org/abs/1710.03740>.
#[doc(alias = "apply_if_finite")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkipNonFinite {
    /// How many steps in a row may be skipped.
    pub in_a_row: u64,
}

impl<T: Float> Entrywise<T> for SkipNonFinite {
    const NUMBERS: &'static [&'static str] = &["skipped", "row"];

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (name, value) = ("skipped", now.before[0]);
        if value < 0.0 {
            let step = now.step;
            return Err(OptimError::UnsoundNumber { step, name, value });
        }
        numbers.copy_from_slice(&[value, 0.0]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        #[inline(always)]
        |g: T, _theta: T, _state: &mut [T]| g
    }

    fn skips(&self, numbers: &mut [f64]) -> bool {
        let [skipped, row] = numbers else {
            return false;
        };
        *skipped += 1.0;
        *row += 1.0;
        *row <= self.in_a_row as f64
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g
    }
}
