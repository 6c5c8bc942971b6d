//! What a model predicts.

use crate::error::ModelError;
use gradus_evaluation::{accuracy, r_squared};

/// What a model predicts: numbers (`f64`) or labels (`u32`).
///
/// Each has the score that is usual for it, the larger the better, 1 for a perfect prediction.
///
/// | target | score |
/// |---|---|
/// | `f64` | $`R^2`$, [`r_squared`] |
/// | `u32` | the share of right labels, [`accuracy`] |
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
}

impl Target for f64 {
    fn score(truth: &[Self], predicted: &[Self]) -> Result<f64, ModelError> {
        Ok(r_squared(truth, predicted)?)
    }
}

impl Target for u32 {
    fn score(truth: &[Self], predicted: &[Self]) -> Result<f64, ModelError> {
        Ok(accuracy(truth, predicted)?)
    }
}
