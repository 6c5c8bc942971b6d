//! The optimizers everybody knows, as sentences of transformations.

use crate::core::chain::{Chain, Word, chain};
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adam::ScaleByAdam;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::scale::Scale;
use crate::transformations::trace::{Look, Trace};
use crate::transformations::weight_decay::AddDecayedWeights;
use gradus_numeric::Float;

/// Gradient descent: $`\theta \leftarrow \theta - \eta g`$.
///
/// Stochastic if the gradient comes from a batch. On a quadratic with greatest curvature
/// $`\lambda_{\max}`$ it converges exactly for $`0 < \eta < 2 / \lambda_{\max}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on $`\tfrac{1}{2} x^\top A x`$: $`x_k = (I - \eta A)^k x_0`$ | `gradient_descent_is_a_matrix_power` |
/// | convergence exactly for $`0 < \eta < 2 / \lambda_{\max}`$ | `gradient_descent_converges_below_two_over_lambda` |
/// | $`f(x - \nabla f / L) \le f - \lVert \nabla f \rVert^2 / 2L`$ | `a_step_of_one_over_l_descends` |
/// | $`f_k - f^* \le L \lVert x_0 - x^* \rVert^2 / 2k`$ | `gradient_descent_meets_its_rate` |
///
/// # Errors
///
/// [`OptimError::Negative`] if the rate is negative, infinite or NaN; what the schedule refuses.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, sgd};
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
/// J. Nocedal and S. J. Wright, *Numerical Optimization* (2006), chapter 3.
#[doc(alias = "gradient descent")]
pub fn sgd<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    chain(vec![Word::new(ScaleByLearningRate::new(rate))])
}

/// Gradient descent with momentum, Polyak's heavy ball: [`Trace`], then the learning rate.
///
/// # Errors
///
/// As [`sgd`]; [`OptimError::OutsideUnitInterval`] if $`\mu \notin [0, 1)`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::momentum;
///
/// assert_eq!(momentum::<f32>(0.1, 0.9)?.names(), ["0.velocity"]);
/// assert!(momentum::<f32>(0.1, 1.0).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
pub fn momentum<T: Float>(rate: impl Schedule + 'static, mu: f64) -> Result<Chain<T>, OptimError> {
    traced(rate, mu, Look::Here)
}

/// Gradient descent with Nesterov's momentum: [`Trace`] that looks ahead, then the learning rate.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the look-ahead form after a change of variable | `nesterov_looks_ahead` |
///
/// # Errors
///
/// As [`momentum`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, nesterov};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = nesterov(1.0, 0.5)?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
/// assert_eq!(theta, [-1.5]); // velocity 1, update 1 + 0.5 · 1
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
pub fn nesterov<T: Float>(rate: impl Schedule + 'static, mu: f64) -> Result<Chain<T>, OptimError> {
    traced(rate, mu, Look::Ahead)
}

/// Adam with the paper's settings: [`ScaleByAdam::default`], then the learning rate.
///
/// # Errors
///
/// As [`sgd`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Cosine, adam};
///
/// let optimizer = adam::<f32>(Cosine { start: 1e-3, end: 0.0, steps: 4_690 })?;
/// assert_eq!(optimizer.names(), ["0.mu", "0.nu"]);
/// assert!(adam::<f32>(-1e-3).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
pub fn adam<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    let adam = (ScaleByAdam::default(), ScaleByLearningRate::new(rate));
    chain(vec![Word::new(adam)])
}

/// Adam with decoupled weight decay: every weight also shrinks by $`1 - \eta\lambda`$ a step.
///
/// ```math
/// \theta \leftarrow \theta - \eta \left( \frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda \theta \right)
/// ```
///
/// The decay is multiplied by the learning rate, as in PyTorch, optax and Keras;
/// [`adam_w_paper`] has the paper's form. A plain number as `decay` shrinks all parameters, biases too, as
/// it does there; [`AddDecayedWeights::only`] picks some.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lambda = 0`$ is Adam | `without_decay_adam_w_is_adam` |
/// | without gradient, $`\theta_t = (1 - \eta\lambda)^t \theta_0`$ | `decay_without_gradient_is_geometric` |
///
/// # Errors
///
/// As [`adam`]; [`OptimError::Negative`] if $`\lambda < 0`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddDecayedWeights, adam_w, is_weight};
///
/// let all = adam_w::<f32>(1e-3, 0.01)?;
/// let without_biases = adam_w::<f32>(1e-3, AddDecayedWeights::new(0.01).only(is_weight))?;
/// assert_eq!(all.names(), without_biases.names());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// I. Loshchilov and F. Hutter, *Decoupled weight decay regularization* (2019), algorithm 2,
/// <https://arxiv.org/abs/1711.05101>.
pub fn adam_w<T: Float>(
    rate: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    let adam = (ScaleByAdam::default(), decay.into());
    chain(vec![Word::new((adam, ScaleByLearningRate::new(rate)))])
}

/// Adam with the decay of the paper, where the base rate $`\alpha`$ does not multiply it.
///
/// ```math
/// \theta \leftarrow \theta - \eta_t \left( \alpha \frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda \theta \right)
/// ```
///
/// where $`\eta_t`$ is `multiplier`: 1, or a schedule that starts at 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without gradient, $`\theta_t = (1 - \eta_t\lambda) \theta_{t-1}`$ | `decay_without_gradient_is_geometric` |
///
/// # Errors
///
/// As [`adam_w`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Cosine, adam_w_paper};
///
/// let multiplier = Cosine { start: 1.0, end: 0.0, steps: 1_000 };
/// assert!(adam_w_paper::<f32>(1e-3, multiplier, 1e-5).is_ok());
/// ```
pub fn adam_w_paper<T: Float>(
    alpha: f64,
    multiplier: impl Schedule + 'static,
    decay: impl Into<AddDecayedWeights>,
) -> Result<Chain<T>, OptimError> {
    alpha.check()?;
    let adam = (ScaleByAdam::default(), Scale { factor: alpha });
    let decayed = (adam, decay.into());
    chain(vec![Word::new((
        decayed,
        ScaleByLearningRate::new(multiplier),
    ))])
}

fn traced<T: Float>(
    rate: impl Schedule + 'static,
    decay: f64,
    look: Look,
) -> Result<Chain<T>, OptimError> {
    let traced = (Trace { decay, look }, ScaleByLearningRate::new(rate));
    chain(vec![Word::new(traced)])
}
