//! Adadelta: steps in the units of the parameters.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::{can_be_squared, ordinary};
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Multiplies the gradient by the ratio of two moving averages: of steps and of gradients.
///
/// ```math
/// v \leftarrow \rho v + (1 - \rho)\, g^2, \qquad u = \frac{\sqrt{d + \varepsilon}}{\sqrt{v + \varepsilon}}\, g, \qquad
/// d \leftarrow \rho d + (1 - \rho)\, u^2
/// ```
///
/// where $`\rho`$ is `rho`, $`v`$ the state vector `nu` and $`d`$ the state vector `delta`, both zero at first. The quotient has
/// the unit of the parameter, so a rate of 1 is meant; the first steps are of the size of $`\sqrt\varepsilon`$ and
/// grow.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first step is $`g \sqrt\varepsilon / \sqrt{(1 - \rho) g^2 + \varepsilon}`$ | `the_first_adadelta_step_is_the_root_of_epsilon` |
///
/// # Numerics
///
/// No bound on the growth of $`d`$ is known but an exponential one, so it ends at the square of the largest gradient that a
/// step may begin with.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\rho \notin [0, 1)`$ and an $`\varepsilon`$ that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByAdadelta, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = descend(ScaleByAdadelta { rho: 0.75, epsilon: 0.25 }, 1.0)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0_f64.sqrt()]]))?;
/// assert!((theta[0] + 0.75_f64.sqrt()).abs() < 1e-15); // √3 · √(1/4) / √(3/4 + 1/4)
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// M. D. Zeiler, *ADADELTA: an adaptive learning rate method* (2012), algorithm 1, <https://arxiv.org/abs/1212.5701>.
#[doc(alias = "Adadelta")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByAdadelta {
    /// How much of the averages survives a step, in $`[0, 1)`$: 0.9 in PyTorch and optax, 0.95 in the paper and Keras.
    pub rho: f64,
    /// What starts the steps: $`10^{-6}`$ in PyTorch, optax and the paper.
    pub epsilon: f64,
}

/// $`\rho = 0.9`$, $`\varepsilon = 10^{-6}`$: PyTorch and optax.
impl Default for ScaleByAdadelta {
    fn default() -> Self {
        Self {
            rho: 0.9,
            epsilon: 1e-6,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByAdadelta {
    const VECTORS: &'static [Vector] = &[Vector::not_negative("nu"), Vector::not_negative("delta")];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("rho", self.rho)?;
        positive::<T>("epsilon", self.epsilon)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [rho, gain, epsilon] = [self.rho, 1.0 - self.rho, self.epsilon].map(T::from_f64);
        let most = ordinary::<T>() * ordinary::<T>();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [v, d] = state else { return g };
            *v = flush(rho * *v + gain * (g * g));
            let step = (*d + epsilon).sqrt() / (*v + epsilon).sqrt() * g;
            let average = rho * *d + gain * (step * step);
            *d = flush(if average < most { average } else { most });
            step
        }
    }

    /// $`\lvert g \rvert \le \sqrt{v / (1 - \rho)}`$, and $`d`$ is at most the square of an ordinary number.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if !can_be_squared::<T>(reach.g) {
            return f64::INFINITY;
        }
        let root = ordinary::<T>().to_f64() + self.epsilon.sqrt();
        let by_epsilon = reach.g / self.epsilon.sqrt();
        2.0 * root * by_epsilon.min(1.0 / (1.0 - self.rho).sqrt())
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [v, d] = state else { return true };
        v.to_f64().sqrt() <= 2.0 * reach.g && d.to_f64().sqrt() <= ordinary::<T>().to_f64()
    }
}
