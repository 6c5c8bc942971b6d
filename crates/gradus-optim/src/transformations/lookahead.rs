//! Lookahead: k steps forward, one step back.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Every `every` steps the parameters go back to a slow copy that has come a part of the way.
///
/// ```math
/// \phi \leftarrow \phi + \alpha (\theta + g - \phi), \qquad u = \phi - \theta \qquad \text{if } k \mid t
/// ```
///
/// The last word of a sentence. $`\phi`$ begins at the parameters themselves.
///
/// # References
///
/// M. R. Zhang et al., *Lookahead optimizer: k steps forward, 1 step back* (2019), algorithm 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lookahead {
    /// $`k`$.
    pub every: u64,
    /// $`\alpha`$.
    pub alpha: f64,
}

impl<T: Float> Entrywise<T> for Lookahead {
    const VECTORS: &'static [&'static str] = &["slow"];
    const NUMBERS: &'static [&'static str] = &["back"];

    fn check(&self) -> Result<(), OptimError> {
        if self.every == 0 {
            return Err(OptimError::NoSteps { name: "every" });
        }
        Ok(())
    }

    fn start(&self, theta: T, state: &mut [T]) {
        state.fill(theta);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill(if now.step % self.every == 0 {
            self.alpha
        } else {
            0.0
        });
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let alpha = T::from_f64(at.numbers[0]);
        let back = at.numbers[0] > 0.0;
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [slow] = state else { return g };
            let next = *slow + alpha * (theta + g - *slow);
            *slow = if back { next } else { *slow };
            if back { next - theta } else { g }
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * (reach.theta + reach.g)
    }
}
