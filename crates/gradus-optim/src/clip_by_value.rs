//! A bound on every entry.

use crate::error::{OptimError, positive};
use crate::transformation::{Block, Transformation};
use gradus_numeric::{Float, vectorized};

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
/// use gradus_numeric::Shape;
/// use gradus_optim::{ClipByValue, Gradient, Layout, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = sgd(1.0)?.after(ClipByValue { limit: 2.0 })?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = [0.0; 3];
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[5.0, -1.0, -7.0]]))?;
/// assert_eq!(theta, [-2.0, 1.0, 2.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClipByValue {
    /// The greatest absolute value that passes.
    pub limit: f64,
}

impl<T: Float> Transformation<T> for ClipByValue {
    fn check(&self) -> Result<(), OptimError> {
        positive("limit", self.limit)
    }

    fn apply(&self, block: Block<'_, T>) {
        let c = T::from_f64(self.limit);
        vectorized(
            #[inline(always)]
            move || {
                for u in block.update {
                    let below = if *u < c { *u } else { c };
                    *u = if below > -c { below } else { -c };
                }
            },
        );
    }
}
