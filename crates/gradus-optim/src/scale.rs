//! A constant factor.

use crate::error::OptimError;
use crate::transformation::{Block, Transformation};
use gradus_numeric::{Float, vectorized};

/// Multiplies by a constant: $`u = c\, g`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`-1`$ in front of a sentence climbs instead of descending | `maximizing_is_minimizing_the_negative` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a factor that is not finite.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, Scale, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let climb = sgd(0.5)?.after(Scale { factor: -1.0 })?;
/// let mut state = climb.init(&layout);
/// let mut theta = [1.0];
/// climb.update(&mut state, &mut theta, Gradient::sum_of(&[&[4.0]]))?;
/// assert_eq!(theta, [3.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The factor.
    pub factor: f64,
}

impl<T: Float> Transformation<T> for Scale {
    fn check(&self) -> Result<(), OptimError> {
        if self.factor.is_finite() {
            Ok(())
        } else {
            let (name, value) = ("factor", self.factor);
            Err(OptimError::NotFinite { name, value })
        }
    }

    fn apply(&self, block: Block<'_, T>) {
        multiply(block.update, T::from_f64(self.factor));
    }
}

/// $`u \leftarrow c\, u`$.
pub(crate) fn multiply<T: Float>(update: &mut [T], c: T) {
    vectorized(
        #[inline(always)]
        move || {
            for u in update {
                *u = *u * c;
            }
        },
    );
}
