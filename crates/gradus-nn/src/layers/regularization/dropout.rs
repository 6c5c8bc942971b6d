//! Dropout.

use super::mask::Draws;
use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// Inverted dropout: in training, each entry becomes 0 with probability `rate` and is divided by
/// `1 - rate` otherwise; in evaluation nothing happens.
///
/// ```math
/// y = \frac{m \odot x}{1 - p}, \qquad m_{ij} \sim \operatorname{Bernoulli}(1 - p), \qquad \E[y] = x
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | evaluation and `rate = 0` are the identity | `dropout_is_the_identity_in_evaluation` |
/// | `rate = 1` gives zeros | `dropout_of_everything_is_zero` |
/// | the mean is kept, within 5σ | `dropout_keeps_the_mean` |
/// | the mask does not depend on shards or threads | `dropout_does_not_depend_on_shards` |
///
/// # Numerics
///
/// The mask of a sample is drawn from the stream keyed by (seed, layer, step, place in the batch), one 32-bit
/// word an entry ([`fill_bernoulli`](gradus_random::fill_bernoulli)); the rate is thus rounded to a multiple of 2⁻³².
///
/// # References
///
/// N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15
/// (2014), 1929–1958, §4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// Probability of zero, in `[0, 1]`.
    pub rate: f64,
}

impl<T: Scalar> Layer<T> for Dropout {
    fn kind(&self) -> &'static str {
        "dropout"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let Some(draws) = Draws::new(self.rate, pass)? else {
            return Ok(x);
        };
        let numbers = [inverse(draws.keep()), 0.0];
        let mask = draws.mask(pass, x.matrix.shape(), 1, numbers);
        Ok(x.map(|x| x.hadamard(mask)))
    }

    fn export(&self, x: Value, _: &mut Export<'_, T>) -> Result<Value, NnError> {
        Ok(x) // in evaluation
    }
}

/// $`1 / q`$, or 0 where nothing is kept.
pub(super) fn inverse(keep: f64) -> f64 {
    if keep > 0.0 { 1.0 / keep } else { 0.0 }
}
