//! Lion: the sign between momentum and gradient.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::below_one;
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Takes the sign of a mixture of momentum and gradient.
///
/// ```math
/// u = \operatorname{sign}(\beta_1 m + (1 - \beta_1)\, g), \qquad m \leftarrow \beta_2 m + (1 - \beta_2)\, g
/// ```
///
/// where $`\beta_1`$ is `beta1`, $`\beta_2`$ is `beta2`, $`m`$ is the state vector `mu`, zero at first, and
/// $`\operatorname{sign}(0) = 0`$. Every parameter moves by the same length, so rates are three to ten times smaller
/// than Adam's and the decay as many times larger. Half the memory of Adam.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every update is $`-1`$, 0 or 1 | `lion_steps_are_signs` |
/// | $`g \to 2^k g`$ changes no bit | `lion_ignores_the_scale` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, lion};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = lion(0.5, 0.0)?;
/// let mut theta = [0.0; 3];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-6, 0.0, -1e6]]))?;
/// assert_eq!(theta, [-0.5, 0.0, 0.5]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// X. Chen et al., *Symbolic discovery of optimization algorithms* (2023), program 1, <https://arxiv.org/abs/2302.06675>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByLion {
    /// The weight of the momentum in the sign, in $`[0, 1)`$.
    pub beta1: f64,
    /// How much of the momentum survives a step, in $`[0, 1)`$.
    pub beta2: f64,
}

/// The paper's $`\beta_1 = 0.9`$ and $`\beta_2 = 0.99`$.
impl Default for ScaleByLion {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.99,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByLion {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu")];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [b1, g1] = [self.beta1, 1.0 - self.beta1].map(T::from_f64);
        let [b2, g2] = [self.beta2, 1.0 - self.beta2].map(T::from_f64);
        let (zero, one) = (T::default(), T::from_f64(1.0));
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m] = state else { return g };
            let c = b1 * *m + g1 * g;
            *m = flush(b2 * *m + g2 * g);
            // Two selections instead of branches: the loop stays one of vectors.
            (if c > zero { one } else { zero }) - (if c < zero { one } else { zero })
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        // The momentum must not overflow either.
        let finite = 4.0 * reach.g <= T::MAX.to_f64();
        if finite { 1.0 } else { f64::INFINITY }
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        state.iter().all(|m| m.to_f64().abs() <= 2.0 * reach.g)
    }
}
