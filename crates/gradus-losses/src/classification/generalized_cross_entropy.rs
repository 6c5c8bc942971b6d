//! Between cross-entropy and the absolute error: labels may be wrong.

use crate::classification::of_truth;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Generalized cross-entropy from logits: wrong labels pull less.
///
/// ```math
/// \ell(z, q) = \sum_i q_i \frac{1 - p_i^\kappa}{\kappa}, \qquad p = \sigma(z), \qquad
/// \frac{\partial \ell}{\partial z_k} = p_k \sum_i a_i - a_k, \quad a_i = q_i\, p_i^\kappa
/// ```
///
/// where $`z`$ are the logits of one sample, $`q`$ its target ($`e_y`$ for a label), $`\sigma`$ softmax and
/// $`\kappa \in (0, 1]`$ is `exponent`. For $`\kappa \to 0`$ it is cross-entropy, for $`\kappa = 1`$ it is $`1 - p_y`$, half of the
/// absolute error. The gradient is that of cross-entropy times $`p_y^\kappa`$: a sample that the network finds absurd, as one
/// with a wrong label, hardly pulls. The loss is bounded by $`1 / \kappa`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it lies between $`1 - p_y`$ and cross-entropy, and below $`1 / \kappa`$ | `generalized_cross_entropy_lies_between` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// $`1 - p^\kappa`$ is computed as $`-\operatorname{expm1}(\kappa \ln p)`$, so nothing cancels for small $`\kappa`$ or $`p`$ near 1. It is
/// not convex.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`\kappa \in (0, 1]`$; those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy)
/// for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{GeneralizedCrossEntropy, Loss, MatrixRef, Target, Weights};
///
/// let even = MatrixRef::from_column(&[0.0, 0.0]); // p = ½, ½
/// let loss = GeneralizedCrossEntropy { exponent: 1.0 };
/// assert_eq!(loss.value(even, Target::Labels(&[1]), Weights::Equal, 1.0)?, 0.5);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// Z. Zhang and M. Sabuncu, *Generalized cross entropy loss for training deep neural networks with noisy labels* (2018),
/// equation 6, <https://arxiv.org/abs/1805.07836>.
#[doc(alias = "noisy labels")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeneralizedCrossEntropy {
    /// $`\kappa \in (0, 1]`$: how little an absurd label pulls.
    pub exponent: f64,
}

/// The paper's $`\kappa = 0.7`$.
impl Default for GeneralizedCrossEntropy {
    fn default() -> Self {
        Self { exponent: 0.7 }
    }
}

impl GeneralizedCrossEntropy {
    /// $`p^\kappa`$.
    #[inline(always)]
    fn pull(self, l: f64) -> f64 {
        (self.exponent * l).exp()
    }
}

impl Columnwise for GeneralizedCrossEntropy {
    type Summary = of_truth::Shared;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let inside = self.exponent > 0.0 && self.exponent <= 1.0;
        check::inside("exponent", self.exponent, inside, "(0, 1]")?;
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let loss = |l: f64| -(self.exponent * l).exp_m1() / self.exponent;
        of_truth::losses(batch, at, keep, loss, |l| self.pull(l))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        summary: &Self::Summary,
        kept: &Lanes<T>,
    ) -> Lanes {
        of_truth::slopes(batch, at, i, summary, kept, |l| self.pull(l))
    }
}
