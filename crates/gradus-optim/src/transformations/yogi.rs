//! Yogi: Adam whose mean square moves by steps of bounded size.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, not_negative, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{correction, flush};
use crate::transformations::sign::sign;
use gradus_numeric::Float;

/// Adam with an additive average of squares.
///
/// ```math
/// m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad v \leftarrow v - (1 - \beta_2) \operatorname{sign}(v - g^2)\, g^2, \qquad
/// u = \frac{\hat m}{\sqrt{\hat v} + \varepsilon}
/// ```
///
/// Where gradients become small, Adam's $`v`$ falls by a factor a step, and its steps grow fast; Yogi's falls by
/// $`(1 - \beta_2)\, g^2`$ at most. It begins at `initial`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert v_{t+1} - v_t \rvert \le (1 - \beta_2)\, g^2`$, $`v \ge 0`$ | `yogis_square_moves_slowly` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, an $`\varepsilon`$ that is not positive and a negative `initial`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByYogi, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let settings = ScaleByYogi { beta2: 0.75, initial: 4.0, ..ScaleByYogi::default() };
/// let optimizer = descend(settings, 0.5)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
/// assert_eq!(state.vector("0.nu")?, [3.75]); // 4 − 1/4
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// M. Zaheer et al., *Adaptive methods for nonconvex optimization* (2018), algorithm 2; with the corrections and defaults of
/// optax.
#[doc(alias = "Yogi")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByYogi {
    /// How much of the average gradient survives a step, in $`[0, 1)`$.
    pub beta1: f64,
    /// One minus how much of a square moves $`v`$, in $`[0, 1)`$.
    pub beta2: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
    /// Both averages before the first step.
    pub initial: f64,
}

/// $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$, $`\varepsilon = 10^{-3}`$, `initial` $`= 10^{-6}`$: the paper and optax.
impl Default for ScaleByYogi {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-3,
            initial: 1e-6,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByYogi {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::not_negative("nu")];
    const NUMBERS: &'static [&'static str] = &["of_m", "of_v"];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        not_negative::<T>("initial", self.initial)?;
        positive::<T>("epsilon", self.epsilon)
    }

    fn start(&self, _theta: T, state: &mut [T]) {
        state.fill(T::from_f64(self.initial));
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers[0] = 1.0 / correction(self.beta1, now.step);
        numbers[1] = 1.0 / correction(self.beta2, now.step);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [of_m, of_v, epsilon] = [at.numbers[0], at.numbers[1], self.epsilon].map(T::from_f64);
        let [decay, gain] = [self.beta1, 1.0 - self.beta1].map(T::from_f64);
        let move_by = T::from_f64(1.0 - self.beta2);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, v] = state else { return g };
            let square = g * g;
            *m = flush(decay * *m + gain * g);
            *v = flush(*v - move_by * sign(*v - square) * square);
            of_m * *m / ((of_v * *v).sqrt() + epsilon)
        }
    }

    /// The average of gradients over ε; no theorem bounds it by the average of squares, which may have fallen.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            2.0 * numbers[0] * reach.g.max(self.initial) / self.epsilon
        } else {
            f64::INFINITY
        }
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [m, v] = state else { return true };
        let squares = reach.g.max(self.initial.sqrt());
        m.to_f64().abs() <= 2.0 * reach.g.max(self.initial) && v.to_f64().sqrt() <= 2.0 * squares
    }
}
