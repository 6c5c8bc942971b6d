//! Adamax: Adam with the largest gradient in place of the mean square.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{correction, flush};
use gradus_numeric::Float;

/// Divides a moving average of the gradient by its largest size, which fades.
///
/// ```math
/// m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad n \leftarrow \max(\beta_2 n, \lvert g \rvert + \varepsilon), \qquad
/// u = \frac{m}{(1 - \beta_1^t)\, n}
/// ```
///
/// where $`n`$ is the state vector `norm`: the limit $`p \to \infty`$ of Adam with $`p`$-th powers in place of squares. It needs no
/// correction.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert u \rvert \le (1 - \beta_1) / ((1 - \beta_1^t)(1 - \beta_1 / \beta_2))`$ | `adamax_steps_are_bounded` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$ and an $`\varepsilon`$ that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByAdamax, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = descend(ScaleByAdamax::default(), 0.5)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-7.0]]))?;
/// assert!((theta[0] - 0.5).abs() < 1e-8);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization* (2015), algorithm 2; $`\varepsilon`$ as in PyTorch and
/// optax, <https://arxiv.org/abs/1412.6980>.
#[doc(alias = "Adamax")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByAdamax {
    /// How much of the average gradient survives a step, in $`[0, 1)`$.
    pub beta1: f64,
    /// How much of the largest gradient survives a step, in $`[0, 1)`$.
    pub beta2: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
}

/// $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$, $`\varepsilon = 10^{-8}`$: the paper, PyTorch, optax.
impl Default for ScaleByAdamax {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByAdamax {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::not_negative("norm")];
    const NUMBERS: &'static [&'static str] = &["correction"];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        positive::<T>("epsilon", self.epsilon)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill(correction(self.beta1, now.step));
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta1, gain, beta2] = [self.beta1, 1.0 - self.beta1, self.beta2].map(T::from_f64);
        let [epsilon, corrected] = [self.epsilon, at.numbers[0]].map(T::from_f64);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, n] = state else { return g };
            *m = flush(beta1 * *m + gain * g);
            let (faded, now) = (beta2 * *n, g.abs() + epsilon);
            *n = if faded > now { faded } else { now };
            *m / corrected / *n
        }
    }

    /// $`n \ge \beta_2^k \lvert g_{t-k} \rvert`$, so the quotient is a geometric series.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        let by_epsilon = reach.g / self.epsilon;
        let series = (1.0 - self.beta1) / (1.0 - self.beta1 / self.beta2.max(f64::MIN_POSITIVE));
        let ratio = if self.beta1 < self.beta2 {
            series.min(by_epsilon)
        } else {
            by_epsilon
        };
        2.0 * ratio / numbers[0]
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [m, n] = state else { return true };
        let (m, n) = (m.to_f64().abs(), n.to_f64());
        let ratio = Entrywise::<T>::bound(self, reach, &[1.0]);
        m <= 2.0 * reach.g && n <= 2.0 * (reach.g + self.epsilon) && m <= ratio * n
    }
}
