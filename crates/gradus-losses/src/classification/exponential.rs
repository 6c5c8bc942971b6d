//! The exponential loss of boosting.

use crate::classification::margin::Margin;

/// The exponential loss, summed over the outputs of a sample.
///
/// ```math
/// \ell(f, y) = \sum_{k=1}^{m} e^{-y_k f_k}, \qquad \frac{\partial \ell}{\partial f_k} = -y_k e^{-y_k f_k}
/// ```
///
/// where $`f`$ are the decision values and $`y_k`$ is $`-1`$ or 1, or a label 0 or 1 of one output. AdaBoost minimizes it step by
/// step. On average over the truth it is smallest at $`f = \tfrac12 \ln \frac{p}{1 - p}`$, half of the logit that cross-entropy
/// finds; but a wrong label costs exponentially much.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its minimizer is half of the logit | `the_exponential_loss_finds_half_of_the_logit` |
/// | it bounds the mistakes from above | `exponential_and_modified_huber_bound_the_mistakes` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// Infinite where $`e^{-y f}`$ is too large for `f64`, at margins below $`-709`$.
///
/// # Errors
///
/// As [`Hinge`](crate::Hinge).
///
/// # Examples
///
/// ```
/// use gradus_losses::{Exponential, Loss, MatrixRef, Target, Weights};
///
/// let decision = [2.0_f64.ln()];
/// let value = Exponential.value(MatrixRef::from_column(&decision), Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert!((value - 0.5).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// J. Friedman, T. Hastie and R. Tibshirani, *Additive logistic regression: a statistical view of boosting* (2000), §4.1.
#[doc(alias = "AdaBoost")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Exponential;

impl Margin for Exponential {
    #[inline(always)]
    fn value(&self, margin: f64) -> f64 {
        (-margin).exp()
    }

    #[inline(always)]
    fn derivative(&self, margin: f64) -> f64 {
        -(-margin).exp()
    }
}
