//! A bound on the length of the whole gradient.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::{can_be_squared, clipped};
use crate::core::settings::positive;
use crate::core::squares::{norm, square};
use crate::core::transformation::{Over, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Shortens the gradient of all parameters together to length $`c`$ if it is longer.
///
/// ```math
/// u = g \cdot \min\left(1, \frac{c}{\lVert g \rVert_2}\right)
/// ```
///
/// where $`c`$ is `max_norm`. The direction is kept, so a step on an exploding gradient is still
/// downhill. It needs the sum of all squares, so the
/// chain makes a pass over memory before it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert u \rVert \le c`$, direction kept, short gradients untouched | `clipping_by_norm_bounds_the_norm` |
/// | the global norm is the norm of the concatenation | `global_norm_is_the_norm_of_the_concatenation` |
///
/// # Numerics
///
/// Squares are added in double precision, in 32 lanes and in a fixed order, and scaled so that no sum overflows; squares
/// of entries below $`10^{-144}`$ may vanish. The factor and each product are rounded once.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a norm that is not finite and greater than 0.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByGlobalNorm, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let optimizer = sgd(1.0)?.after(ClipByGlobalNorm { max_norm: 2.5 })?;
/// let mut theta = [0.0; 2];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0, 4.0]]))?;
/// assert_eq!(theta, [-1.5, -2.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// R. Pascanu, T. Mikolov and Y. Bengio, *On the difficulty of training recurrent neural networks*
/// (2013), algorithm 1, <https://arxiv.org/abs/1211.5063>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClipByGlobalNorm {
    /// The largest norm that passes.
    pub max_norm: f64,
}

impl<T: Float> Entrywise<T> for ClipByGlobalNorm {
    const SUMS: Option<Over> = Some(Over::Whole);

    fn check(&self) -> Result<(), OptimError> {
        positive::<T>("max_norm", self.max_norm)
    }

    #[inline(always)]
    fn sum(&self, u: f64, _theta: f64) -> [f64; 2] {
        [square(u), 0.0]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let norm = norm(at.sums[0]);
        let c = T::from_f64(if norm > self.max_norm {
            self.max_norm / norm
        } else {
            1.0
        });
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * c
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if can_be_squared::<f64>(reach.g) {
            clipped::<T>(reach.g, 2.0 * self.max_norm)
        } else {
            f64::INFINITY
        }
    }
}
