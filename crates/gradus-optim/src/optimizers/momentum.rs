//! Gradient descent with momentum.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::learning_rate::ScaleByLearningRate;
use crate::transformations::trace::{Look, Trace};
use gradus_numeric::Float;

/// Gradient descent with momentum: Polyak's heavy ball.
///
/// ```math
/// v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta(t)\, v
/// ```
///
/// where $`g`$ is the gradient, $`\mu \in [0, 1)`$ is `mu`, $`v`$ the velocity, zero at first, and $`\eta`$ is `rate`. It
/// is [`Trace`], then [`ScaleByLearningRate`]. Under a constant gradient the steps grow up to $`1 / (1 - \mu)`$ times:
/// with $`\mu = 0.9`$ the rate counts tenfold.
///
#[doc = include_str!("../../docs/momentum.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\mu = 0`$ is gradient descent | `without_decay_momentum_is_gradient_descent` |
/// | a constant gradient sums up to $`g (1 - \mu^t) / (1 - \mu)`$ | `velocity_is_a_geometric_sum` |
/// | contraction by $`(\sqrt\kappa - 1) / (\sqrt\kappa + 1)`$ at the best $`\eta, \mu`$ | `heavy_ball_reaches_its_optimal_rate` |
/// | Keras' place of the rate is the same while it is constant | `the_places_of_the_rate_agree_while_it_is_constant` |
///
/// # Errors
///
/// As [`sgd`](crate::sgd); [`OptimError::OutsideUnitInterval`] if $`\mu \notin [0, 1)`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, momentum};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = momentum(1.0, 0.5)?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..3 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
/// }
/// assert_eq!(theta, [-4.25]); // -(1 + 1.5 + 1.75)
/// assert!(momentum::<f32>(0.1, 1.0).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// B. T. Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), section 2,
/// <https://doi.org/10.1016/0041-5553(64)90137-5>.
#[doc(alias = "heavy ball")]
pub fn momentum<T: Float>(rate: impl Schedule + 'static, mu: f64) -> Result<Chain<T>, OptimError> {
    traced(rate, mu, Look::Here)
}

/// Gradient descent with Nesterov's momentum, which looks ahead.
///
/// ```math
/// v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta(t)\, (g + \mu v)
/// ```
///
/// where $`g`$ is the gradient, $`\mu \in [0, 1)`$ is `mu`, $`v`$ the velocity, zero at first, and $`\eta`$ is `rate`. On
/// smooth convex functions it reaches the rate $`1 / k^2`$, which no method that sees gradients alone can beat, where
/// gradient descent has $`1 / k`$.
///
/// # Derivation
///
/// Nesterov takes the gradient where the velocity leads to: with $`w`$ for the velocity times $`-\eta`$,
///
/// ```math
/// w \leftarrow \mu w - \eta \nabla f(\phi + \mu w), \qquad \phi \leftarrow \phi + w.
/// ```
///
/// A program that knows the gradient at its parameters keeps the point of the gradient itself,
/// $`\theta = \phi + \mu w`$. After a step $`\theta' = \phi' + \mu w' = \phi + w' + \mu w'`$, and with
/// $`\phi = \theta - \mu w`$ and $`w' - \mu w = -\eta g`$
///
/// ```math
/// \theta' = \theta + (w' - \mu w) + \mu w' = \theta - \eta\, (g + \mu v'), \qquad v' = -w' / \eta,
/// ```
///
/// which is the form above. [`Trace`] looks ahead, then comes [`ScaleByLearningRate`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the look-ahead form after a change of variable | `nesterov_looks_ahead` |
/// | $`\mu = 0`$ is gradient descent | `without_decay_momentum_is_gradient_descent` |
///
/// # Errors
///
/// As [`momentum`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, nesterov};
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
///
/// # References
///
/// Y. Nesterov, *Introductory Lectures on Convex Optimization* (2004), section 2.2. I. Sutskever et al., *On the
/// importance of initialization and momentum in deep learning* (2013), equations 1 to 4.
pub fn nesterov<T: Float>(rate: impl Schedule + 'static, mu: f64) -> Result<Chain<T>, OptimError> {
    traced(rate, mu, Look::Ahead)
}

fn traced<T: Float>(
    rate: impl Schedule + 'static,
    decay: f64,
    look: Look,
) -> Result<Chain<T>, OptimError> {
    let traced = (Trace { decay, look }, ScaleByLearningRate::new(rate));
    chain(vec![Link::new(traced)])
}
