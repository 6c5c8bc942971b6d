//! The trust ratio of LARS and LAMB: updates as long as the parameters they change.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Over, Reach};
use gradus_numeric::Float;

/// Makes the update of each tensor as long as the tensor.
///
/// ```math
/// u = \frac{\lVert \theta \rVert}{\lVert g \rVert}\, g, \qquad \text{1 for the ratio if either norm is zero}
/// ```
///
/// After Adam and weight decay, before the rate: LAMB. Its sums are measured at the end of the pass before, while
/// blocks are in the cache.
///
/// # References
///
/// Y. You et al., *Large batch optimization for deep learning* (2020), algorithm 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByTrustRatio;

impl<T: Float> Entrywise<T> for ScaleByTrustRatio {
    const SUMS: Option<Over> = Some(Over::Tensor);

    #[inline(always)]
    fn sum(&self, u: f64, theta: f64) -> [f64; 2] {
        [u * u, theta * theta]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [u, theta] = at.sums.map(f64::sqrt);
        let ratio = T::from_f64(if u > 0.0 && theta > 0.0 {
            theta / u
        } else {
            1.0
        });
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * ratio
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        (reach.n.sqrt() * reach.theta).max(reach.g)
    }
}

/// Multiplies by the root mean square of the tensor's parameters, or by `least` if that is greater.
///
/// After [`ScaleByFactoredRms`](crate::ScaleByFactoredRms), before the rate: Adafactor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByParameterRms {
    /// $`\varepsilon_2`$, for tensors that begin at zero.
    pub least: f64,
}

impl<T: Float> Entrywise<T> for ScaleByParameterRms {
    const SUMS: Option<Over> = Some(Over::Tensor);

    #[inline(always)]
    fn sum(&self, _u: f64, theta: f64) -> [f64; 2] {
        [0.0, theta * theta]
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let n = at.tensor.window().len() as f64;
        let rms = T::from_f64((at.sums[1] / n).sqrt().max(self.least));
        #[inline(always)]
        move |g: T, _theta: T, _state: &mut [T]| g * rms
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g * reach.theta.max(self.least)
    }
}
