//! NAdam: Adam that looks ahead.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::can_be_squared;
use crate::core::settings::not_negative;
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{Epsilon, ScaleByAdam, correction, flush};
use gradus_numeric::Float;

/// Adam with Nesterov's look ahead.
///
/// ```math
/// u = \frac{1}{\sqrt{\hat v} + \varepsilon} \left( \frac{\mu_{t+1}}{1 - \prod_{i \le t+1} \mu_i}\, m
///   + \frac{1 - \mu_t}{1 - \prod_{i \le t} \mu_i}\, g \right), \qquad
/// \mu_t = \beta_1 \bigl(1 - \tfrac12 \, 0.96^{\psi t}\bigr) \text{ or } \beta_1
/// ```
///
/// with the averages $`m`$ and $`v`$ of [`ScaleByAdam`](crate::ScaleByAdam). The momentum of the next step is applied already, and the gradient
/// of this one counts at once. `warm_up` is $`\psi`$: `Some(0.004)` is the paper and PyTorch, `None` is the constant
/// $`\mu = \beta_1`$ of optax.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a constant gradient $`g`$ and $`\mu = \beta`$ give $`\operatorname{sign}(g) \left(\beta \frac{1 - \beta^t}{1 - \beta^{t+1}} + \frac{1 - \beta}{1 - \beta^t}\right)`$ | `nadam_looks_ahead_of_a_constant_gradient` |
///
/// # Errors
///
/// As [`ScaleByAdam`](crate::ScaleByAdam); [`chain`](crate::chain) refuses a negative $`\psi`$.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ScaleByNadam, descend};
///
/// let optax = ScaleByNadam { warm_up: None, ..ScaleByNadam::default() };
/// assert_eq!(descend::<f32>(optax, 1e-3)?.names(), ["0.mu", "0.nu"]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// T. Dozat, *Incorporating Nesterov momentum into Adam* (2016), algorithm 2.
#[doc(alias = "NAdam")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByNadam {
    /// How much of the average gradient survives a step, in $`[0, 1)`$.
    pub beta1: f64,
    /// How much of the average square survives a step, in $`[0, 1)`$.
    pub beta2: f64,
    /// What keeps the denominator from zero.
    pub epsilon: f64,
    /// $`\psi`$, how fast the momentum warms up; `None` for a constant momentum.
    pub warm_up: Option<f64>,
}

/// $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$, $`\varepsilon = 10^{-8}`$, $`\psi = 0.004`$: PyTorch.
impl Default for ScaleByNadam {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            warm_up: Some(0.004),
        }
    }
}

impl ScaleByNadam {
    fn adam(&self) -> ScaleByAdam {
        ScaleByAdam {
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: Epsilon::Corrected(self.epsilon),
        }
    }

    /// $`\mu_t`$.
    fn momentum(&self, t: u64) -> f64 {
        let warm = |psi: f64| 1.0 - 0.5 * 0.96_f64.powf(psi * t as f64);
        self.beta1 * self.warm_up.map_or(1.0, warm)
    }
}

impl<T: Float> Entrywise<T> for ScaleByNadam {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::not_negative("nu")];
    const NUMBERS: &'static [&'static str] = &["ln_product", "of_m", "of_g", "epsilon"];

    fn check(&self) -> Result<(), OptimError> {
        not_negative::<T>("warm_up", self.warm_up.unwrap_or(0.0))?;
        Entrywise::<T>::check(&self.adam())
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let t = now.step;
        let (here, next) = (self.momentum(t), self.momentum(t + 1));
        // Logarithms of products do not underflow; before the first step the product is 1.
        let product = now.before.first().map_or(0.0, |ln| *ln) + here.ln();
        let left = |ln: f64| -ln.exp_m1();
        let root = correction(self.beta2, t).sqrt();
        numbers.copy_from_slice(&[
            product,
            next / left(product + next.ln()) * root,
            (1.0 - here) / left(product) * root,
            root * self.epsilon,
        ]);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [of_m, of_g, epsilon] = [1, 2, 3].map(|i| T::from_f64(at.numbers[i]));
        let [decay1, decay2] = [self.beta1, self.beta2].map(T::from_f64);
        let [gain1, gain2] = [1.0 - self.beta1, 1.0 - self.beta2].map(T::from_f64);
        let zero = T::default();
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, v] = state else { return g };
            *m = flush(decay1 * *m + gain1 * g);
            *v = flush(decay2 * *v + gain2 * (g * g));
            let step = (of_m * *m + of_g * g) / (v.sqrt() + epsilon);
            if *v > zero { step } else { zero }
        }
    }

    /// $`\lvert m \rvert / \sqrt v`$ as for Adam, and $`g^2 (1 - \beta_2) \le v`$.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if !can_be_squared::<T>(reach.g) {
            return f64::INFINITY;
        }
        let of_g = numbers[2] / (1.0 - self.beta2).sqrt();
        let by_squares = numbers[1] * self.adam().ratio() + of_g;
        2.0 * by_squares.min((numbers[1] + numbers[2]) * reach.g / numbers[3])
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        Entrywise::<T>::admits(&self.adam(), reach, numbers, state)
    }
}
