//! The perceptron's loss.

use crate::classification::margin::Margin;

/// The perceptron's loss, summed over the outputs of a sample.
///
/// ```math
/// \ell(f, y) = \sum_{k=1}^{m} \max(0, -y_k f_k), \qquad
/// \frac{\partial \ell}{\partial f_k} = \begin{cases} -y_k & y_k f_k < 0 \\ 0 & \text{otherwise} \end{cases}
/// ```
///
/// where $`f`$ are the decision values and $`y_k`$ is $`-1`$ or 1, or a label 0 or 1 of one output. Gradient descent on it, sample by
/// sample, is Rosenblatt's rule: add what was taken for a no, take off what was taken for a yes. It asks for the right
/// side only, not for a margin as [`Hinge`](crate::Hinge) does; $`f = 0`$ costs nothing, so a model that says nothing is a
/// minimum.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`Hinge`](crate::Hinge) with a margin of 0 | `the_perceptron_is_a_hinge_without_margin` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// As [`Hinge`](crate::Hinge).
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Order, Perceptron, Shape, Target, Weights};
///
/// let decisions = MatrixRef::new(&[3.0, -0.5, 0.25], Shape::new(1, 3), Order::Rows)?;
/// let value = Perceptron.value(decisions, Target::Labels(&[1, 1, 0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.0 + 0.5 + 0.25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// F. Rosenblatt, *The perceptron: a probabilistic model for information storage and organization in the brain* (1958).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Perceptron;

impl Margin for Perceptron {
    #[inline(always)]
    fn value(&self, margin: f64) -> f64 {
        if margin >= 0.0 { 0.0 } else { -margin } // NaN stays NaN
    }

    #[inline(always)]
    fn derivative(&self, margin: f64) -> f64 {
        if margin >= 0.0 {
            0.0
        } else if margin < 0.0 {
            -1.0
        } else {
            margin // NaN
        }
    }
}
