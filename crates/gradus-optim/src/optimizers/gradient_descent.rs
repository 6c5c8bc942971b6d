//! Gradient descent.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use gradus_numeric::Float;

/// Gradient descent: a step against the gradient.
///
/// ```math
/// \theta \leftarrow \theta - \eta(t)\, g
/// ```
///
/// where $`g`$ is the gradient, $`\eta`$ is `rate`, a number or a [`Schedule`], and $`t`$ the number of steps already
/// made. It is *stochastic* gradient descent if the gradient comes from a batch of samples drawn at random: its mean is
/// the gradient of all.
///
#[doc = include_str!("../../docs/gradient_descent.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on $`\tfrac{1}{2} x^\top A x`$: $`x_k = (I - \eta A)^k x_0`$ | `gradient_descent_is_a_matrix_power` |
/// | convergence exactly for $`0 < \eta < 2 / \lambda_{\max}`$ | `gradient_descent_converges_below_two_over_lambda` |
/// | $`f(x - \nabla f / L) \le f - \lVert \nabla f \rVert^2 / 2L`$ | `a_step_of_one_over_l_descends` |
/// | $`f_k - f^* \le L \lVert x_0 - x^* \rVert^2 / 2k`$ | `gradient_descent_meets_its_rate` |
/// | contraction by $`(\kappa - 1) / (\kappa + 1)`$ at $`\eta = 2 / (\lambda_{\min} + \lambda_{\max})`$ | `gradient_descent_contracts_at_the_best_rate` |
///
/// # Errors
///
/// [`OptimError::Negative`], [`OptimError::Vanishes`] or [`OptimError::Overflows`] for the rate; what the schedule
/// refuses.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, sgd};
///
/// // f(x) = x² has the gradient 2x; the rate 1/2 reaches the minimum in one step.
/// let mut layout = Layout::new();
/// layout.push("x", Shape::new(1, 1))?;
/// let optimizer = sgd(0.5)?;
/// let mut x = [3.0];
/// let mut state = optimizer.init(&layout, &x)?;
/// optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&[6.0]]))?;
/// assert_eq!(x, [0.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// Y. Nesterov, *Introductory Lectures on Convex Optimization* (2004), sections 1.2.3 and 2.1.5. J. Nocedal and
/// S. J. Wright, *Numerical Optimization*, 2nd edition (2006), chapter 3.
#[doc(alias = "gradient descent")]
#[doc(alias = "stochastic gradient descent")]
pub fn sgd<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    chain(vec![Link::new(ScaleByLearningRate::new(rate))])
}
