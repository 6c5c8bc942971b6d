//! The link that goes downhill, by the learning rate.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::not_negative;
use crate::core::transformation::{Now, Reach};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use gradus_numeric::Float;

/// Multiplies by minus the learning rate: $`u = -\eta(t)\, g`$.
///
/// ```math
/// u_i = -\eta(t) \, g_i
/// ```
///
/// where $`\eta`$ is a number or any [`Schedule`] and $`t`$ the number of steps already made: the first step asks for
/// $`\eta(0)`$. The state keeps the numbers `rate`, of the step just made, and `peak`, the largest one so far.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on $`\tfrac{1}{2} x^\top A x`$ it is the power $`(I - \eta A)^k`$ | `gradient_descent_is_a_matrix_power` |
///
/// # Numerics
///
/// A rate that falls below the smallest number of the parameters' type is zero there: nothing moves.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a first rate that is negative, infinite or NaN, or that the number type of the
/// parameters rounds to zero or infinity. A step is refused with [`OptimError::BadRate`] where a schedule gives such a
/// number later. Zero is fine: nothing moves.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, StepDecay, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(StepDecay { start: 1.0, factor: 0.5, every: 1 })?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
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

impl<T: Float> Entrywise<T> for ScaleByLearningRate {
    const NUMBERS: &'static [&'static str] = &["rate", "peak"];

    fn check(&self) -> Result<(), OptimError> {
        self.rate.check()?;
        not_negative::<T>("learning rate", self.rate.at(0))
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (step, value) = (now.step, self.rate.at(now.step - 1)); // steps count from 1
        if !(value >= 0.0 && T::from_f64(value).is_finite()) {
            return Err(OptimError::BadRate { step, value });
        }
        // What later links remember was made by earlier rates, which may have been larger.
        let peak = now.before.get(1).map_or(value, |peak| peak.max(value));
        numbers.copy_from_slice(&[value, peak]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let c = T::from_f64(-at.numbers[0]);
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * c
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        numbers[1] * reach.g
    }
}
