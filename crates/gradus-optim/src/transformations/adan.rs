//! Adan: Nesterov's momentum by differences of gradients.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{correction, flush};
use gradus_numeric::Float;

/// Adam with Nesterov's look ahead, estimated by the change of the gradient.
///
/// ```math
/// \begin{aligned}
/// m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, & d &\leftarrow \beta_2 d + (1 - \beta_2)(g - g_{t-1}), \\
/// n &\leftarrow \beta_3 n + (1 - \beta_3) \bigl(g + \beta_2 (g - g_{t-1})\bigr)^2, &
/// u &= \frac{\hat m + \beta_2 \hat d}{\sqrt{\hat n} + \varepsilon}
/// \end{aligned}
/// ```
///
/// where $`g_{t-1}`$ is the state vector `before` (in the first step $`g`$ itself) and the hats divide by $`1 - \beta^t`$.
/// Nesterov's method asks for the gradient ahead; the difference to the last one stands for it, so one
/// gradient a step suffices.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a constant gradient gives steps of its sign | `adan_steps_by_the_sign_of_a_constant_gradient` |
///
/// # Numerics
///
/// The gradient ahead may be three times as large as any gradient, so its square could overflow; the average ends at half of the
/// largest number.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$ and an $`\varepsilon`$ that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ScaleByAdan, descend};
///
/// let names = ["0.mu", "0.change", "0.nu", "0.before"];
/// assert_eq!(descend::<f32>(ScaleByAdan::default(), 1e-3)?.names(), names);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// X. Xie et al., *Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models* (2022), algorithm 1, with
/// $`\beta`$ for the paper's $`1 - \beta`$ and the corrections of the authors' code; optax has $`1 - \beta_2`$ where they have $`\beta_2`$,
/// <https://arxiv.org/abs/2208.06677>.
#[doc(alias = "Adan")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByAdan {
    /// How much of the average gradient survives a step, in $`[0, 1)`$.
    pub beta1: f64,
    /// How much of the average change survives a step, in $`[0, 1)`$.
    pub beta2: f64,
    /// How much of the average square survives a step, in $`[0, 1)`$.
    pub beta3: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
}

/// 0.98, 0.92, 0.99 and $`10^{-8}`$: the authors' code.
impl Default for ScaleByAdan {
    fn default() -> Self {
        Self {
            beta1: 0.98,
            beta2: 0.92,
            beta3: 0.99,
            epsilon: 1e-8,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByAdan {
    const VECTORS: &'static [Vector] = &[
        Vector::signed("mu"),
        Vector::signed("change"),
        Vector::not_negative("nu"),
        Vector::signed("before"),
    ];
    const NUMBERS: &'static [&'static str] = &["of_m", "of_d", "of_n", "later"];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        below_one::<T>("beta3", self.beta3)?;
        positive::<T>("epsilon", self.epsilon)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let corrected = |beta: f64| 1.0 / correction(beta, now.step);
        let first = now.step == 1;
        numbers.copy_from_slice(&[
            corrected(self.beta1),
            self.beta2 * corrected(self.beta2),
            corrected(self.beta3),
            if first { 0.0 } else { 1.0 },
        ]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [of_m, of_d, of_n, later] = [0, 1, 2, 3].map(|i| T::from_f64(at.numbers[i]));
        let [b1, b2, b3] = [self.beta1, self.beta2, self.beta3].map(T::from_f64);
        let [g1, g2, g3] = [self.beta1, self.beta2, self.beta3].map(|b| T::from_f64(1.0 - b));
        let (epsilon, most) = (T::from_f64(self.epsilon), T::MAX * T::from_f64(0.5));
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, d, n, before] = state else { return g };
            let change = later * (g - *before);
            let ahead = g + b2 * change;
            *m = flush(b1 * *m + g1 * g);
            *d = flush(b2 * *d + g2 * change);
            let square = b3 * *n + g3 * (ahead * ahead);
            *n = flush(if square < most { square } else { most });
            *before = g;
            (of_m * *m + of_d * *d) / ((of_n * *n).sqrt() + epsilon)
        }
    }

    /// Averages of gradients and of their changes, over ε.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            2.0 * (numbers[0] + 2.0 * numbers[1]) * reach.g / self.epsilon
        } else {
            f64::INFINITY
        }
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [m, d, n, before] = state else {
            return true;
        };
        let within = |x: &T, times: f64| x.to_f64().abs() <= times * reach.g;
        let root = n.to_f64().sqrt();
        within(m, 2.0) && within(d, 4.0) && within(before, 1.0) && root <= 6.0 * reach.g
    }
}
