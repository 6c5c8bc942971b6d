//! Schedule-free learning: an average in place of a falling rate.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Trains at a point between the iterate and its average, and evaluates at the average.
///
/// ```math
/// z \leftarrow z + g, \qquad x \leftarrow \Bigl(1 - \frac{1}{t}\Bigr) x + \frac{1}{t} z, \qquad
/// \theta \leftarrow (1 - \beta) z + \beta x
/// ```
///
/// where $`\beta`$ is `beta`, $`t`$ counts the steps from 1 and $`z`$ is the state vector `z`, which begins at the
/// parameters. The mean $`x`$ of all iterates is what a falling rate approximates, without a horizon to be known in
/// advance. $`x`$ takes no memory: it is $`z + (\theta - z) / \beta`$, and is what
/// [`Chain::evaluate`](crate::Chain::evaluate) answers. It is the last link of a chain, after a constant learning rate.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | what is evaluated is the mean of all $`z`$ | `schedule_free_evaluates_the_mean_of_its_iterates` |
/// | parameters that stand still are their mean, exactly | `an_average_of_a_constant_is_that_constant` |
///
/// # Numerics
///
/// Put in for $`x`$, the update is $`(z - \theta) / t + (1 - 1 / t)(1 - \beta)\, g`$ with the new $`z`$: no division by
/// $`\beta`$, and exactly 0 where $`z = \theta`$ and $`g = 0`$. If all parameters stay below $`M`$, then
/// $`|x| \le M / (1 - \beta)`$ and $`|z| \le M / (1 - \beta)^2`$: substitute $`z = (\theta - \beta x) / (1 - \beta)`$ in
/// the recursion of $`x`$ and use induction.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin (0, 1)`$, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScheduleFree, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(1.0)?.before(ScheduleFree { beta: 0.5 })?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..2 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-2.0]]))?;
/// }
/// let mut x = [0.0];
/// optimizer.evaluate(&state, &theta, &mut x)?;
/// assert_eq!(state.vector("1.z")?, [4.0]);
/// assert_eq!((x, theta), ([3.0], [3.5])); // the mean of 2 and 4, and half way to 4
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// A. Defazio et al., *The road less scheduled* (2024), equations 3 to 5, <https://arxiv.org/abs/2405.15682>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduleFree {
    /// $`\beta`$, between 0 and 1; 0.9 in the paper.
    pub beta: f64,
}

impl<T: Float> Entrywise<T> for ScheduleFree {
    const VECTORS: &'static [Vector] = &[Vector::signed("z")];
    const NUMBERS: &'static [&'static str] = &["share"];

    fn check(&self) -> Result<(), OptimError> {
        positive::<T>("beta", self.beta)?;
        below_one::<T>("beta", self.beta)
    }

    fn start(&self, theta: T, state: &mut [T]) {
        state.fill(theta);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill(1.0 / now.step as f64);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let share = at.numbers[0];
        let [share, rest] = [share, (1.0 - share) * (1.0 - self.beta)].map(T::from_f64);
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [z] = state else { return g };
            *z += g;
            share * (*z - theta) + rest * g
        }
    }

    fn evaluate(&self, _numbers: &[f64], theta: T, state: &[T]) -> T {
        match state {
            [z] => *z + (theta - *z) / T::from_f64(self.beta),
            _ => theta,
        }
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        numbers[0] * (largest_z(self.beta, reach) + reach.theta) + 2.0 * reach.g
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let largest = largest_z(self.beta, reach);
        state.iter().all(|z| z.to_f64().abs() <= largest)
    }
}

/// $`M / (1 - \beta)^2`$, and a factor 2 for rounding.
fn largest_z(beta: f64, reach: Reach) -> f64 {
    2.0 * reach.theta / (1.0 - beta).powi(2)
}
