//! Sophia: the average gradient over an estimate of the curvature, clipped entry by entry.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::{below_one, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{correction, flush};
use gradus_numeric::Float;

/// Divides a moving average of the gradient by one of the Hessian's diagonal, and clips every entry.
///
/// ```math
/// m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad h \leftarrow \beta_2 h + (1 - \beta_2)\, \hat h, \qquad
/// u = \operatorname{clip}\Bigl( \frac{m}{\max(\gamma h, \varepsilon)},\, \rho \Bigr)
/// ```
///
/// where $`\hat h`$ is an estimate of the diagonal of the Hessian, $`m`$ is the state vector `mu` and $`h`$ is `curvature`.
/// Along flat directions steps are long, along steep ones short, as Newton's. Where the curvature is negative or tiny,
/// the estimate is not to be trusted, and the step is $`\rho \operatorname{sign}(m)`$.
///
/// The gradient comes with every step, the estimate every ten steps or so: the caller hands it to
/// [`Chain::learn_curvature`](crate::Chain::learn_curvature), and $`h`$ moves then and only then. Two estimates cost about
/// one gradient more each:
///
/// | name | $`\hat h`$ |
/// |------|------------|
/// | Hutchinson | $`v \odot (\nabla^2 L\, v)`$ with random signs $`v`$: a Hessian-vector product |
/// | Gauss–Newton–Bartlett | $`B\, \hat g \odot \hat g`$: the gradient $`\hat g`$ of the mean loss of $`B`$ samples whose labels are drawn from the model |
///
/// In a training of `gradus-nn`, `Training::with_curvature` computes the second one, on the same threads and processes as gradients.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert u \rvert \le \rho`$ | `sophia_clips_every_entry` |
/// | with the true curvature of a separable quadratic and $`\beta = 0`$, one step solves it | `sophia_is_newton_where_the_curvature_is_known` |
/// | where $`h \le 0`$ it steps by the sign | `sophia_steps_by_the_sign_where_curvature_is_negative` |
/// | $`\mathrm{E}[v \odot H v] = \operatorname{diag} H`$ | `hutchinsons_mean_is_the_diagonal` |
/// | $`\mathrm{E}[\hat g \odot \hat g] = \operatorname{diag}`$ of Gauss and Newton's matrix | `bartletts_mean_is_the_diagonal` |
///
/// # Numerics
///
/// The denominator is at least $`\varepsilon`$, so a quotient is finite or is clipped.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$ and $`\gamma`$, $`\varepsilon`$, $`\rho`$ that are not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleBySophia, Shape, descend};
///
/// // ½ (x² + 100 y²) from (4, 4); the estimate is exact.
/// let newton = ScaleBySophia { beta1: 0.0, beta2: 0.0, gamma: 1.0, rho: 10.0, ..ScaleBySophia::default() };
/// let optimizer = descend(newton, 1.0)?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [4.0, 4.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.learn_curvature(&mut state, &[1.0, 100.0])?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[4.0, 400.0]]))?;
/// assert_eq!(theta, [0.0, 0.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// H. Liu et al., *Sophia: a scalable stochastic second-order optimizer for language model pre-training* (2023),
/// algorithm 3, <https://arxiv.org/abs/2305.14342>.
#[doc(alias = "Sophia")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBySophia {
    /// $`\beta_1`$: how much of the average gradient survives a step.
    pub beta1: f64,
    /// $`\beta_2`$: how much of the average curvature survives an estimate.
    pub beta2: f64,
    /// $`\gamma`$: how much of the curvature counts; larger ones clip less.
    pub gamma: f64,
    /// $`\varepsilon`$: the smallest denominator.
    pub epsilon: f64,
    /// $`\rho`$: the largest entry of an update.
    pub rho: f64,
    /// Whether $`m`$ is corrected for its start at zero.
    pub start: MeanStart,
}

/// What a moving average that starts at zero is taken for in the first steps; libraries differ.
///
/// # Examples
///
/// ```
/// use gradus_optim::{MeanStart, ScaleBySophia};
///
/// assert_eq!(ScaleBySophia::default().start, MeanStart::Zero); // the paper; optax corrects
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeanStart {
    /// $`m`$ as it is: the paper and its authors' code. The first steps are short.
    Zero,
    /// $`m / (1 - \beta_1^t)`$: optax.
    Corrected,
}

/// $`\beta_1 = 0.965`$, $`\beta_2 = 0.99`$, $`\gamma = 0.01`$, $`\varepsilon = 10^{-12}`$, $`\rho = 1`$, no correction: the paper's
/// settings with Hutchinson's estimate; with that of Gauss, Newton and Bartlett $`\gamma = 0.05`$.
impl Default for ScaleBySophia {
    fn default() -> Self {
        Self {
            beta1: 0.965,
            beta2: 0.99,
            gamma: 0.01,
            epsilon: 1e-12,
            rho: 1.0,
            start: MeanStart::Zero,
        }
    }
}

impl<T: Float> Entrywise<T> for ScaleBySophia {
    const VECTORS: &'static [Vector] = &[Vector::signed("mu"), Vector::signed("curvature")];
    const NUMBERS: &'static [&'static str] = &["correction"];
    const LEARNS: bool = true;

    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        positive::<T>("gamma", self.gamma)?;
        positive::<T>("epsilon", self.epsilon)?;
        positive::<T>("rho", self.rho)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers[0] = match self.start {
            MeanStart::Zero => 1.0,
            MeanStart::Corrected => 1.0 / correction(self.beta1, now.step),
        };
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [decay, gain] = [self.beta1, 1.0 - self.beta1].map(T::from_f64);
        let [gamma, epsilon, rho] = [self.gamma, self.epsilon, self.rho].map(T::from_f64);
        let correction = T::from_f64(at.numbers[0]);
        #[inline(always)]
        move |g: T, _theta: T, state: &mut [T]| {
            let [m, h] = state else { return g };
            *m = flush(decay * *m + gain * g);
            let curved = gamma * *h;
            let curved = if curved > epsilon { curved } else { epsilon };
            let u = *m * correction / curved;
            let u = if u < rho { u } else { rho };
            if u > -rho { u } else { -rho }
        }
    }

    fn learn(&self, curvature: T, state: &mut [T]) {
        if let [_, h] = state {
            let [decay, gain] = [self.beta2, 1.0 - self.beta2].map(T::from_f64);
            *h = flush(decay * *h + gain * curvature);
        }
    }

    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        self.rho
    }

    fn bound_of_any_past(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        self.rho
    }
}
