//! RMSprop: the gradient over its root mean square, or over its standard deviation.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::Reach;
use crate::error::{OptimError, below_one, positive};
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Divides the gradient by the root of a moving average of its square, or of its variance.
///
/// ```math
/// v \leftarrow \beta v + (1 - \beta) g^2, \quad m \leftarrow \beta m + (1 - \beta) g, \quad
/// u = \frac{g}{\sqrt{v - c\,m^2} + \varepsilon}
/// ```
///
/// where $`c`$ is 1 if `centered` and else 0.
///
/// # References
///
/// A. Graves, *Generating sequences with recurrent neural networks* (2013), equations 38–40.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByRms {
    /// How much of the averages survives a step.
    pub beta: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
    /// Whether the mean is subtracted.
    pub centered: bool,
}

impl<T: Float> Entrywise<T> for ScaleByRms {
    const VECTORS: &'static [&'static str] = &["nu", "mu"];

    fn check(&self) -> Result<(), OptimError> {
        below_one("beta", self.beta)?;
        positive("epsilon", self.epsilon)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta, gain, epsilon] = [self.beta, 1.0 - self.beta, self.epsilon].map(T::from_f64);
        let c = T::from_f64(if self.centered { 1.0 } else { 0.0 });
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [v, m] = state else { return g };
            *v = flush(beta * *v + gain * (g * g));
            *m = flush(beta * *m + gain * g);
            let variance = *v - c * *m * *m;
            let variance = if variance > zero { variance } else { zero }; // rounding may leave −0.1 ulp
            g / (variance.sqrt() + epsilon)
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        let plain = 2.0 / (1.0 - self.beta).sqrt();
        let with_epsilon = reach.g / self.epsilon;
        if self.centered {
            with_epsilon
        } else {
            plain.min(with_epsilon)
        }
    }
}
