//! What a model predicts.

use crate::error::ModelError;
use crate::samples::check_weights;
use gradus_evaluation::{
    EvaluationError, accuracy, accuracy_weighted, r_squared, r_squared_weighted,
};

/// What a model predicts: numbers (`f64`) or labels (`u32`).
///
/// Each has the score that is usual for it, the larger the better, 1 for a perfect prediction.
///
/// | target | score |
/// |---|---|
/// | `f64` | $`R^2`$, [`r_squared`], [`r_squared_weighted`] |
/// | `u32` | the share of right labels, [`accuracy`], [`accuracy_weighted`] |
///
/// # Examples
///
/// ```
/// use gradus_models::Target;
///
/// assert_eq!(u32::score(&[0, 1, 1, 2], &[0, 1, 2, 2])?, 0.75);
/// assert_eq!(f64::score(&[1.0, 2.0, 3.0], &[1.0, 2.0, 2.0])?, 0.5); // 1 - 1 / 2
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub trait Target: Copy {
    /// How good a prediction is: 1 for the truth.
    ///
    /// # Errors
    ///
    /// [`ModelError::Evaluation`] where the score is not defined: without samples, or for truth that does not vary.
    fn score(truth: &[Self], predicted: &[Self]) -> Result<f64, ModelError>;

    /// The same where the samples count `weights` times each: 2 is the sample twice, 0 is no sample.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | weights of whole numbers are samples repeated | `weighted_scores_count_samples` |
    /// | samples of weight 0 are none, to the bit | `scores_do_not_see_samples_of_weight_0` |
    ///
    /// # Errors
    ///
    /// As [`score`](Self::score); [`ModelError::TargetCount`], [`ModelError::NotAWeight`], [`ModelError::NoWeight`], and
    /// [`ModelError::Evaluation`] for weights that are too far apart.
    fn score_weighted(
        truth: &[Self],
        predicted: &[Self],
        weights: &[f64],
    ) -> Result<f64, ModelError>;
}

impl Target for f64 {
    fn score(truth: &[Self], predicted: &[Self]) -> Result<f64, ModelError> {
        Ok(r_squared(truth, predicted)?)
    }

    fn score_weighted(
        truth: &[Self],
        predicted: &[Self],
        weights: &[f64],
    ) -> Result<f64, ModelError> {
        check_pairs(truth.len(), predicted.len(), weights)?;
        Ok(r_squared_weighted(truth, predicted, weights)?)
    }
}

impl Target for u32 {
    fn score(truth: &[Self], predicted: &[Self]) -> Result<f64, ModelError> {
        Ok(accuracy(truth, predicted)?)
    }

    fn score_weighted(
        truth: &[Self],
        predicted: &[Self],
        weights: &[f64],
    ) -> Result<f64, ModelError> {
        check_pairs(truth.len(), predicted.len(), weights)?;
        Ok(accuracy_weighted(truth, predicted, weights)?)
    }
}

/// One prediction and one weight for each truth.
fn check_pairs(truth: usize, predicted: usize, weights: &[f64]) -> Result<(), ModelError> {
    if truth != predicted {
        return Err(EvaluationError::LengthMismatch { truth, predicted }.into());
    }
    check_weights(weights, truth)
}
