//! Cross-entropy with another first term.

use crate::classification::of_truth;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Poly-1: cross-entropy whose first polynomial term has another weight, in nats.
///
/// ```math
/// \ell(z, q) = \sum_i q_i \bigl( -\ln p_i + \epsilon\,(1 - p_i) \bigr), \qquad p = \sigma(z), \qquad
/// \frac{\partial \ell}{\partial z_k} = p_k \sum_i a_i - a_k, \quad a_i = q_i\,(1 + \epsilon\, p_i)
/// ```
///
/// where $`z`$ are the logits of one sample, $`q`$ its target ($`e_y`$ for a label) and $`\sigma`$ softmax. Cross-entropy is the series
/// $`-\ln p = (1 - p) + \tfrac12 (1 - p)^2 + \dots`$; near the truth its first term rules, which $`\epsilon`$ strengthens or, if
/// negative, weakens.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\epsilon = 0`$ is [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy); linear in $`\epsilon`$ | `poly_one_is_cross_entropy_and_one_term` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`\epsilon \ge -1`$ is finite: below, the truth would be punished; those of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Poly1, Target, Weights};
///
/// let even = MatrixRef::from_column(&[0.0, 0.0]); // p = ½, ½
/// let value = Poly1 { epsilon: 2.0 }.value(even, Target::Labels(&[0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 2_f64.ln() + 2.0 * 0.5);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// Z. Leng et al., *`PolyLoss`: a polynomial expansion perspective of classification loss functions* (2022), equation 4,
/// <https://arxiv.org/abs/2204.12511>.
#[doc(alias = "PolyLoss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poly1 {
    /// $`\epsilon \ge -1`$.
    pub epsilon: f64,
}

/// The paper's $`\epsilon = 1`$.
impl Default for Poly1 {
    fn default() -> Self {
        Self { epsilon: 1.0 }
    }
}

impl Poly1 {
    /// $`1 + \epsilon p`$.
    #[inline(always)]
    fn pull(self, l: f64) -> f64 {
        1.0 + self.epsilon * l.exp()
    }
}

impl Columnwise for Poly1 {
    type Summary = of_truth::Shared;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let inside = self.epsilon >= -1.0 && self.epsilon.is_finite();
        check::inside("epsilon", self.epsilon, inside, "[-1, ∞)")?;
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let loss = |l: f64| -l - self.epsilon * l.exp_m1();
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
