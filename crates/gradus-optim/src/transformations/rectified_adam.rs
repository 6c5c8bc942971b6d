//! RAdam: Adam that waits until its averages can be trusted.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{ScaleByAdam, correction, flush};
use gradus_numeric::Float;

/// Adam with the variance of its rates rectified.
///
/// ```math
/// \rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}, \quad \rho_\infty = \frac{2}{1 - \beta_2} - 1, \qquad
/// u = \begin{cases}
/// \hat m \, r_t / (\sqrt{\hat v} + \varepsilon) & \rho_t > 5, \\ \hat m & \text{otherwise}
/// \end{cases}, \qquad
/// r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\, \rho_t}}
/// ```
///
/// $`\rho_t`$ is the number of gradients that the average of squares effectively holds. In the first five steps it holds too few
/// to divide by, and the step is that of momentum; then $`r_t`$ grows towards 1, a warm-up that needs no
/// choice. The settings are those of `adam`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first five steps are those of momentum for $`\beta_2 = 0.999`$, later ones at most Adam's | `rectified_steps_are_shorter_than_adams` |
///
/// # Errors
///
/// As [`ScaleByAdam`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByRectifiedAdam, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = descend(ScaleByRectifiedAdam::default(), 0.5)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0]]))?;
/// assert!((theta[0] + 1.5).abs() < 1e-15); // the gradient itself, not its sign
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// L. Liu et al., *On the variance of the adaptive learning rate and beyond* (2020), algorithm 2, with the threshold 5 of
/// the authors' code, PyTorch and optax, <https://arxiv.org/abs/1908.03265>.
#[doc(alias = "RAdam")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaleByRectifiedAdam {
    /// The settings of Adam.
    pub adam: ScaleByAdam,
}

impl<T: Float> Entrywise<T> for ScaleByRectifiedAdam {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::not_negative("nu")];
    const NUMBERS: &'static [&'static str] = &["a", "b", "c", "r", "plain"];

    fn check(&self) -> Result<(), OptimError> {
        Entrywise::<T>::check(&self.adam)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (t, beta2) = (now.step as f64, self.adam.beta2);
        numbers[..3].copy_from_slice(&self.adam.constants(now.step));
        let most = 2.0 / (1.0 - beta2) - 1.0;
        let rho = most - 2.0 * t * beta2.powf(t) / correction(beta2, now.step);
        let r = (rho - 4.0) * (rho - 2.0) * most / ((most - 4.0) * (most - 2.0) * rho);
        numbers[3] = if rho > ENOUGH { r.sqrt() } else { 0.0 };
        numbers[4] = 1.0 / correction(self.adam.beta1, now.step);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [a, b, c, r, plain] = [0, 1, 2, 3, 4].map(|i| T::from_f64(at.numbers[i]));
        let [decay1, decay2] = [self.adam.beta1, self.adam.beta2].map(T::from_f64);
        let [gain1, gain2] = [1.0 - self.adam.beta1, 1.0 - self.adam.beta2].map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, v] = state else { return g };
            *m = flush(decay1 * *m + gain1 * g);
            *v = flush(decay2 * *v + gain2 * (g * g));
            let adaptive = r * (*m / (a * (*v + b).sqrt() + c));
            let adaptive = if *v > zero { adaptive } else { zero };
            if r > zero { adaptive } else { *m * plain }
        }
    }

    /// Adam's, or that of an average of gradients.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if numbers[3] > 0.0 {
            2.0 * numbers[3].max(1.0) * Entrywise::<T>::bound(&self.adam, reach, &numbers[..3])
        } else {
            2.0 * reach.g * numbers[4]
        }
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        Entrywise::<T>::admits(&self.adam, reach, &numbers[..3], state)
    }
}

/// Of how few gradients an average of squares is not to be trusted.
const ENOUGH: f64 = 5.0;
