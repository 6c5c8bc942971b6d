//! Adam.

use crate::core::chain::{Chain, chain};
use crate::core::link::Link;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;
use crate::transformations::adam::ScaleByAdam;
use crate::transformations::learning_rate::ScaleByLearningRate;
use gradus_numeric::Float;

/// Adam with the paper's settings.
///
/// ```math
/// \begin{aligned}
/// m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, & v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \\
/// \hat m &= \frac{m}{1 - \beta_1^t}, & \hat v &= \frac{v}{1 - \beta_2^t}, &
/// \theta &\leftarrow \theta - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}
/// \end{aligned}
/// ```
///
/// where $`g`$ is the gradient, $`t`$ counts the steps from 1, $`\eta`$ is `rate`, $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$
/// and $`\varepsilon = 10^{-8}`$. It is [`ScaleByAdam::default`], then [`ScaleByLearningRate`]; a chain of one's own has
/// other settings. Every parameter has its own unit of length, so $`\eta`$ is about how far it moves in a step.
///
#[doc = include_str!("../../docs/adam.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first step is $`\eta g / (\lvert g \rvert + \varepsilon)`$ | `the_first_adam_step_is_the_sign` |
/// | a constant gradient gives a constant step | `adam_steps_by_the_sign_of_a_constant_gradient` |
/// | $`g \to 2^k g`$ changes no bit if $`\varepsilon = 0`$ | `adam_without_epsilon_ignores_the_scale` |
/// | $`u^2 \le \sum_s w_s^2 / u_s`$ | `adam_steps_obey_cauchy_schwarz` |
///
/// # Errors
///
/// As [`sgd`](crate::sgd).
///
/// # Examples
///
/// ```
/// use gradus_optim::{Cosine, Gradient, Layout, Shape, adam};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = adam(Cosine { start: 0.5, end: 0.0, steps: 4_690 })?;
/// let mut theta = [1.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-1e6]]))?;
/// assert!((theta[0] - 1.5).abs() < 1e-9); // the size of the gradient does not matter
/// assert!(adam::<f32>(-1e-3).is_err());
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization* (2015), algorithm 1 and section 3,
/// <https://arxiv.org/abs/1412.6980>.
pub fn adam<T: Float>(rate: impl Schedule + 'static) -> Result<Chain<T>, OptimError> {
    let adam = (ScaleByAdam::default(), ScaleByLearningRate::new(rate));
    chain(vec![Link::new(adam)])
}
