//! Curves of more than two classes: each against all others.

use crate::classification::Average;
use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::ranking::binary_scores::BinaryScores;
use gradus_numeric::{CompensatedSum, Float, MatrixRef};
use std::iter::zip;

/// The scores of each class against all others: a [`BinaryScores`] a class.
///
/// # Shapes
///
/// `scores: classes × samples`, `labels: samples`; the result has `classes` entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of two classes whose scores sum to 1, both have the same area | `two_classes_against_each_other_have_one_area` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`],
/// [`EvaluationError::NotANumber`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, one_against_rest};
///
/// let scores = [0.8, 0.1, 0.1, 0.5, 0.4, 0.1, 0.3, 0.3, 0.4]; // three classes, three samples
/// let scores = MatrixRef::new(&scores, Shape::new(3, 3), Order::Columns)?;
/// let curves = one_against_rest(scores, &[0, 1, 2])?;
/// assert_eq!(curves[0].auc()?, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn one_against_rest<T: Float>(
    scores: MatrixRef<'_, T>,
    labels: &[u32],
) -> Result<Vec<BinaryScores>, EvaluationError> {
    check_lengths(labels.len(), scores.columns())?;
    let classes = scores.rows();
    if let Some(sample) = labels.iter().position(|&label| label as usize >= classes) {
        let label = labels[sample]; // a position in it
        return Err(EvaluationError::LabelOutOfRange {
            label,
            classes,
            sample,
        });
    }
    let of_class = |row: usize| {
        let truth: Vec<u32> = labels
            .iter()
            .map(|&label| u32::from(label as usize == row))
            .collect();
        let scores = scores.row(row).collect::<Vec<T>>();
        BinaryScores::new(&truth, &scores).map_err(|error| match error {
            EvaluationError::NotANumber { column, .. } => {
                EvaluationError::NotANumber { row, column }
            }
            other => other,
        })
    };
    (0..classes).map(of_class).collect()
}

/// The area below the ROC curves of all classes, each against the rest.
///
/// | average | the mean over classes |
/// |---|---|
/// | [`Average::Macro`] | each class counts alike |
/// | [`Average::Weighted`] | by the number of their samples |
/// | [`Average::Micro`] | one curve of all pairs (sample, class) |
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 if every true class has scores above all others, ½ for scores that are all the same | `right_scores_have_area_one` |
///
/// # Errors
///
/// As [`one_against_rest`], and [`EvaluationError::NeverTrue`] if a class has no sample, or all.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Average, MatrixRef, Order, Shape, area_against_rest};
///
/// let scores = [0.6, 0.4, 0.7, 0.3, 0.2, 0.8]; // two classes, three samples
/// let scores = MatrixRef::new(&scores, Shape::new(2, 3), Order::Columns)?;
/// assert_eq!(area_against_rest(scores, &[0, 1, 1], Average::Macro)?, 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// T. Fawcett, *An introduction to ROC analysis*, Pattern Recognition Letters 27 (2006), 861–874, section 9.
#[doc(alias = "roc_auc_score")]
pub fn area_against_rest<T: Float>(
    scores: MatrixRef<'_, T>,
    labels: &[u32],
    average: Average,
) -> Result<f64, EvaluationError> {
    let curves = one_against_rest(scores, labels)?;
    if average == Average::Micro {
        let mut all = BinaryScores::default();
        for curve in &curves {
            all.merge(curve);
        }
        return all.auc();
    }
    let weight = |class: usize| match average {
        Average::Weighted => labels
            .iter()
            .filter(|&&label| label as usize == class)
            .count() as f64,
        _ => 1.0,
    };
    let weights: Vec<f64> = (0..curves.len()).map(weight).collect();
    let mut sum = CompensatedSum::default();
    for (class, (curve, weight)) in zip(&curves, &weights).enumerate() {
        let area = curve
            .auc()
            .map_err(|_| EvaluationError::NeverTrue { class })?;
        sum.add(weight * area);
    }
    Ok(sum.value() / weights.iter().sum::<f64>())
}
