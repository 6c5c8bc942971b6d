//! Reduce on plateau: the one schedule with a memory.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach};
use crate::error::{OptimError, below_one};
use gradus_numeric::Float;

/// Multiplies by a factor that shrinks whenever the loss has not improved for a while.
///
/// The mean loss of `window` steps is one observation. Its memory is four numbers of the state, so a
/// run resumes to the bit, and a refused step leaves them as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByPlateau {
    /// What the factor is multiplied by.
    pub shrink: f64,
    /// Observations without improvement that are borne.
    pub patience: u64,
    /// Steps whose mean loss is one observation.
    pub window: u64,
}

impl<T: Float> Entrywise<T> for ScaleByPlateau {
    const NUMBERS: &'static [&'static str] = &["factor", "best", "waited", "sum"];

    fn check(&self) -> Result<(), OptimError> {
        if self.window == 0 {
            return Err(OptimError::NoSteps { name: "window" });
        }
        below_one("shrink", self.shrink)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let [mut factor, mut best, mut waited, mut sum] = match *now.before {
            [_, _, _, _] if now.step == 1 => [1.0, f64::INFINITY, 0.0, 0.0],
            [factor, best, waited, sum] => [factor, best, waited, sum],
            _ => return Ok(()),
        };
        sum += now.loss.ok_or(OptimError::NoLoss)?;
        if now.step % self.window == 0 {
            let mean = sum / self.window as f64;
            waited = if mean < best { 0.0 } else { waited + 1.0 };
            best = best.min(mean);
            sum = 0.0;
            if waited > self.patience as f64 {
                (factor, waited) = (factor * self.shrink, 0.0);
            }
        }
        numbers.copy_from_slice(&[factor, best, waited, sum]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let factor = T::from_f64(at.numbers[0]);
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * factor
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g
    }
}
