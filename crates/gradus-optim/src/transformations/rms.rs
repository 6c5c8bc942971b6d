//! `RMSprop`: the gradient over its root mean square.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::flush;
use gradus_numeric::Float;

/// Divides the gradient by the root of a moving average of its square.
///
/// ```math
/// v \leftarrow \beta v + (1 - \beta)\, g^2, \qquad u = \frac{g}{\sqrt{v} + \varepsilon}
/// ```
///
/// where $`\beta`$ is `beta`, $`v`$ the state vector `nu`, zero at first, and $`\varepsilon`$ is `epsilon`, outside of the root or
/// inside, $`u = g / \sqrt{v + \varepsilon}`$ ([`RootEpsilon`]). It is
/// [`ScaleByAdagrad`](crate::ScaleByAdagrad) that forgets: the rate of a parameter recovers when its gradients become
/// small again. [`ScaleByStandardDeviation`](crate::ScaleByStandardDeviation) subtracts the mean first; with
/// [`Trace`](crate::Trace) behind it is PyTorch's `RMSprop` with momentum.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert u \rvert \le 1 / \sqrt{1 - \beta}`$ | `rms_steps_are_bounded` |
/// | it is Adam with $`\beta_1 = 0`$ and without correction | `rms_is_adam_without_momentum` |
/// | inside of the root $`\varepsilon`$ counts as its root, by a factor of at most $`\sqrt 2`$ | `epsilon_inside_of_the_root_counts_as_its_root` |
///
/// # Numerics
///
/// Without correction for the start at zero, the first step is $`1 / \sqrt{1 - \beta}`$ times as long as later ones, as
/// in PyTorch, Keras and optax. Where $`v`$ is zero, so is the update.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$ and an $`\varepsilon`$ that is not positive, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, rms_prop};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = rms_prop(0.5, 0.75)?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[4.0]]))?;
/// assert_eq!(state.vector("0.nu")?, [4.0]); // 16 / 4
/// assert!((theta[0] + 1.0).abs() < 1e-8); // 0.5 · 4 / 2
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// T. Tieleman and G. Hinton, *Neural networks for machine learning*, lecture 6.5 (2012),
/// <https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByRms {
    /// How much of the average survives a step, in $`[0, 1)`$: 0.99 in PyTorch, 0.9 in Keras and optax.
    pub beta: f64,
    /// What keeps the denominator from zero, and where it stands: $`10^{-8}`$ in PyTorch and optax, $`10^{-7}`$ in Keras.
    pub epsilon: RootEpsilon,
}

/// Where the small constant of [`ScaleByRms`] stands; libraries differ.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | inside of the root $`\varepsilon`$ counts as its root, by a factor of at most $`\sqrt 2`$ | `epsilon_inside_of_the_root_counts_as_its_root` |
///
/// # Examples
///
/// ```
/// use gradus_optim::{RootEpsilon, ScaleByRms, descend};
///
/// let tensorflow = ScaleByRms { beta: 0.9, epsilon: RootEpsilon::Inside(1e-7) };
/// assert!(descend::<f32>(tensorflow, 1e-3).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RootEpsilon {
    /// $`\sqrt v + \varepsilon`$: PyTorch, optax with `eps_in_sqrt=False`.
    Outside(f64),
    /// $`\sqrt{v + \varepsilon}`$: TensorFlow, Keras, optax unless told otherwise.
    Inside(f64),
}

impl RootEpsilon {
    /// $`(b, c)`$ of the denominator $`\sqrt{v + b} + c`$.
    fn constants(self) -> [f64; 2] {
        match self {
            Self::Outside(epsilon) => [0.0, epsilon],
            Self::Inside(epsilon) => [epsilon, 0.0],
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleByRms {
    const VECTORS: &'static [Vector] = &[Vector::not_negative("nu")];

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta", self.beta)?;
        let (RootEpsilon::Outside(epsilon) | RootEpsilon::Inside(epsilon)) = self.epsilon;
        positive::<T>("epsilon", epsilon)
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta, gain] = [self.beta, 1.0 - self.beta].map(T::from_f64);
        let [inside, outside] = self.epsilon.constants().map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [v] = state else { return g };
            *v = flush(beta * *v + gain * (g * g));
            let step = g / ((*v + inside).sqrt() + outside);
            if *v > zero { step } else { zero }
        }
    }

    /// $`(1 - \beta)\, g^2 \le v`$.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        let by_average = 2.0 / (1.0 - self.beta).sqrt();
        if can_be_squared::<T>(reach.g) {
            let [inside, outside] = self.epsilon.constants();
            by_average.min(2.0 * reach.g / (inside.sqrt() + outside))
        } else {
            f64::INFINITY
        }
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        state.iter().all(|v| v.to_f64().sqrt() <= 2.0 * reach.g)
    }
}
