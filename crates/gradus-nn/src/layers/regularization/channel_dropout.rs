//! Dropout of whole channels.

use super::dropout::inverse;
use super::mask::Draws;
use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_linalg::Scalar;

/// Dropout of whole channels: in training, all places of a channel become 0 together with probability `rate`, and are
/// divided by `1 - rate` otherwise; in evaluation nothing happens.
///
/// ```math
/// y_{ck} = \frac{m_c\, x_{ck}}{1 - p}, \qquad m_c \sim \operatorname{Bernoulli}(1 - p)
/// ```
///
/// Neighboring pixels tell nearly the same: dropping single ones takes little away. Of a vector, whose entries are
/// channels, it is [`Dropout`](super::Dropout).
///
/// # Shapes
///
/// Any sample, and the same comes out.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a channel is dropped as a whole or not at all, and the mean is kept | `channels_are_dropped_as_a_whole` |
///
/// # Errors
///
/// [`NnError::Domain`] for a rate outside of `[0, 1]`.
///
/// # References
///
/// J. Tompson et al., *Efficient object localization using convolutional networks*, CVPR 2015, §3.2,
/// <https://arxiv.org/abs/1411.4280>.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Dropout2d")]
#[doc(alias = "spatial dropout")]
pub struct ChannelDropout {
    /// Probability of zero, in `[0, 1]`.
    pub rate: f64,
}

impl<T: Scalar> Layer<T> for ChannelDropout {
    fn kind(&self) -> &'static str {
        "channel dropout"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let Some(draws) = Draws::new(self.rate, pass)? else {
            return Ok(x);
        };
        let (numbers, places) = ([inverse(draws.keep()), 0.0], x.sample.places());
        let mask = draws.mask(pass, x.matrix.shape(), places, numbers);
        Ok(x.map(|x| x.hadamard(mask)))
    }

    fn export(&self, x: Value, _: &mut Export<'_, T>) -> Result<Value, NnError> {
        Ok(x) // in evaluation
    }
}
