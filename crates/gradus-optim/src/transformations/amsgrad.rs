//! AMSGrad: Adam whose rates never rise.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{ScaleByAdam, correction, flush};
use gradus_numeric::Float;

/// Adam whose denominator is the largest that it ever had.
///
/// ```math
/// \begin{aligned}
/// m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, & v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \\
/// w &\leftarrow \max(w, v), & u &= \frac{m / (1 - \beta_1^t)}{\sqrt{w / (1 - \beta_2^t)} + \varepsilon}
/// \end{aligned}
/// ```
///
/// where $`w`$ is the state vector `most`. Adam forgets a rare large gradient, and may then run away from a minimum that only
/// such gradients know of; with the largest average the steps fall and convergence of convex problems can be
/// proved. The settings are those of `adam`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`w`$ never falls | `the_largest_average_never_falls` |
/// | it is Adam, to the bit, as long as $`v`$ does not fall | `amsgrad_is_adam_while_squares_grow` |
///
/// # Errors
///
/// As [`ScaleByAdam`].
///
/// # Examples
///
/// ```
/// use gradus_optim::{Maximum, ScaleByAmsgrad, descend};
///
/// let optax = ScaleByAmsgrad { maximum: Maximum::Corrected, ..ScaleByAmsgrad::default() };
/// assert_eq!(descend::<f32>(optax, 1e-3)?.names(), ["0.mu", "0.nu", "0.most"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// S. J. Reddi, S. Kale and S. Kumar, *On the convergence of Adam and beyond* (2018), algorithm 2,
/// <https://arxiv.org/abs/1904.09237>.
#[doc(alias = "AMSGrad")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaleByAmsgrad {
    /// The settings of Adam.
    pub adam: ScaleByAdam,
    /// Of what the maximum is taken; libraries differ.
    pub maximum: Maximum,
}

/// Of what AMSGrad takes the maximum.
///
/// # Examples
///
/// See [`ScaleByAmsgrad`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maximum {
    /// Of $`v`$, and the maximum is corrected: PyTorch, Keras.
    #[default]
    Uncorrected,
    /// Of $`v / (1 - \beta_2^t)`$, whose maximum stands in the formula as it is: optax.
    Corrected,
}

impl<T: Float> Entrywise<T> for ScaleByAmsgrad {
    const VECTORS: &'static [Vector] = &[
        Vector::signed("mu"),
        Vector::not_negative("nu"),
        Vector::not_negative("most"),
    ];
    const NUMBERS: &'static [&'static str] = &["a", "b", "c", "corrected"];

    fn check(&self) -> Result<(), OptimError> {
        Entrywise::<T>::check(&self.adam)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers[..3].copy_from_slice(&self.adam.constants(now.step));
        // In the corrected form w holds v over its correction, which the constants then undo.
        numbers[3] = match self.maximum {
            Maximum::Uncorrected => 1.0,
            Maximum::Corrected => correction(self.adam.beta2, now.step),
        };
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [a, b, c, corrected] = [0, 1, 2, 3].map(|i| T::from_f64(at.numbers[i]));
        let [decay1, decay2] = [self.adam.beta1, self.adam.beta2].map(T::from_f64);
        let [gain1, gain2] = [1.0 - self.adam.beta1, 1.0 - self.adam.beta2].map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, v, w] = state else { return g };
            *m = flush(decay1 * *m + gain1 * g);
            *v = flush(decay2 * *v + gain2 * (g * g));
            let now = *v / corrected;
            *w = if now > *w { now } else { *w };
            let step = *m / (a * (*w * corrected + b).sqrt() + c);
            if *w > zero { step } else { zero }
        }
    }

    /// $`w \ge v`$, so Adam's step is the longer one.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(&self.adam, reach, &numbers[..3])
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound_of_any_past(&self.adam, reach, &numbers[..3])
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        let [m, v, w] = state else { return true };
        let largest = w.to_f64() * numbers.get(3).map_or(1.0, |c| *c).max(f64::MIN_POSITIVE);
        largest >= 0.5 * v.to_f64()
            && largest.sqrt() <= 2.0 * reach.g
            && Entrywise::<T>::admits(&self.adam, reach, &numbers[..3], &[*m, *v])
    }
}
