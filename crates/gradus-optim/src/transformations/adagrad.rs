//! Adagrad: the gradient over the root of the sum of all its squares.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{not_negative, positive};
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Divides the gradient by the root of the sum of its squares so far.
///
/// ```math
/// s \leftarrow s + g^2, \qquad u = \frac{g}{\sqrt{s} + \varepsilon}
/// ```
///
/// where $`s`$ is the state vector `sum`, at first `initial`, and $`\varepsilon`$ is `epsilon`. Each parameter has its
/// own rate, which falls as $`1 / \sqrt t`$ under a constant gradient and stays high where gradients are rare: the words
/// of a large vocabulary, the weights of sparse features.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a constant gradient gives steps of $`1 / \sqrt t`$ | `adagrad_falls_as_the_root_of_time` |
/// | the rate of a parameter, $`u / g`$, never rises | `adagrads_rates_never_rise` |
/// | $`g \to 2^k g`$ changes no bit as $`\varepsilon \to 0`$, $`s_0 = 0`$ | `adagrad_ignores_the_scale` |
/// | regret at most $`\sqrt 2\, D \sqrt{\textstyle\sum_t g_t^2}`$ in one dimension | `adagrad_meets_its_regret` |
///
/// # Numerics
///
/// $`s`$ stops at half of the largest number. Four ordinary gradients can reach it; an infinite sum would freeze the
/// parameter for ever without a word. Where $`s`$ is zero, so is the update.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a negative `initial` and an $`\varepsilon`$ that is not positive, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, adagrad};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = adagrad(1.0)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..4 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[7.0]]))?;
/// }
/// let by_hand = 1.0 + 1.0 / 2_f64.sqrt() + 1.0 / 3_f64.sqrt() + 1.0 / 2.0;
/// assert!((theta[0] + by_hand).abs() < 1e-9);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient methods for online learning and stochastic optimization*
/// (2011), figure 1 and theorem 5, <https://jmlr.org/papers/v12/duchi11a.html>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByAdagrad {
    /// The sum before the first step: 0 in PyTorch, 0.1 in optax and Keras.
    pub initial: f64,
    /// What keeps the denominator from zero: $`10^{-10}`$ in PyTorch.
    pub epsilon: f64,
}

/// PyTorch's settings: `initial` 0 and $`\varepsilon = 10^{-10}`$.
impl Default for ScaleByAdagrad {
    fn default() -> Self {
        Self {
            initial: 0.0,
            epsilon: 1e-10,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByAdagrad {
    const VECTORS: &'static [Vector] = &[Vector::not_negative("sum")];

    fn check(&self) -> Result<(), OptimError> {
        not_negative::<T>("initial", self.initial)?;
        positive::<T>("epsilon", self.epsilon)
    }

    fn start(&self, _theta: T, state: &mut [T]) {
        state.fill(T::from_f64(self.initial));
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let (epsilon, zero) = (T::from_f64(self.epsilon), T::default());
        let most = T::MAX * T::from_f64(0.5);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [s] = state else { return g };
            let sum = *s + g * g;
            *s = if sum < most { sum } else { most };
            let step = g / (s.sqrt() + epsilon);
            if *s > zero { step } else { zero }
        }
    }

    /// $`g^2 \le s`$; a square that is subnormal may be half as large as it should.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            2.0
        } else {
            f64::INFINITY
        }
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }
}
