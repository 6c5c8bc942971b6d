//! Momentum: a decaying sum of gradients.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::below_one;
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Replaces the gradient by a decaying sum of all gradients so far: momentum.
///
/// ```math
/// v \leftarrow \mu v + g, \qquad u = \begin{cases} v & \text{heavy ball} \\ g + \mu v & \text{Nesterov} \end{cases}
/// ```
///
/// where $`\mu`$ is `decay` and $`v`$ the state vector `velocity`, zero at first. A ball that rolls with
/// friction: what the gradients agree on grows up to $`1 / (1 - \mu)`$ times, what they contradict each
/// other about cancels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\mu = 0`$ is plain gradient descent | `without_decay_momentum_is_gradient_descent` |
/// | a constant gradient sums up to $`g (1 - \mu^t) / (1 - \mu)`$ | `velocity_is_a_geometric_sum` |
/// | Nesterov's form is the look-ahead form after a change of variable | `nesterov_looks_ahead` |
/// | on quadratics the heavy ball is a power of the companion matrix | `the_heavy_ball_is_a_companion_matrix_power` |
/// | with $`\mu = (\sqrt\kappa - 1) / (\sqrt\kappa + 1)`$ Nesterov's form converges by $`1 - 1 / \sqrt\kappa`$ a step | `nesterov_keeps_its_accelerated_rate` |
/// | it commutes with rotations | `gradient_descent_commutes_with_rotations` |
/// | dampening, $`v \leftarrow \mu v + (1 - \tau)\, g`$, is a smaller rate | `dampening_is_a_smaller_rate` |
///
/// # Numerics
///
/// This is PyTorch's and optax's form, where the learning rate multiplies the sum; in Keras'
/// $`v \leftarrow \mu v - \eta g`$ it is inside, which differs as soon as $`\eta`$ changes. For dampening put
/// [`ScaleByFactor`](crate::ScaleByFactor) in front; PyTorch's does not dampen the first gradient. Velocities
/// below the smallest normal number are set to zero, see [`ScaleByAdam`](crate::ScaleByAdam).
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\mu \notin [0, 1)`$.
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
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// B. T. Polyak, *Some methods of speeding up the convergence of iteration methods* (1964),
/// <https://doi.org/10.1016/0041-5553(64)90137-5>. I. Sutskever et al., *On the importance of
/// initialization and momentum in deep learning* (2013), equations 1–4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    /// How much of the sum survives a step, in $`[0, 1)`$.
    pub decay: f64,
    /// Which point the gradient is thought to be taken at.
    pub look: Look,
}

/// Which point momentum takes the gradient at.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Link, Look, ScaleByLearningRate, Trace, chain};
///
/// let heavy_ball = Trace { decay: 0.9, look: Look::Here };
/// let optimizer = chain::<f32>(vec![Link::new((heavy_ball, ScaleByLearningRate::new(0.1)))])?;
/// assert_eq!(optimizer.names(), ["0.velocity"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Here: Polyak's heavy ball.
    Here,
    /// Where the velocity leads to: Nesterov's acceleration.
    Ahead,
}

impl<T: Float> Entrywise<T> for Trace {
    const VECTORS: &'static [Vector] = &[Vector::signed("velocity")];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("momentum", self.decay)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let mu = T::from_f64(self.decay);
        let ahead = self.look == Look::Ahead;
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [v] = state else { return g };
            *v = flush(mu * *v + g);
            if ahead { g + mu * *v } else { *v }
        }
    }

    /// The geometric series, with $`\mu`$ as it is rounded.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * reach.g / (1.0 - T::from_f64(self.decay).to_f64())
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        let largest = Entrywise::<T>::bound(self, reach, numbers);
        state.iter().all(|v| v.to_f64().abs() <= largest)
    }
}
