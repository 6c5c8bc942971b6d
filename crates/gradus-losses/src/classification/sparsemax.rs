//! A loss whose distributions have zeros.

use crate::classification::softmax::maximum;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The loss of sparsemax: it is zero as soon as the truth leads by 1.
///
/// ```math
/// \ell(z, q) = \tfrac12 \lVert q - z \rVert^2 - \tfrac12 \lVert p - z \rVert^2, \qquad
/// \frac{\partial \ell}{\partial z} = p - q, \qquad p = \operatorname{sparsemax}(z) = \max(z - \tau, 0)
/// ```
///
/// where $`z`$ are the scores of the classes for one sample, $`q`$ its target ($`e_y`$ for a label), and $`\tau`$ makes $`p`$ sum to 1: $`p`$ is the
/// distribution nearest to $`z`$. Where softmax gives every class a little, sparsemax gives most of them exactly nothing. For two
/// classes the loss is a quarter of [`ModifiedHuber`](crate::ModifiedHuber) of the difference of the scores.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 exactly if the truth leads by 1; a constant added to all scores changes nothing | `sparsemax_is_content_with_a_margin_of_one` |
/// | for two classes it is a quarter of [`ModifiedHuber`](crate::ModifiedHuber) | `sparsemax_of_two_classes_is_a_quarter_of_modified_huber` |
/// | the gradient is a distribution minus the target | `sparsemax_gradient_is_a_distribution_minus_the_target` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant 1 | `smooth_losses_are_cocoercive` |
///
/// # Numerics
///
/// Scores are taken relative to the largest, so $`\tau \in [-1, 0)`$. It is found by Michelot's rounds: the mean surplus of
/// those above the last $`\tau`$ is the next one, until no one drops out; at most one round a class, and usually three.
///
/// # Errors
///
/// Those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Sparsemax, Target, Weights};
///
/// let of = |z: &[f64]| Sparsemax.value(MatrixRef::from_column(z), Target::Labels(&[0]), Weights::Equal, 1.0);
/// assert_eq!(of(&[3.0, 2.0, 0.0])?, 0.0); // p = 1, 0, 0
/// assert_eq!(of(&[0.0, 0.0, -9.0])?, 0.25); // p = ½, ½, 0
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// A. Martins and R. Astudillo, *From softmax to sparsemax* (2016), §3.2, <https://arxiv.org/abs/1602.02068>; C. Michelot, *A finite
/// algorithm for finding the projection of a point onto the canonical simplex of ℝⁿ* (1986).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sparsemax;

impl Columnwise for Sparsemax {
    /// $`\max z`$ and $`\tau`$ relative to it.
    type Summary = (Lanes, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let top = maximum(batch, at).map(T::to_f64);
        let tau = threshold(batch, at, &top);
        let mut losses = [0.0; LANES];
        for i in 0..batch.prediction.rows() {
            let (z, q) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                let z = z[lane].to_f64() - top[lane];
                let p = surplus(z, tau[lane]);
                // ½ (q − z)² − ½ (p − z)², without the squares of large z
                losses[lane] += if q[lane] == p {
                    0.0
                } else {
                    0.5 * (q[lane] - p) * ((q[lane] - z) + (p - z))
                };
            }
        }
        (losses, (top, tau))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (top, tau): &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let (z, mut slopes) = (batch.prediction(i, at), batch.target(i, at));
        for lane in 0..LANES {
            slopes[lane] = surplus(z[lane].to_f64() - top[lane], tau[lane]) - slopes[lane];
        }
        slopes
    }
}

/// $`\max(z - \tau, 0)`$; NaN stays NaN.
#[inline(always)]
fn surplus(z: f64, tau: f64) -> f64 {
    if z <= tau { 0.0 } else { z - tau }
}

/// $`\tau`$ with $`\sum_i \max(z_i - \max z - \tau, 0) = 1`$.
#[inline(always)]
fn threshold<T: Float>(batch: Batch<'_, T>, at: Block, top: &Lanes) -> Lanes {
    let mut tau = [-1.0; LANES]; // what is further behind gets nothing, since the first has at most 1
    for _ in 0..batch.prediction.rows() {
        let (mut sum, mut count) = ([-1.0; LANES], [0.0; LANES]);
        for i in 0..batch.prediction.rows() {
            let z = batch.prediction(i, at);
            for lane in 0..LANES {
                let z = z[lane].to_f64() - top[lane];
                let above = z > tau[lane] || z.is_nan(); // NaN flows
                sum[lane] += if above { z } else { 0.0 };
                count[lane] += if above { 1.0 } else { 0.0 };
            }
        }
        let last = tau;
        for lane in 0..LANES {
            tau[lane] = sum[lane] / count[lane];
        }
        if tau == last {
            break;
        }
    }
    tau
}
