//! Noise on the gradient that fades.

use crate::core::settings::not_negative;
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::Float;
use gradus_random::{Key, fill_normal};

/// Adds normal noise whose variance falls from step to step.
///
/// ```math
/// u_i = g_i + \sigma_t z_i, \qquad z_i \sim \mathcal{N}(0, 1), \qquad \sigma_t^2 = \frac{\eta}{(1 + t)^\gamma}
/// ```
///
/// where $`t`$ is the number of steps already made. Early noise leads out of poor starts and flat places, later steps
/// hardly feel it. The noise of a tensor belongs to the key, the step and the tensor's place in the layout.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean 0 and variance $`\eta / (1 + t)^\gamma`$ within 5σ | `noise_has_its_variance` |
/// | threads, cuts and a restart change no bit | `noise_belongs_to_key_step_and_tensor` |
/// | $`\eta = 0`$ changes nothing | `noise_of_no_variance_changes_no_bit` |
///
/// # Numerics
///
/// $`\sigma_t z_i`$ is computed in double precision and rounded once. Draws are at most 9.2 in magnitude
/// ([`gradus_random::normal`]), so the update has a bound.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses an $`\eta`$ or $`\gamma`$ that is negative, infinite or NaN.
///
/// # Examples
///
/// ```
/// use gradus_optim::{AddNoise, Gradient, Key, Layout, Link, ScaleByLearningRate, Shape, chain};
///
/// let noise = AddNoise { eta: 1.0, gamma: 0.55, key: Key::new(7) };
/// let optimizer = chain(vec![Link::coarse(noise), Link::new(ScaleByLearningRate::new(1.0))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1000, 1))?;
/// let mut theta = vec![0.0_f64; 1000];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[0.0; 1000]]))?;
/// let variance = theta.iter().map(|x| x * x).sum::<f64>() / 1000.0;
/// assert!((variance - 1.0).abs() < 0.25); // the first step: η
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// A. Neelakantan et al., *Adding gradient noise improves learning for very deep networks* (2015), equation 1, with
/// $`\eta \in \{0.01, 0.3, 1\}`$ and $`\gamma = 0.55`$, <https://arxiv.org/abs/1511.06807>.
#[doc(alias = "annealed gradient noise")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AddNoise {
    /// $`\eta`$: the variance of the first step.
    pub eta: f64,
    /// $`\gamma`$: how fast the variance falls.
    pub gamma: f64,
    /// The key that the draws belong to; the round is the step, the index the tensor.
    pub key: Key,
}

impl<T: Float> Transformation<T> for AddNoise {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<T>("eta", self.eta)?;
        not_negative::<T>("gamma", self.gamma)
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["deviation", "step"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let variance = self.eta * (now.step as f64).powf(-self.gamma);
        numbers.copy_from_slice(&[variance.sqrt(), now.step as f64]);
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let (deviation, step) = (part.numbers[0], part.numbers[1]);
        if deviation == 0.0 {
            return; // adding zeros would change the sign of −0
        }
        // The bits of the number: a name as good as the number itself.
        let key = self.key.round(step.to_bits());
        let mut rng = key.index(part.tensor.offset as u64).rng();
        let mut z = [0.0; BLOCK];
        for block in part.update.chunks_mut(BLOCK) {
            let z = &mut z[..block.len()];
            fill_normal(z, &mut rng);
            for (u, z) in block.iter_mut().zip(z) {
                *u += T::from_f64(deviation * *z);
            }
        }
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        2.0 * (reach.g + LARGEST_DRAW * numbers[0])
    }
}

/// No draw is larger: the quantile of $`1 - 2^{-65}`$ is 9.16.
const LARGEST_DRAW: f64 = 9.2;
/// How many draws are made at a time.
const BLOCK: usize = 256;
