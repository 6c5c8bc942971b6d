//! What a prediction is compared with, and how much each sample counts.

use crate::error::LossError;
use gradus_numeric::{Float, MatrixRef};

/// What a prediction is compared with: one class per sample, or a matrix of the prediction's shape.
///
/// # Examples
///
/// The same three digits, as labels and as one-hot columns:
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Order, Shape, SoftmaxCrossEntropy, Target};
///
/// let shape = Shape::new(2, 3);
/// let logits = MatrixRef::new(&[0.0, 1.0, 2.0, 2.0, 1.0, 0.0], shape, Order::Rows)?;
/// let one_hot = MatrixRef::new(&[1.0, 0.0, 1.0, 0.0, 1.0, 0.0], shape, Order::Rows)?;
/// let (mut a, mut b) = ([0.0; 3], [0.0; 3]);
/// let loss = SoftmaxCrossEntropy::default();
/// loss.per_sample(logits, Target::Labels(&[0, 1, 0]), &mut a)?;
/// loss.per_sample(logits, Target::Values(one_hot), &mut b)?;
/// assert_eq!(a, b);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target<'a, T> {
    /// The class of each sample, in `0..classes`.
    Labels(&'a [u32]),
    /// One number per entry of the prediction: a value to be met or a probability.
    Values(MatrixRef<'a, T>),
}

/// How much each sample counts.
///
/// A sample of weight zero is *ignored*: it adds exactly 0 to value and gradient, whatever its
/// prediction, target or label is, NaN included. An ignored sample and a removed one are the same to
/// the bit.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Reduction, Shape, Weights};
///
/// let weights = Weights::PerSample(&[1.0, 0.0, 2.0]);
/// assert_eq!(Reduction::WeightedMean.weighted_denominator(weights, Shape::new(10, 3))?, 3.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Weights<'a, T> {
    /// Every sample counts 1.
    #[default]
    Equal,
    /// One weight per sample, finite and not negative.
    PerSample(&'a [T]),
}

impl<T: Float> Weights<'_, T> {
    /// The weight of sample `j`; 1 where nothing else is said.
    #[inline(always)]
    pub(crate) fn of(&self, j: usize) -> f64 {
        match self {
            Self::Equal => 1.0,
            Self::PerSample(weights) => weights.get(j).map_or(1.0, |w| w.to_f64()),
        }
    }

    /// One finite weight per sample, none of them negative.
    pub(crate) fn check(&self, samples: usize) -> Result<(), LossError> {
        let Self::PerSample(weights) = self else {
            return Ok(());
        };
        if weights.len() != samples {
            let weights = weights.len();
            return Err(LossError::WeightCount { weights, samples });
        }
        let valid = |w: &T| w.is_finite() && w.to_f64() >= 0.0;
        match weights.iter().position(|w| !valid(w)) {
            None => Ok(()),
            Some(sample) => Err(LossError::InvalidWeight {
                sample,
                weight: self.of(sample),
            }),
        }
    }
}
