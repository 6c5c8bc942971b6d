//! Centered `RMSprop`: the gradient over its standard deviation.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Divides the gradient by a moving estimate of its standard deviation.
///
/// ```math
/// v \leftarrow \beta v + (1 - \beta)\, g^2, \qquad m \leftarrow \beta m + (1 - \beta)\, g, \qquad
/// u = \frac{g}{\sqrt{v - m^2} + \varepsilon}
/// ```
///
/// where $`\beta`$ is `beta`, $`v`$ and $`m`$ are the state vectors `nu` and `mu`, zero at first, and $`\varepsilon`$ is
/// `epsilon`. A gradient that is always the same has no spread, and its steps grow up to $`g / \varepsilon`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a gradient of changing sign makes the steps of [`ScaleByRms`](crate::ScaleByRms) or longer ones | `centering_never_shortens_a_step` |
///
/// # Numerics
///
/// Rounding may leave $`v - m^2`$ a little below zero; it counts as zero then. The only bound on the update is
/// $`\lvert g \rvert / \varepsilon`$. Where $`v`$ is zero, so is the update.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$ and an $`\varepsilon`$ that is not positive, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Link, ScaleByLearningRate, ScaleByStandardDeviation, chain};
///
/// let centered = ScaleByStandardDeviation { beta: 0.99, epsilon: 1e-8 };
/// let optimizer = chain::<f32>(vec![Link::new((centered, ScaleByLearningRate::new(1e-3)))])?;
/// assert_eq!(optimizer.names(), ["0.nu", "0.mu"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// A. Graves, *Generating sequences with recurrent neural networks* (2013), equations 38 to 40,
/// <https://arxiv.org/abs/1308.0850>.
#[doc(alias = "centered RMSprop")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByStandardDeviation {
    /// How much of the averages survives a step, in $`[0, 1)`$.
    pub beta: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
}

impl<T: Float> Entrywise<T> for ScaleByStandardDeviation {
    const VECTORS: &'static [Vector] = &[Vector::not_negative("nu"), Vector::signed("mu")];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta", self.beta)?;
        positive::<T>("epsilon", self.epsilon)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta, gain, epsilon] = [self.beta, 1.0 - self.beta, self.epsilon].map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [v, m] = state else { return g };
            *v = flush(beta * *v + gain * (g * g));
            *m = flush(beta * *m + gain * g);
            let variance = *v - *m * *m;
            let variance = if variance > zero { variance } else { zero };
            let step = g / (variance.sqrt() + epsilon);
            if *v > zero { step } else { zero }
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            2.0 * reach.g / self.epsilon
        } else {
            f64::INFINITY
        }
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [v, m] = state else { return true };
        let largest = 2.0 * reach.g;
        v.to_f64().sqrt() <= largest && m.to_f64().abs() <= largest
    }
}
