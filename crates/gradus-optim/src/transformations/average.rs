//! Averages of the parameters, to evaluate with.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::below_one;
use crate::core::toward::toward;
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::correction;
use gradus_numeric::Float;

/// Keeps an exponential average of the parameters to evaluate with; training does not notice.
///
/// ```math
/// a \leftarrow a + \frac{1 - \beta}{1 - \beta^t}\,(\theta + g - a), \qquad u = g, \qquad \text{evaluated: } a
/// ```
///
/// where $`\beta`$ is `beta`, $`a`$ the state vector `average`, $`\theta + g`$ the parameters after the step and $`t`$ the
/// number of steps. The first share is 1 and the later ones fall to $`1 - \beta`$, so that $`a`$ is at any time the
/// average with its start corrected, $`m / (1 - \beta^t)`$ for $`m \leftarrow \beta m + (1 - \beta)(\theta + g)`$ from 0. The parameters of a stochastic run circle around a minimum; their average lies
/// nearer to it. It is the last link of a chain; [`Chain::evaluate`](crate::Chain::evaluate) reads the average.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the parameters are those without it, to the bit | `an_average_does_not_disturb` |
/// | it is the weighted mean $`\sum_k (1 - \beta) \beta^{t - k} \theta_k / (1 - \beta^t)`$ | `an_average_is_the_weighted_mean` |
/// | the average of parameters that stand still is what they are, exactly | `an_average_of_a_constant_is_that_constant` |
///
/// # Numerics
///
/// Weights that are rounded do not sum to 1: in single precision the usual $`\beta a + (1 - \beta) x`$ with
/// $`\beta = 0.9999`$ answers 1.7 · 10⁻⁴ too little. A step towards $`x`$ has no such weights; a
/// distance below half a unit in the last place over $`1 - \beta`$, there 6 · 10⁻⁴, is not followed, since the step is rounded
/// away. PyTorch's averaged models start from the first parameters instead of correcting the start.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Average, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(1.0)?.before(Average { beta: 0.5 })?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for g in [-3.0, -3.0] {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
/// }
/// let mut average = [0.0];
/// optimizer.evaluate(&state, &theta, &mut average)?;
/// assert_eq!((theta, average), ([6.0], [5.0])); // (3 · 1/4 + 6 · 1/2) / (3/4)
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// B. T. Polyak and A. B. Juditsky, *Acceleration of stochastic approximation by averaging* (1992),
/// <https://doi.org/10.1137/0330046>; exponential weights as in D. P. Kingma and J. Ba, *Adam* (2015), section 7.2.
#[doc(alias = "EMA")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// How much of the average survives a step, in $`[0, 1)`$.
    pub beta: f64,
}

impl<T: Float> Entrywise<T> for Average {
    const VECTORS: &'static [Vector] = &[Vector::signed("average")];
    const NUMBERS: &'static [&'static str] = &["share"];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta", self.beta)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let share = (1.0 - self.beta) / correction(self.beta, now.step);
        numbers.fill(if now.step == 1 { 1.0 } else { share }); // exactly
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let share = T::from_f64(at.numbers[0]);
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
