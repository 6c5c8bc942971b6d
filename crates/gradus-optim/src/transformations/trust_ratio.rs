//! The trust ratio of LARS and LAMB: updates as long as the parameters they change.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::squares::{norm, square};
use crate::core::transformation::{Over, Reach};
use gradus_numeric::Float;

/// Makes the update of every tensor as long as the tensor itself.
///
/// ```math
/// u = g\, \frac{\lVert \theta \rVert_2}{\lVert g \rVert_2}, \qquad
/// u = g \text{ if } \lVert \theta \rVert_2 = 0 \text{ or } \lVert g \rVert_2 = 0
/// ```
///
/// where the norms are those of one tensor. Then the learning rate is the *relative* change of a layer, the same for all
/// layers; with it, batches of tens of thousands of samples train. After [`ScaleByAdam`](crate::ScaleByAdam) and decay
/// it is LAMB, on the bare gradient LARS.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert u \rVert = \lVert \theta \rVert`$ of every tensor | `the_trust_ratio_is_relative` |
///
/// # Numerics
///
/// Norms are taken in double precision. The ratio stops at the largest number of the parameters' type.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, ScaleByLearningRate, ScaleByTrustRatio, Shape, chain};
///
/// let lars = (ScaleByTrustRatio, ScaleByLearningRate::new(0.5));
/// let optimizer = chain(vec![Link::new(lars)])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [3.0, 4.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-3, 0.0]]))?;
/// assert_eq!(theta, [0.5, 4.0]); // half of 5
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// Y. You et al., *Large batch optimization for deep learning: training BERT in 76 minutes* (2020), algorithm 2,
/// <https://arxiv.org/abs/1904.00962>.
#[doc(alias = "LAMB")]
#[doc(alias = "LARS")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleByTrustRatio;

impl<T: Float> Entrywise<T> for ScaleByTrustRatio {
    const SUMS: Option<Over> = Some(Over::Tensor);

    #[inline(always)]
    fn sum(&self, u: f64, theta: f64) -> [f64; 2] {
        [square(u), square(theta)]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [u, theta] = at.sums.map(norm);
        let ratio = if u > 0.0 && theta > 0.0 {
            theta / u
        } else {
            1.0
        };
        // A ratio beyond the type would be infinite, and infinity times a zero entry NaN.
        let ratio = T::from_f64(ratio.min(T::MAX.to_f64()));
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * ratio
    }

    /// An entry is at most the norm; and a factor 2 for norms whose squares are subnormal.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if can_be_squared::<f64>(reach.g) {
            (2.0 * reach.n.sqrt() * reach.theta).max(reach.g)
        } else {
            f64::INFINITY
        }
    }
}
