//! Reduction on a plateau: the one rate with a memory.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::{at_least_one, below_one};
use crate::core::transformation::{Now, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Multiplies by a factor that shrinks whenever the loss has not improved for a while.
///
/// ```math
/// u = f g, \qquad f \leftarrow \gamma f \quad \text{after more than } p \text{ observations that are not below the best}
/// ```
///
/// where $`\gamma`$ is `shrink`, $`p`$ is `patience`, $`f = 1`$ at first, and an observation is the mean loss of `window`
/// steps. After a reduction the count begins anew. The caller gives the loss by
/// [`Gradient::with_loss`](crate::Gradient::with_loss). The memory is four numbers of the state, so a run resumes to the
/// bit, and a refused step leaves them as they are.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | while the loss falls, nothing shrinks | `a_falling_loss_shrinks_nothing` |
/// | a constant loss shrinks the factor every `patience + 1` observations | `a_constant_loss_shrinks_at_its_pace` |
///
/// # Numerics
///
/// This is PyTorch's `ReduceLROnPlateau` with `threshold = 0`, `cooldown = 0` and no smallest rate.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses `shrink` outside of $`[0, 1)`$ and `window: 0`. A step without a loss is refused with
/// [`OptimError::NoLoss`], one with a loss that is NaN or infinite with [`OptimError::BadLoss`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByPlateau, Shape, sgd};
///
/// let plateau = ScaleByPlateau { shrink: 0.5, patience: 1, window: 1 };
/// let optimizer = sgd(1.0)?.after(plateau)?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for loss in [3.0, 3.0, 3.0] {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]).with_loss(loss))?;
/// }
/// assert_eq!(theta, [-2.5]); // twice not better: the third step is half as long
/// assert_eq!(state.number("0.factor")?, 0.5);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[doc(alias = "ReduceLROnPlateau")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByPlateau {
    /// What the factor is multiplied by.
    pub shrink: f64,
    /// How many observations without improvement are waited for.
    pub patience: u64,
    /// How many steps one observation takes.
    pub window: u64,
}

impl<T: Float> Entrywise<T> for ScaleByPlateau {
    const NUMBERS: &'static [&'static str] = &["factor", "best", "waited", "sum"];

    fn check(&self) -> Result<(), OptimError> {
        at_least_one("window", self.window)?;
        below_one::<T>("shrink", self.shrink)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let step = now.step;
        let (mut factor, mut best, mut waited, mut sum) = match *now.before {
            [factor, best, waited, sum] if step > 1 => (factor, best, waited, sum),
            _ => (1.0, f64::INFINITY, 0.0, 0.0),
        };
        if !(0.0..=1.0).contains(&factor) {
            let (name, value) = ("factor", factor);
            return Err(OptimError::UnsoundNumber { step, name, value });
        }
        let value = now.loss.ok_or(OptimError::NoLoss)?;
        if !value.is_finite() {
            return Err(OptimError::BadLoss { step, value });
        }
        // Summed as means, so that finite losses cannot sum to infinity.
        sum += value / self.window as f64;
        if step.is_multiple_of(self.window) {
            waited = if sum < best { 0.0 } else { waited + 1.0 };
            best = best.min(sum);
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
