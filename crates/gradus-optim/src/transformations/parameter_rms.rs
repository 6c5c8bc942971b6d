//! Updates in units of the parameters: Adafactor's relative step.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::positive;
use crate::core::squares::{norm, square};
use crate::core::transformation::{Over, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Multiplies the update of every tensor by the root mean square of its parameters.
///
/// ```math
/// u = g \cdot \max\Bigl(\varepsilon, \sqrt{\tfrac{1}{n} \textstyle\sum_i \theta_i^2}\Bigr)
/// ```
///
/// where $`\varepsilon`$ is `smallest` and $`n`$ the number of entries of the tensor. So a learning rate of 0.01 changes
/// every tensor by about one per cent; $`\varepsilon`$ lets tensors move that begin at zero. It stands behind a
/// transformation whose updates are about 1; behind a bare gradient the product could overflow, and steps are refused.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\theta \to 2^k \theta`$ multiplies the update by $`2^k`$ | `steps_in_units_of_the_parameters_scale_with_them` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses an $`\varepsilon`$ that is not positive, also after rounding.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByValue, Gradient, Layout, Link, ScaleByLearningRate, ScaleByParameterRms, Shape, chain};
///
/// let relative = (ScaleByParameterRms { smallest: 1e-3 }, ScaleByLearningRate::new(0.5));
/// let optimizer = chain(vec![Link::new(ClipByValue { limit: 1.0 }), Link::new(relative)])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [8.0, 8.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, -1.0]]))?;
/// assert_eq!(theta, [4.0, 12.0]); // half of 8, down and up
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// N. Shazeer and M. Stern, *Adafactor: adaptive learning rates with sublinear memory cost* (2018), section 8,
/// <https://arxiv.org/abs/1804.04235>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByParameterRms {
    /// $`\varepsilon`$, for tensors that begin at zero; $`10^{-3}`$ in the paper.
    pub smallest: f64,
}

impl<T: Float> Entrywise<T> for ScaleByParameterRms {
    const SUMS: Option<Over> = Some(Over::Tensor);

    fn check(&self) -> Result<(), OptimError> {
        positive::<T>("smallest", self.smallest)
    }

    #[inline(always)]
    fn sum(&self, _u: f64, theta: f64) -> [f64; 2] {
        [0.0, square(theta)]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let n = at.tensor.window().len() as f64;
        let rms = T::from_f64(norm(at.sums[1] / n).max(self.smallest));
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * rms
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * reach.g * reach.theta.max(self.smallest) // beyond the type without something that bounds g
    }
}
