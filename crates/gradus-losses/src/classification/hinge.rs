//! The hinge family: support vector machines.

use crate::classification::margin::Margin;

/// The hinge loss, summed over the outputs of a sample.
///
/// ```math
/// \ell(f, y) = \sum_{k=1}^{m} \max(0, 1 - y_k f_k), \qquad
/// \frac{\partial \ell}{\partial f_k} = \begin{cases} -y_k & y_k f_k < 1 \\ 0 & \text{otherwise} \end{cases}
/// ```
///
/// where $`f`$ are the decision values of one sample and $`y_k`$ is $`-1`$ ("no") or 1 ("yes"). With one output the target
/// may be labels, 0 and 1. A sample on the right side by a margin of 1 costs nothing and pulls no more: what is left are
/// the support vectors.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it bounds the number of mistakes from above | `the_hinge_bounds_the_mistakes` |
/// | labels are signs | `labels_of_a_hinge_are_signs` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::TargetOutsideDomain`](crate::LossError::TargetOutsideDomain) for values that are neither $`-1`$ nor 1, [`LossError::LabelOutOfRange`](crate::LossError::LabelOutOfRange),
/// [`LossError::LabelsForValues`](crate::LossError::LabelsForValues) for labels of several outputs, [`LossError::TargetShape`](crate::LossError::TargetShape).
///
/// # Examples
///
/// ```
/// use gradus_losses::{Hinge, Loss, MatrixRef, Order, Shape, Target, Weights};
///
/// let decisions = MatrixRef::new(&[3.0, 0.5, 0.5], Shape::new(1, 3), Order::Rows)?;
/// let value = Hinge.value(decisions, Target::Labels(&[1, 1, 0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.0 + 0.5 + 1.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// C. Cortes and V. Vapnik, *Support-vector networks*, Machine Learning 20 (1995), 273–297,
/// <https://doi.org/10.1007/BF00994018>.
#[doc(alias = "SVM")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hinge;

/// The squared hinge loss, summed over the outputs of a sample.
///
/// ```math
/// \ell(f, y) = \sum_{k=1}^{m} \max(0, 1 - y_k f_k)^2, \qquad
/// \frac{\partial \ell}{\partial f_k} = -2\, y_k \max(0, 1 - y_k f_k)
/// ```
///
/// where $`f`$ are the decision values of one sample and $`y_k`$ is $`-1`$ ("no") or 1 ("yes"). With one output the target
/// may be labels, 0 and 1. Unlike [`Hinge`] it has a slope everywhere, and a gross mistake costs the square.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the square of [`Hinge`] for one output | `the_squared_hinge_is_the_square` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant 2 | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// As [`Hinge`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, SquaredHinge, Target, Weights};
///
/// let decision = MatrixRef::from_column(&[-1.0]);
/// let value = SquaredHinge.value(decision, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 4.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R.-E. Fan et al., *LIBLINEAR: a library for large linear classification*, JMLR 9 (2008), 1871–1874, equation 2.
#[doc(alias = "L2-SVM")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SquaredHinge;

impl Margin for Hinge {
    #[inline(always)]
    fn value(&self, margin: f64) -> f64 {
        let lack = 1.0 - margin;
        if lack <= 0.0 { 0.0 } else { lack } // NaN stays NaN
    }

    #[inline(always)]
    fn derivative(&self, margin: f64) -> f64 {
        let lack = 1.0 - margin;
        if lack <= 0.0 {
            0.0
        } else if lack > 0.0 {
            -1.0
        } else {
            lack // NaN
        }
    }
}

impl Margin for SquaredHinge {
    #[inline(always)]
    fn value(&self, margin: f64) -> f64 {
        let lack = Hinge.value(margin);
        lack * lack
    }

    #[inline(always)]
    fn derivative(&self, margin: f64) -> f64 {
        -2.0 * Hinge.value(margin)
    }
}
