//! A bound on every entry.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::clipped;
use crate::core::settings::positive;
use crate::core::transformation::Reach;
use crate::error::OptimError;
use gradus_numeric::Float;

/// Pulls every entry into $`[-c, c]`$.
///
/// ```math
/// u_i = \max(-c, \min(g_i, c))
/// ```
///
/// where $`c`$ is `limit`. Unlike [`ClipByGlobalNorm`](crate::ClipByGlobalNorm) it bends the direction.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every entry is at most $`c`$, smaller ones keep their bits | `clipping_by_value_bounds_each_entry` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a limit that is not finite and greater than 0.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByValue, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = sgd(1.0)?.after(ClipByValue { limit: 2.0 })?;
/// let mut theta = [0.0; 3];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[5.0, -1.0, -7.0]]))?;
/// assert_eq!(theta, [-2.0, 1.0, 2.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClipByValue {
    /// The largest absolute value that passes.
    pub limit: f64,
}

impl<T: Float> Entrywise<T> for ClipByValue {
    fn check(&self) -> Result<(), OptimError> {
        positive::<T>("limit", self.limit)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let c = T::from_f64(self.limit);
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| {
            let below = if g < c { g } else { c };
            if below > -c { below } else { -c }
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        clipped::<T>(reach.g, self.limit)
    }
}
