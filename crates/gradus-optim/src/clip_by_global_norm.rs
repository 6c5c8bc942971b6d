//! A bound on the length of the whole gradient.

use crate::error::{OptimError, positive};
use crate::global_norm::clip_factor;
use crate::layout::Layout;
use crate::scale::multiply;
use crate::transformation::{Block, Transformation, Whole};
use gradus_numeric::Float;

/// Shortens the gradient of all parameters together to length $`c`$ if it is longer.
///
/// ```math
/// u = g \cdot \min\left(1, \frac{c}{\lVert g \rVert_2}\right)
/// ```
///
/// where $`c`$ is `max_norm`. The direction is kept, so a step on an exploding gradient is still
/// downhill. It needs the whole gradient and therefore stands first in a chain.
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
/// See [`global_norm`](crate::global_norm): no overflow, no underflow, two roundings.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a norm that is not finite and greater than 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{ClipByGlobalNorm, Gradient, Layout, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let optimizer = sgd(1.0)?.after(ClipByGlobalNorm { max_norm: 2.5 })?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = [0.0; 2];
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
    /// The greatest norm that passes.
    pub max_norm: f64,
}

impl<T: Float> Transformation<T> for ClipByGlobalNorm {
    fn check(&self) -> Result<(), OptimError> {
        positive("max_norm", self.max_norm)
    }

    fn scalars(&self, _layout: &Layout) -> usize {
        1
    }

    fn needs_whole_gradient(&self) -> bool {
        true
    }

    fn prepare(&self, whole: Whole<'_, T>, scalars: &mut [f64]) -> Result<(), OptimError> {
        scalars.fill(clip_factor(whole.gradient, self.max_norm));
        Ok(())
    }

    fn apply(&self, block: Block<'_, T>) {
        let factor = block.scalars.first().copied().unwrap_or(1.0);
        if factor < 1.0 {
            multiply(block.update, T::from_f64(factor));
        }
    }
}
