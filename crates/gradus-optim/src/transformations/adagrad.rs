//! Adagrad: the gradient over the root of the sum of all its squares.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::Reach;
use crate::error::{OptimError, not_negative, positive};
use gradus_numeric::Float;

/// Divides the gradient by the root of the sum of its squares so far.
///
/// ```math
/// s \leftarrow s + g^2, \qquad u = \frac{g}{\sqrt{s} + \varepsilon}, \qquad s_0 = \mathtt{initial}
/// ```
///
/// # References
///
/// J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient methods* (2011), figure 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByAdagrad {
    /// The sum before the first step: 0 in PyTorch, 0.1 in optax and Keras.
    pub initial: f64,
    /// What keeps the denominator from zero: $`10^{-10}`$ in PyTorch.
    pub epsilon: f64,
}

impl<T: Float> Entrywise<T> for ScaleByAdagrad {
    const VECTORS: &'static [&'static str] = &["sum"];

    fn check(&self) -> Result<(), OptimError> {
        not_negative("initial", self.initial)?;
        positive("epsilon", self.epsilon)
    }

    fn start(&self, _theta: T, state: &mut [T]) {
        state.fill(T::from_f64(self.initial));
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let epsilon = T::from_f64(self.epsilon);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [s] = state else { return g };
            *s += g * g;
            g / (s.sqrt() + epsilon)
        }
    }

    /// $`g^2 \le s`$.
    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        2.0
    }
}
