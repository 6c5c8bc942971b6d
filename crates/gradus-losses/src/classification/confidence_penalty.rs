//! Cross-entropy and a price on certainty.

use crate::classification::of_truth::{self, log_probability};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;
use std::iter::zip;

/// Softmax cross-entropy plus $`\beta`$ times what the prediction lacks in entropy, in nats.
///
/// ```math
/// \ell(z, q) = -\sum_i q_i \ln p_i + \beta \bigl( \ln K - H(p) \bigr), \qquad p = \sigma(z), \quad H(p) = -\sum_i p_i \ln p_i,
/// \qquad
/// \frac{\partial \ell}{\partial z_i} = p_i - q_i + \beta\, p_i \bigl( \ln p_i + H(p) \bigr)
/// ```
///
/// where $`z`$ are the logits of one sample, $`q`$ its target ($`e_y`$ for a label), $`\sigma`$ softmax and $`K`$ the number of classes.
/// $`\ln K - H(p)`$ is the divergence $`D(p \parallel u)`$ of the prediction from the uniform distribution; label smoothing adds
/// the other direction, $`D(u \parallel p)`$. With $`\beta > 0`$ certainty costs, against overconfidence; with $`\beta < 0`$ doubt does, which
/// pushes boundaries away from samples.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\beta = 0`$ is [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy); linear in $`\beta`$ | `a_confidence_penalty_is_a_divergence_from_the_uniform_distribution` |
/// | adding a constant to the logits changes nothing: the gradient sums to 0 | `a_confidence_penalty_does_not_see_a_shift` |
/// | it is the Bregman divergence of the negative entropy: $`\ln K - H(p) \ge \tfrac12 \lVert p - u \rVert_1^2`$ (Pinsker) | `a_confidence_penalty_is_at_least_half_a_squared_distance` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// $`0 \ln 0 = 0`$, also for a logit of $`-\infty`$. Not convex.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`\beta`$ is finite; those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the
/// target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{ConfidencePenalty, Loss, MatrixRef, Target, Weights};
///
/// let loss = ConfidencePenalty { strength: 2.0 };
/// let even = MatrixRef::from_column(&[0.0, 0.0]); // p = ½, ½: no certainty to pay for
/// assert_eq!(loss.value(even, Target::Labels(&[1]), Weights::Equal, 1.0)?, 2_f64.ln());
/// let sure = MatrixRef::from_column(&[0.0, 800.0]); // right, and all of ln 2 to pay for
/// assert_eq!(loss.value(sure, Target::Labels(&[1]), Weights::Equal, 1.0)?, 2.0 * 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// G. Pereyra et al., *Regularizing neural networks by penalizing confident output distributions* (2017), §3, without the constant
/// $`\ln K`$; Y. Grandvalet and Y. Bengio, *Semi-supervised learning by entropy minimization* (2005), for $`\beta < 0`$.
#[doc(alias = "entropy regularization")]
#[doc(alias = "entropy minimization")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidencePenalty {
    /// $`\beta`$: the price of a nat of certainty.
    pub strength: f64,
}

/// The paper's $`\beta = 0.1`$.
impl Default for ConfidencePenalty {
    fn default() -> Self {
        Self { strength: 0.1 }
    }
}

impl Columnwise for ConfidencePenalty {
    /// What cross-entropy needs, and $`-H(p)`$.
    type Summary = (of_truth::Shared, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let inside = self.strength.is_finite();
        check::inside("strength", self.strength, inside, "(-∞, ∞)")?;
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let (mut losses, shared) = of_truth::losses(batch, at, keep, |l| -l, |_| 1.0);
        let (_, top, rest) = &shared;
        let mut certainty = [0.0; LANES];
        for i in 0..batch.prediction.rows() {
            let l = log_probability(batch, at, i, top, rest);
            zip(&mut certainty, l).for_each(|(sum, l)| *sum += weighted(l.exp(), l));
        }
        let most = (batch.prediction.rows() as f64).ln();
        zip(&mut losses, certainty).for_each(|(loss, c)| *loss += self.strength * (c + most));
        (losses, (shared, certainty))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (shared, certainty): &Self::Summary,
        kept: &Lanes<T>,
    ) -> Lanes {
        let mut slopes = of_truth::slopes(batch, at, i, shared, kept, |_| 1.0);
        let ([_, _, inverse], top, rest) = shared;
        let l = log_probability(batch, at, i, top, rest);
        for lane in 0..LANES {
            let p = kept[lane].to_f64() * inverse[lane];
            slopes[lane] += self.strength * weighted(p, l[lane] - certainty[lane]);
        }
        slopes
    }
}

/// $`p\,x`$, and 0 for an impossible class, whatever $`x`$ is.
#[inline(always)]
fn weighted(p: f64, x: f64) -> f64 {
    if p == 0.0 { 0.0 } else { p * x }
}
