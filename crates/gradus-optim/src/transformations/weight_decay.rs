//! Weight decay: a pull towards zero in proportion to the weight.

use crate::core::entrywise::{At, Entrywise};
use crate::core::layout::Entry;
use crate::core::settings::not_negative;
use crate::core::transformation::Reach;
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt;
use std::sync::Arc;

/// Adds the parameters times a constant: $`u = g + \lambda \theta`$.
///
/// ```math
/// u_i = g_i + \lambda\, \theta_i
/// ```
///
/// where $`\lambda`$ is the argument of [`new`](Self::new) and $`\theta_i`$ the parameter before the step.
///
/// Where it stands decides what it is. As the *first* link it adds the gradient of the penalty
/// $`\tfrac{\lambda}{2} \lVert \theta \rVert_2^2`$: L2 regularization. *After* Adam and before the
/// learning rate it shrinks every weight by $`1 - \eta\lambda`$, whatever its gradient: decoupled weight
/// decay, [`adam_w`](crate::adam_w). For plain gradient descent both are the same.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without gradient, $`\theta_t = (1 - \eta\lambda)^t \theta_0`$ | `decay_without_gradient_is_geometric` |
/// | for gradient descent L2 is decoupled decay, for Adam not | `l2_is_decay_for_gradient_descent_only` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative $`\lambda`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddDecayedWeights, Gradient, Layout, Shape, is_weight, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("0.weight", Shape::new(2, 1))?;
/// layout.push("0.bias", Shape::new(1, 1))?;
/// let optimizer = sgd(0.5)?.after(AddDecayedWeights::new(0.5).only(is_weight))?;
/// let mut theta = [4.0, -8.0, 16.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[0.0; 3]]))?;
/// assert_eq!(theta, [3.0, -6.0, 16.0]); // biases do not decay
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *Decoupled weight decay regularization* (2019),
/// <https://arxiv.org/abs/1711.05101>, algorithm 2 and proposition 1.
#[doc(alias = "L2")]
#[doc(alias = "ridge")]
#[derive(Clone)]
pub struct AddDecayedWeights {
    lambda: f64,
    only: Option<Choice>,
}

/// A choice of tensors that can be copied.
type Choice = Arc<dyn Fn(&Entry) -> bool + Send + Sync>;

impl AddDecayedWeights {
    /// Decay of all parameters.
    #[must_use]
    pub const fn new(lambda: f64) -> Self {
        Self { lambda, only: None }
    }

    /// Decay only of the parameters that `which` picks by name or shape.
    #[must_use]
    pub fn only(self, which: impl Fn(&Entry) -> bool + Send + Sync + 'static) -> Self {
        Self {
            only: Some(Arc::new(which)),
            ..self
        }
    }
}

impl fmt::Debug for AddDecayedWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddDecayedWeights")
            .field("lambda", &self.lambda)
            .field("some", &self.only.is_some())
            .finish()
    }
}

/// Decay of all parameters.
impl From<f64> for AddDecayedWeights {
    fn from(lambda: f64) -> Self {
        Self::new(lambda)
    }
}

/// Whether a parameter is called `weight`, or something that ends in `.weight`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Entry, Shape, is_weight};
///
/// let entry = |name: &str| Entry { name: name.into(), offset: 0, shape: Shape::new(1, 1) };
/// assert!(is_weight(&entry("0.weight")));
/// assert!(!is_weight(&entry("0.bias")));
/// ```
#[must_use]
pub fn is_weight(entry: &Entry) -> bool {
    entry.name.rsplit('.').next() == Some("weight")
}

impl<T: Float> Entrywise<T> for AddDecayedWeights {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<T>("lambda", self.lambda)
    }

    fn by_tensor(&self) -> bool {
        self.only.is_some()
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let decays = self.only.as_ref().is_none_or(|only| only(at.tensor));
        let lambda = T::from_f64(if decays { self.lambda } else { 0.0 });
        #[inline(always)]
        move |g: T, theta: T, _state: &mut [T]| g + lambda * theta
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g + self.lambda * reach.theta
    }
}
