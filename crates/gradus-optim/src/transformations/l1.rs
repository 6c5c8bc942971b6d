//! The gradient of the L1 penalty.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::not_negative;
use crate::core::transformation::Reach;
use crate::error::OptimError;
use gradus_numeric::Float;

/// Adds the gradient of the penalty $`\lambda \lVert \theta \rVert_1`$.
///
/// ```math
/// u_i = g_i + \lambda \operatorname{sign}(\theta_i), \qquad \operatorname{sign}(0) = 0
/// ```
///
/// where $`\lambda`$ is `lambda`. A constant pull towards zero makes weights vanish that the loss does
/// not need; the subgradient of the smallest norm at 0 lets them rest there.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without gradient, a step moves every weight by $`\eta \lambda`$ towards zero | `l1_pulls_by_a_constant` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a $`\lambda`$ that is negative, or that the number type of the parameters rounds to zero
/// or infinity.
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddL1Gradient, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = sgd(1.0)?.after(AddL1Gradient { lambda: 0.5 })?;
/// let mut theta = [2.0, 0.0, -2.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[0.0; 3]]))?;
/// assert_eq!(theta, [1.5, 0.0, -1.5]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// R. Tibshirani, *Regression shrinkage and selection via the lasso* (1996),
/// <https://doi.org/10.1111/j.2517-6161.1996.tb02080.x>.
#[doc(alias = "lasso")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AddL1Gradient {
    /// The strength of the penalty.
    pub lambda: f64,
}

impl<T: Float> Entrywise<T> for AddL1Gradient {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<T>("lambda", self.lambda)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let (lambda, zero) = (T::from_f64(self.lambda), T::default());
        #[inline(always)]
        move |g: T, theta: T, _state: &mut [T]| {
            let push = if theta > zero { lambda } else { zero };
            let pull = if theta < zero { lambda } else { zero };
            g + (push - pull)
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g + self.lambda
    }
}
