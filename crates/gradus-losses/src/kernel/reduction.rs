//! From one loss per sample to one number: what the sum is divided by.

use crate::error::LossError;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, Shape};

/// How the losses of a batch become one number: by what their weighted sum is divided.
///
/// | reduction | $`L`$ | elsewhere called |
/// |---|---|---|
/// | `Sum` | $`\sum_i w_i \ell_i`$ | `sum` |
/// | `Mean` | $`\frac{1}{n} \sum_i w_i \ell_i`$ | `batch_mean`, Keras' `sum_over_batch_size` |
/// | `WeightedMean` | $`\sum_i w_i \ell_i / \sum_i w_i`$ | PyTorch's `mean` with `ignore_index` or weights |
/// | `WeightedMeanOrZero` | the same, and 0 if all $`w_i`$ are 0 | what PyTorch's users write for its NaN |
/// | `ElementMean` | $`\frac{1}{m n} \sum_i w_i \ell_i`$ | PyTorch's and Keras' mean squared error |
///
/// where $`n`$ is the number of samples and $`m`$ the number of outputs of a sample. Losses of this crate
/// are *sums* over the outputs of one sample, so `Mean` and `ElementMean` differ by the factor $`m`$, and the
/// learning rate that suits one of them does not suit the other.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the mean is the sum over $`n`$ | `mean_is_sum_over_n` |
/// | an integer weight is a repeated sample | `integer_weight_is_a_repeated_sample` |
/// | an ignored sample is a removed one, to the bit | `ignored_samples_are_removed_samples` |
///
/// # Examples
///
/// ```
/// use gradus_losses::{LossError, Reduction, Shape, Weights};
///
/// let (shape, weights) = (Shape::new(10, 4), Weights::PerSample(&[1.0, 0.0, 1.0, 0.5]));
/// assert_eq!(Reduction::Sum.weighted_denominator(weights, shape), Ok(1.0));
/// assert_eq!(Reduction::Mean.weighted_denominator(weights, shape), Ok(4.0));
/// assert_eq!(Reduction::WeightedMean.weighted_denominator(weights, shape), Ok(2.5));
/// assert_eq!(Reduction::ElementMean.weighted_denominator(weights, shape), Ok(40.0));
///
/// assert_eq!(Reduction::Mean.denominator(shape), Ok(4.0)); // all weights 1
///
/// // All samples ignored: a mean of nothing is an error, not NaN.
/// let nothing = Reduction::WeightedMean.weighted_denominator(Weights::PerSample(&[0.0; 4]), shape);
/// assert_eq!(nothing, Err(LossError::ZeroWeights));
/// // … unless 0 is asked for: the sum of nothing over 1.
/// let zero = Reduction::WeightedMeanOrZero.weighted_denominator(Weights::PerSample(&[0.0; 4]), shape);
/// assert_eq!(zero, Ok(1.0));
/// ```
///
/// # References
///
/// Reductions that were named wrongly or divided by zero elsewhere: pytorch#6622 (mean of a KL divergence
/// over elements), pytorch#75181 (all labels ignored gives NaN).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Divide by 1.
    Sum,
    /// Divide by the number of samples; the default.
    #[default]
    Mean,
    /// Divide by the sum of the weights; if that is 0, there is no mean, and an error.
    WeightedMean,
    /// Divide by the sum of the weights, or, if that is 0, by 1: of samples that are all ignored the loss is 0.
    WeightedMeanOrZero,
    /// Divide by the number of entries of the prediction.
    ElementMean,
}

impl Reduction {
    /// What the sum of the losses is divided by, for a prediction of this shape, where every sample counts 1.
    ///
    /// # Errors
    ///
    /// [`LossError::EmptyBatch`] without samples, [`LossError::NoClasses`] for the element mean of samples
    /// without outputs.
    pub fn denominator(self, shape: Shape) -> Result<f64, LossError> {
        self.weighted_denominator::<f64>(Weights::Equal, shape)
    }

    /// What the weighted sum of the losses is divided by, for a prediction of this shape.
    ///
    /// # Errors
    ///
    /// As [`denominator`](Self::denominator); [`LossError::ZeroWeights`] if a weighted mean has nothing to average over,
    /// [`LossError::WeightCount`] and [`LossError::InvalidWeight`] for weights that are none.
    pub fn weighted_denominator<T: Float>(
        self,
        weights: Weights<'_, T>,
        shape: Shape,
    ) -> Result<f64, LossError> {
        let (m, n) = (shape.rows, shape.columns);
        if n == 0 {
            return Err(LossError::EmptyBatch);
        }
        weights.check(n)?;
        match self {
            Self::Sum => Ok(1.0),
            Self::Mean => Ok(n as f64),
            Self::WeightedMean | Self::WeightedMeanOrZero => {
                match (0..n).map(|j| weights.of(j)).sum::<f64>() {
                    0.0 if self == Self::WeightedMean => Err(LossError::ZeroWeights),
                    0.0 => Ok(1.0),
                    total => Ok(total),
                }
            }
            Self::ElementMean if m == 0 => Err(LossError::NoClasses),
            Self::ElementMean => Ok(m as f64 * n as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reduction;
    use crate::{LossError, Weights};
    use gradus_numeric::Shape;

    #[test]
    fn denominators_by_hand() {
        let shape = Shape::new(3, 2);
        let weights = Weights::PerSample(&[0.5, 0.25]);
        let all = [
            (Reduction::Sum, 1.0),
            (Reduction::Mean, 2.0),
            (Reduction::WeightedMean, 0.75),
            (Reduction::ElementMean, 6.0),
        ];
        for (reduction, denominator) in all {
            assert_eq!(
                reduction.weighted_denominator(weights, shape),
                Ok(denominator)
            );
        }
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        let denominator = |weights: &[f64]| {
            Reduction::Sum.weighted_denominator(Weights::PerSample(weights), Shape::new(1, 2))
        };
        let invalid = |sample, weight| Err(LossError::InvalidWeight { sample, weight });
        assert_eq!(denominator(&[1.0, -1.0]), invalid(1, -1.0));
        assert_eq!(
            denominator(&[f64::INFINITY, 1.0]),
            invalid(0, f64::INFINITY)
        );
        assert!(matches!(
            denominator(&[1.0, f64::NAN]),
            Err(LossError::InvalidWeight { sample: 1, .. })
        ));
        let count = LossError::WeightCount {
            weights: 1,
            samples: 2,
        };
        assert_eq!(denominator(&[1.0]), Err(count));
    }

    #[test]
    fn nothing_has_no_mean() {
        let empty = Reduction::Mean.denominator(Shape::new(3, 0));
        assert_eq!(empty, Err(LossError::EmptyBatch));
        let thin = Reduction::ElementMean.denominator(Shape::new(0, 3));
        assert_eq!(thin, Err(LossError::NoClasses));
    }
}
