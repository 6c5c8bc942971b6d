//! Stochastic weight averaging.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::at_least_one;
use crate::core::toward::toward;
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Keeps the arithmetic mean of the parameters of some steps to evaluate with; training does not notice.
///
/// ```math
/// a \leftarrow a + \frac{\theta + g - a}{k} \quad \text{at the } k\text{-th of the steps } s, s + c, s + 2c, \dots
/// ```
///
/// where $`s`$ is `start`, $`c`$ is `every` and $`a`$ the state vector `mean`. With a rate that stays high, or that comes back to
/// a high value at the end of each cycle, a run visits the border of a wide valley; the mean lies inside, and generalizes
/// better. With `start` and `every` 1 it is the average of Polyak and Ruppert. Before `start` the parameters themselves are
/// evaluated. Batch normalization needs its averages computed anew for the mean.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the arithmetic mean | `stochastic_weight_averages_are_means` |
/// | the mean of parameters that stand still is what they are, exactly | `an_average_of_a_constant_is_that_constant` |
/// | the parameters are those without it, to the bit | `stochastic_weight_averages_are_means` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a `start` or an `every` of 0.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, MeanOfSteps, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(1.0)?.before(MeanOfSteps { start: 2, every: 2 })?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..5 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-1.0]]))?;
/// }
/// let mut mean = [0.0];
/// optimizer.evaluate(&state, &theta, &mut mean)?;
/// assert_eq!((theta, mean), ([5.0], [3.0])); // of 2 and 4
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// P. Izmailov et al., *Averaging weights leads to wider optima and better generalization* (2018), algorithm 1,
/// <https://arxiv.org/abs/1803.05407>.
#[doc(alias = "SWA")]
#[doc(alias = "Polyak averaging")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanOfSteps {
    /// The first step that counts, from 1.
    pub start: u64,
    /// How many steps lie between two that count.
    pub every: u64,
}

impl<T: Float> Entrywise<T> for MeanOfSteps {
    const VECTORS: &'static [Vector] = &[Vector::signed("mean")];
    const NUMBERS: &'static [&'static str] = &["counted", "share"];

    fn check(&self) -> Result<(), OptimError> {
        at_least_one("start", self.start)?;
        at_least_one("every", self.every)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let since = now.step.checked_sub(self.start);
        let counted = since.map_or(0, |since| since / self.every + 1) as f64;
        let counts = since.is_some_and(|since| since % self.every == 0);
        let share = if counts { 1.0 / counted } else { 0.0 };
        numbers.copy_from_slice(&[counted, share]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let share = T::from_f64(at.numbers[1]);
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [a] = state else { return g };
            *a = toward(*a, theta + g, share);
            g
        }
    }

    fn evaluate(&self, numbers: &[f64], theta: T, state: &[T]) -> T {
        match state {
            [a] if numbers[0] > 0.0 => *a,
            _ => theta,
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g
    }

    fn bound_of_any_past(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let largest = 2.0 * (reach.theta + reach.g);
        state.iter().all(|a| a.to_f64().abs() <= largest)
    }
}
