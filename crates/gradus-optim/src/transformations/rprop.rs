//! Rprop: a step length for each parameter, grown and shrunk by signs.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::positive;
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::sign::sign;
use gradus_numeric::Float;

/// Steps of a length of each parameter's own, in the direction of the sign of the gradient.
///
/// ```math
/// \Delta \leftarrow \begin{cases}
/// \min(\eta^+ \Delta, \Delta_{\max}) & g\, g_{t-1} > 0, \\
/// \max(\eta^- \Delta, \Delta_{\min}), \; g \leftarrow 0 & g\, g_{t-1} < 0, \\
/// \Delta & \text{otherwise}
/// \end{cases}, \qquad u = \operatorname{sign}(g)\, \Delta
/// ```
///
/// where $`\Delta`$ is the state vector `length`, `start` at first, and $`g_{t-1}`$ the state vector `before`. As long as the
/// sign stays, steps grow; where it changes, a minimum was passed: the step shrinks, and the parameter rests once. The size of the
/// gradient plays no role. For whole batches: the noise of small ones turns signs around. The rate behind it is meant to be 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\Delta_{\min} \le \Delta \le \Delta_{\max}`$, and a power of each factor | `rprop_grows_and_shrinks_by_its_factors` |
/// | $`g \to 2^k g`$ changes no bit | `rprop_ignores_the_scale` |
///
/// # Numerics
///
/// Signs are compared and not multiplied, so no product underflows.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses lengths that are not positive, or not in the order
/// $`\Delta_{\min} \le \text{start} \le \Delta_{\max}`$, and factors but $`0 < \eta^- < 1 < \eta^+`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleByRprop, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = descend(ScaleByRprop { start: 0.5, grow: 1.5, ..ScaleByRprop::default() }, 1.0)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for g in [-2.0, -1e-9, 1.0] {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
/// }
/// assert_eq!(theta, [1.25]); // 0.5 + 0.75, then a rest
/// assert_eq!(state.vector("0.length")?, [0.375]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// M. Riedmiller and H. Braun, *A direct adaptive method for faster backpropagation learning: the RPROP algorithm* (1993);
/// the form that rests, called iRprop⁻: C. Igel and M. Hüsken (2000), PyTorch; optax rests in the first step.
#[doc(alias = "Rprop")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByRprop {
    /// The length of the first step.
    pub start: f64,
    /// $`\eta^-`$, below 1.
    pub shrink: f64,
    /// $`\eta^+`$, above 1.
    pub grow: f64,
    /// $`\Delta_{\min}`$.
    pub shortest: f64,
    /// $`\Delta_{\max}`$.
    pub longest: f64,
}

/// From 0.01, times 0.5 or 1.2, between $`10^{-6}`$ and 50: PyTorch.
impl Default for ScaleByRprop {
    fn default() -> Self {
        Self {
            start: 1e-2,
            shrink: 0.5,
            grow: 1.2,
            shortest: 1e-6,
            longest: 50.0,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByRprop {
    const VECTORS: &'static [Vector] = &[Vector::signed("before"), Vector::not_negative("length")];

    fn check(&self) -> Result<(), OptimError> {
        let ascending = [
            ("shortest", self.shortest),
            (
                "start less shortest, or 1",
                above(self.start, self.shortest),
            ),
            ("longest less start, or 1", above(self.longest, self.start)),
            ("longest", self.longest),
            ("shrink", self.shrink),
            ("1 less shrink", 1.0 - self.shrink),
            ("grow less 1", self.grow - 1.0),
        ];
        ascending
            .iter()
            .try_for_each(|&(name, value)| positive::<T>(name, value))
    }

    fn start(&self, _theta: T, state: &mut [T]) {
        if let [before, length] = state {
            (*before, *length) = (T::default(), T::from_f64(self.start));
        }
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [shrink, grow] = [self.shrink, self.grow].map(T::from_f64);
        let [shortest, longest] = [self.shortest, self.longest].map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [before, length] = state else { return g };
            let turn = sign(g) * *before;
            let grown = if turn > zero { *length * grow } else { *length };
            let next = if turn < zero { *length * shrink } else { grown };
            let next = if next < longest { next } else { longest };
            *length = if next > shortest { next } else { shortest };
            *before = if turn < zero { zero } else { sign(g) };
            *before * *length
        }
    }

    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * self.longest
    }

    fn admits(&self, _reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        let [before, length] = state else { return true };
        before.to_f64().abs() <= 1.0 && length.to_f64() <= 2.0 * self.longest
    }
}

/// $`a - b`$, or 1 if both are the same.
fn above(a: f64, b: f64) -> f64 {
    if a == b { 1.0 } else { a - b }
}
