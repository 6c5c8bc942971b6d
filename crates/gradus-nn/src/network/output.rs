//! What turns the last layer's numbers into a prediction.

use crate::error::NnError;
use gradus_numeric::{Float, sigmoid, softmax};

/// The output activation: what [`Model::predict`](crate::Model::predict) applies to the last layer.
///
/// Training does not apply it: losses take the numbers before it (*logits*), because
/// $`\ln \operatorname{softmax}`$ and $`\ln \sigma`$ taken in one piece neither overflow nor cancel.
///
/// | output | prediction | loss that fits |
/// |---|---|---|
/// | `Identity` | $`\hat y = z`$ | squared or absolute error |
/// | `Sigmoid` | $`\hat y = \sigma(z)`$, each a probability | binary cross-entropy from logits |
/// | `Softmax` | $`\hat y_i = e^{z_i} / \sum_j e^{z_j}`$, together a distribution | softmax cross-entropy |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// The numbers as they are.
    #[default]
    Identity,
    /// Each number to a probability of its own.
    Sigmoid,
    /// All numbers of a sample to one distribution.
    Softmax,
}

impl Output {
    /// Applies the activation to one sample, in place.
    ///
    /// # Errors
    ///
    /// For softmax, a NaN or only $`-\infty`$ among the logits.
    pub(crate) fn apply<T: Float>(self, sample: &mut [T]) -> Result<(), NnError> {
        match self {
            Self::Identity => {}
            Self::Sigmoid => sample.iter_mut().for_each(|z| *z = sigmoid(*z)),
            Self::Softmax => sample.copy_from_slice(&softmax(sample)?),
        }
        Ok(())
    }

    /// The name in a summary.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Sigmoid => "sigmoid",
            Self::Softmax => "softmax",
        }
    }
}
