//! AdaBelief: the gradient over its deviation from what was expected.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, not_negative, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{correction, flush};
use gradus_numeric::Float;

/// Adam with the variance of the gradient around its average in place of its square.
///
/// ```math
/// m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\,(g - m)^2 + \varepsilon_r, \qquad
/// u = \frac{\hat m}{\sqrt{\hat s} + \varepsilon}
/// ```
///
/// where $`s`$ is the state vector `variance`, $`\varepsilon`$ is `epsilon` and $`\varepsilon_r`$ is `floor`. Where gradients
/// are as expected, in a long valley, $`s`$ is small and the step long; where they vary, it is short.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | gradients that alternate give shorter steps than those that do not | `belief_rewards_what_is_expected` |
///
/// # Numerics
///
/// A surprise may be twice as large as any gradient, so its square could overflow; the average ends at half of the largest number.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, an $`\varepsilon`$ that is not positive and a negative floor.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ScaleByBelief, descend};
///
/// let optimizer = descend::<f64>(ScaleByBelief::default(), 1e-3)?;
/// assert_eq!(optimizer.names(), ["0.mu", "0.variance"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Zhuang et al., *AdaBelief optimizer: adapting stepsizes by the belief in observed gradients* (2020), algorithm 2,
/// <https://arxiv.org/abs/2010.07468>.
#[doc(alias = "AdaBelief")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByBelief {
    /// How much of the average gradient survives a step, in $`[0, 1)`$.
    pub beta1: f64,
    /// How much of the variance survives a step, in $`[0, 1)`$.
    pub beta2: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
    /// What is added to the variance in every step.
    pub floor: f64,
}

/// $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$ and $`10^{-16}`$ twice, as in optax. The paper has $`\varepsilon = 10^{-8}`$.
impl Default for ScaleByBelief {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-16,
            floor: 1e-16,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByBelief {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::not_negative("variance")];
    const NUMBERS: &'static [&'static str] = &["of_m", "of_s"];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        not_negative::<T>("floor", self.floor)?;
        positive::<T>("epsilon", self.epsilon)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers[0] = 1.0 / correction(self.beta1, now.step);
        numbers[1] = 1.0 / correction(self.beta2, now.step);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [of_m, of_s, epsilon] = [at.numbers[0], at.numbers[1], self.epsilon].map(T::from_f64);
        let [decay1, decay2] = [self.beta1, self.beta2].map(T::from_f64);
        let [gain1, gain2, floor] =
            [1.0 - self.beta1, 1.0 - self.beta2, self.floor].map(T::from_f64);
        let most = T::MAX * T::from_f64(0.5);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, s] = state else { return g };
            *m = flush(decay1 * *m + gain1 * g);
            let surprise = g - *m;
            let square = decay2 * *s + gain2 * (surprise * surprise) + floor;
            *s = flush(if square < most { square } else { most });
            of_m * *m / ((of_s * *s).sqrt() + epsilon)
        }
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            let smallest = (self.floor * numbers[1]).sqrt() + self.epsilon;
            2.0 * numbers[0] * reach.g / smallest
        } else {
            f64::INFINITY
        }
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [m, s] = state else { return true };
        let largest = (2.0 * reach.g).powi(2) + self.floor / (1.0 - self.beta2);
        m.to_f64().abs() <= 2.0 * reach.g && s.to_f64() <= 2.0 * largest
    }
}
