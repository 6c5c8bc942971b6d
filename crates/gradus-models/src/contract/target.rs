//! What a model predicts.

use crate::error::ModelError;
use crate::samples::{check_numbers, check_weights};
use gradus_evaluation::{EvaluationError, accuracy, r_squared};
use gradus_numeric::{compensated_dot, compensated_sum};
use std::iter::zip;

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
    /// As [`score`](Self::score); [`ModelError::TargetCount`], [`ModelError::NotAWeight`], [`ModelError::NoWeight`].
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

    /// $`R^2`$ of numbers is that of the roots of the weights times the deviations:
    /// $`1 - \sum \omega_i (y_i - \hat y_i)^2 / \sum \omega_i (y_i - \bar y)^2`$ with the weighted mean $`\bar y`$.
    fn score_weighted(
        truth: &[Self],
        predicted: &[Self],
        weights: &[f64],
    ) -> Result<f64, ModelError> {
        let total = checked_total(truth.len(), predicted.len(), weights)?;
        check_numbers(truth)?;
        check_numbers(predicted)?;
        // Samples without weight are none: their distances must not be the unit of the others.
        let counted = zip(zip(truth, predicted), weights.iter().map(|w| w / total));
        let counted = counted.filter(|(_, share)| *share > 0.0);
        let (pairs, shares): (Vec<(&f64, &f64)>, Vec<f64>) = counted.unzip();
        let (truth, predicted): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let value = truth.first().copied().unwrap_or(f64::NAN); // one weight at least is positive
        if truth.iter().all(|&y| y == value) {
            return Err(EvaluationError::ConstantTruth { value }.into());
        }
        let mean = compensated_dot(&shares, &truth)?;
        let errors = zip(&truth, &predicted).map(|(y, p)| y - p).collect();
        let deviations = truth.iter().map(|y| y - mean).collect();
        let (unexplained, all) = (
            root_square(errors, &shares)?,
            root_square(deviations, &shares)?,
        );
        Ok(1.0 - (unexplained / all).powi(2))
    }
}

/// The root of the weighted mean square, in units of the largest: neither tiny nor huge distances are lost.
fn root_square(distances: Vec<f64>, shares: &[f64]) -> Result<f64, ModelError> {
    let unit = distances.iter().map(|d| d.abs()).fold(0.0, f64::max);
    if !unit.is_finite() {
        let what = "a distance from the truth";
        return Err(ModelError::Overflow { what });
    }
    let scale = if unit > 0.0 { unit } else { 1.0 };
    let squares: Vec<f64> = distances.into_iter().map(|d| (d / scale).powi(2)).collect();
    Ok(scale * compensated_dot(shares, &squares)?.sqrt())
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
        let total = checked_total(truth.len(), predicted.len(), weights)?;
        let right = zip(zip(truth, predicted), weights).filter(|((y, p), _)| y == p);
        Ok(compensated_sum(
            &right.map(|(_, w)| w / total).collect::<Vec<_>>(),
        ))
    }
}

/// The sum of weights, one a sample.
fn checked_total(truth: usize, predicted: usize, weights: &[f64]) -> Result<f64, ModelError> {
    if truth != predicted {
        return Err(EvaluationError::LengthMismatch { truth, predicted }.into());
    }
    check_weights(weights, truth)?;
    let total = compensated_sum(weights);
    if total.is_finite() {
        return Ok(total);
    }
    let what = "the sum of the weights";
    Err(ModelError::Overflow { what })
}
