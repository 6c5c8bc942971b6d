//! A constant factor.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::finite;
use crate::core::transformation::Reach;
use crate::error::OptimError;
use gradus_numeric::Float;

/// Multiplies by a constant.
///
/// ```math
/// u_i = c \, g_i
/// ```
///
/// where $`c`$ is `factor`. In front of a chain it scales the loss: $`-1`$ turns the minimizer of $`f`$ into its
/// maximizer.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`-1`$ in front of a chain climbs instead of descending | `maximizing_is_minimizing_the_negative` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a factor that is not finite, or that the number type of the parameters rounds to
/// zero or to infinity.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByFactor, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let climb = sgd(0.5)?.after(ScaleByFactor { factor: -1.0 })?;
/// let mut theta = [1.0];
/// let mut state = climb.init(&layout, &theta)?;
/// climb.update(&mut state, &mut theta, Gradient::sum_of(&[&[4.0]]))?;
/// assert_eq!(theta, [3.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByFactor {
    /// The factor.
    pub factor: f64,
}

impl<T: Float> Entrywise<T> for ScaleByFactor {
    fn check(&self) -> Result<(), OptimError> {
        finite::<T>("factor", self.factor)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let c = T::from_f64(self.factor);
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * c
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        self.factor.abs() * reach.g
    }
}
