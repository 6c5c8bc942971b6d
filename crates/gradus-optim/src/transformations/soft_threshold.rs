//! L1 by a proximal step.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::not_negative;
use crate::core::transformation::{Now, Reach};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use gradus_numeric::Float;

/// Pulls every parameter towards zero, and holds there those that would cross it.
///
/// ```math
/// u = \operatorname{prox}(\theta + g) - \theta, \qquad
/// \operatorname{prox}(x) = \operatorname{sign}(x) \max(\lvert x \rvert - \eta\lambda, 0)
/// ```
///
/// where $`g`$ is the step that the links before it make, $`\eta`$ is `rate` and $`\lambda`$ is `lambda`. It is the last link of a
/// chain. The subgradient of the L1 penalty, [`AddL1Gradient`](crate::AddL1Gradient), makes weights
/// small and hardly ever zero, since they jump across; the proximal step makes them zero exactly. After
/// [`sgd`](crate::sgd()) with the same rate it is the proximal gradient method (ISTA). Behind an adaptive optimizer the
/// threshold is that of the plain rate.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it ends at the lasso's solution, zeros included | `soft_thresholding_solves_the_lasso` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative $`\lambda`$ and rates that [`ScaleByLearningRate`](crate::ScaleByLearningRate)
/// refuses.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, SoftThreshold, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = sgd(0.5)?.before(SoftThreshold::new(2.0, 0.5))?;
/// let mut theta = [3.0, -3.0, 0.5];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[0.0, 0.0, 0.5]]))?;
/// assert_eq!(theta, [2.0, -2.0, 0.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Duchi and Y. Singer, *Efficient online and batch learning using forward backward splitting* (2009), §2.
#[doc(alias = "ISTA")]
#[derive(Debug)]
pub struct SoftThreshold {
    lambda: f64,
    rate: Box<dyn Schedule>,
}

impl SoftThreshold {
    /// The penalty, and the rate of the chain.
    #[must_use]
    pub fn new(lambda: f64, rate: impl Schedule + 'static) -> Self {
        let rate = Box::new(rate);
        Self { lambda, rate }
    }
}

impl<T: Float> Entrywise<T> for SoftThreshold {
    const NUMBERS: &'static [&'static str] = &["threshold"];

    fn check(&self) -> Result<(), OptimError> {
        self.rate.check()?;
        not_negative::<T>("learning rate", self.rate.at(0))?;
        not_negative::<T>("lambda", self.lambda)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (step, value) = (now.step, self.rate.at(now.step - 1)); // steps count from 1
        if !(value >= 0.0 && T::from_f64(value * self.lambda).is_finite()) {
            return Err(OptimError::BadRate { step, value });
        }
        numbers.fill(value * self.lambda);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let (by, zero) = (T::from_f64(at.numbers[0]), T::default());
        #[inline(always)]
        move |g: T, theta: T, _state: &mut [T]| {
            let x = theta + g;
            let down = if x > by { g - by } else { -theta };
            let up = if x < zero - by { g + by } else { down };
            if x > by { down } else { up }
        }
    }

    /// A parameter that is set to zero moves by its size, which is at most the step and the threshold.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        2.0 * (reach.g + numbers[0])
    }
}
