//! The last word of a sentence: downhill by the learning rate.

use crate::error::OptimError;
use crate::layout::Layout;
use crate::scale::multiply;
use crate::schedule::Schedule;
use crate::transformation::{Block, Transformation, Whole};
use gradus_numeric::Float;

/// Multiplies by minus the learning rate: $`u = -\eta(t)\, g`$.
///
/// A rate is a number or any [`Schedule`]. The first step asks for $`\eta(0)`$.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a rate that is negative, infinite or NaN; a step is refused with
/// [`OptimError::BadRate`] where a schedule gives such a number. Zero is fine: nothing moves.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, StepDecay, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(StepDecay { start: 1.0, factor: 0.5, every: 1 })?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = [0.0];
/// for _ in 0..3 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
/// }
/// assert_eq!(theta, [-1.75]); // -(1 + 1/2 + 1/4)
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Debug)]
pub struct ScaleByLearningRate {
    rate: Box<dyn Schedule>,
}

impl ScaleByLearningRate {
    /// Minus `rate`: a number or a schedule.
    #[must_use]
    pub fn new(rate: impl Schedule + 'static) -> Self {
        let rate = Box::new(rate);
        Self { rate }
    }
}

impl<T: Float> Transformation<T> for ScaleByLearningRate {
    fn check(&self) -> Result<(), OptimError> {
        self.rate.check()
    }

    fn scalars(&self, _layout: &Layout) -> usize {
        1
    }

    fn prepare(&self, whole: Whole<'_, T>, scalars: &mut [f64]) -> Result<(), OptimError> {
        let value = self.rate.at(whole.step - 1); // steps count from 1
        if !(value >= 0.0 && value.is_finite()) {
            let step = whole.step;
            return Err(OptimError::BadRate { step, value });
        }
        scalars.fill(-value);
        Ok(())
    }

    fn apply(&self, block: Block<'_, T>) {
        let c = block.scalars.first().copied().unwrap_or(0.0);
        multiply(block.update, T::from_f64(c));
    }
}
