//! Lion: the sign of an interpolated momentum.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::Reach;
use crate::error::{OptimError, below_one};
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// The sign between momentum and gradient.
///
/// ```math
/// u = \operatorname{sign}(\beta_1 m + (1 - \beta_1) g), \qquad m \leftarrow \beta_2 m + (1 - \beta_2) g
/// ```
///
/// # References
///
/// X. Chen et al., *Symbolic discovery of optimization algorithms* (2023), program 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByLion {
    /// Weight of the momentum in the sign.
    pub beta1: f64,
    /// How much of the momentum survives a step.
    pub beta2: f64,
}

impl<T: Float> Entrywise<T> for ScaleByLion {
    const VECTORS: &'static [&'static str] = &["mu"];

    fn check(&self) -> Result<(), OptimError> {
        below_one("beta1", self.beta1)?;
        below_one("beta2", self.beta2)
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
            (if c > zero { one } else { zero }) - (if c < zero { one } else { zero })
        }
    }

    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        1.0
    }
}
