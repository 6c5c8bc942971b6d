//! Clipping by the norm of each tensor.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::{can_be_squared, clipped};
use crate::core::settings::positive;
use crate::core::squares::{norm, square};
use crate::core::transformation::{Over, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Shortens the gradient of each tensor to a largest length, of its own or of its parameters.
///
/// ```math
/// u = g \min\left(1, \frac{c}{\lVert g \rVert}\right), \qquad
/// c = \text{limit} \quad \text{or} \quad c = \lambda \max(\lVert \theta \rVert, \varepsilon)
/// ```
///
/// [`ClipByGlobalNorm`](crate::ClipByGlobalNorm) keeps the direction of the whole gradient, this one that of each tensor: one layer
/// that explodes does not stop the others. [`ClipByNorm::Relative`] is adaptive clipping: a tensor changes by
/// no more than a part $`\lambda`$ of itself, and the limit needs no tuning by layer. (The paper takes the norms of rows instead
/// of tensors.)
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the norm of each tensor is at most $`c`$, its direction the same | `clipping_by_norm_is_by_tensor` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses limits that are not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByNorm, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("a", Shape::new(2, 1))?;
/// layout.push("b", Shape::new(1, 1))?;
/// let optimizer = sgd(1.0)?.after(ClipByNorm::Absolute(1.0))?;
/// let mut theta = [0.0; 3];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-30.0, -40.0, -0.5]]))?;
/// assert!((theta[0] - 0.6_f64).abs() < 1e-15 && theta[2] == 0.5);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// A. Brock et al., *High-performance large-scale image recognition without normalization* (2021), §4,
/// <https://arxiv.org/abs/2102.06171>.
#[doc(alias = "adaptive gradient clipping")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClipByNorm {
    /// The largest norm of a tensor's gradient.
    Absolute(f64),
    /// The largest norm as a part of the tensor's own, which counts as at least `floor`.
    Relative {
        /// $`\lambda`$, 0.01 in the paper.
        part: f64,
        /// $`\varepsilon`$, 0.001 in the paper: what lets a tensor of zeros move.
        floor: f64,
    },
}

impl<T: Float> Entrywise<T> for ClipByNorm {
    const SUMS: Option<Over> = Some(Over::Tensor);

    fn check(&self) -> Result<(), OptimError> {
        match *self {
            Self::Absolute(limit) => positive::<T>("limit", limit),
            Self::Relative { part, floor } => {
                positive::<T>("part", part)?;
                positive::<T>("floor", floor)
            }
        }
    }

    #[inline(always)]
    fn sum(&self, u: f64, theta: f64) -> [f64; 2] {
        [square(u), square(theta)]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [length, of_theta] = at.sums.map(norm);
        let most = self.most(of_theta);
        let c = T::from_f64(if length > most { most / length } else { 1.0 });
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * c
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if can_be_squared::<f64>(reach.g) {
            clipped::<T>(reach.g, 2.0 * self.most(reach.theta * reach.n.sqrt()))
        } else {
            f64::INFINITY
        }
    }
}

impl ClipByNorm {
    /// The largest norm for parameters of this norm.
    fn most(&self, of_theta: f64) -> f64 {
        match *self {
            Self::Absolute(limit) => limit,
            Self::Relative { part, floor } => part * of_theta.max(floor),
        }
    }
}
