//! The modified Huber loss: a squared hinge that becomes a line.

use crate::classification::hinge::Hinge;
use crate::classification::margin::Margin;

/// The squared hinge that goes on as a straight line, summed over the outputs of a sample.
///
/// ```math
/// \ell(f, y) = \sum_{k=1}^{m} \begin{cases}
/// \max(0, 1 - y_k f_k)^2 & y_k f_k \ge -1 \\ -4\, y_k f_k & \text{otherwise} \end{cases}
/// ```
///
/// where $`f`$ are the decision values and $`y_k`$ is $`-1`$ or 1, or a label 0 or 1 of one output. Value and slope are continuous. A
/// wrong label far out costs linearly, as with [`Hinge`](crate::Hinge), and the minimizer is $`2 p - 1`$, from which
/// the probability can be read.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its minimizer is $`2 p - 1`$ | `modified_huber_finds_the_probability` |
/// | it bounds the mistakes from above | `exponential_and_modified_huber_bound_the_mistakes` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant 2 | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// As [`Hinge`](crate::Hinge).
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, ModifiedHuber, Order, Shape, Target, Weights};
///
/// let decisions = MatrixRef::new(&[0.5, -3.0], Shape::new(1, 2), Order::Rows)?;
/// let value = ModifiedHuber.value(decisions, Target::Labels(&[1, 1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.25 + 12.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// T. Zhang, *Solving large scale linear prediction problems using stochastic gradient descent algorithms* (2004);
/// scikit-learn's `modified_huber`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ModifiedHuber;

impl Margin for ModifiedHuber {
    #[inline(always)]
    fn value(&self, margin: f64) -> f64 {
        let lack = Hinge.value(margin);
        if margin < -1.0 {
            -4.0 * margin
        } else {
            lack * lack
        }
    }

    #[inline(always)]
    fn derivative(&self, margin: f64) -> f64 {
        if margin < -1.0 {
            -4.0
        } else {
            -2.0 * Hinge.value(margin)
        }
    }
}
