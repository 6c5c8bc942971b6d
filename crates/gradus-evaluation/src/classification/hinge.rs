//! How far scores are on the right side.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::weights::Weights;
use gradus_numeric::{Float, MatrixRef};

/// The mean hinge loss: how much the score of the true class lacks of being 1 ahead of the next.
///
/// ```math
/// \frac{1}{n} \sum_{j=1}^{n} \max\bigl(0, \, 1 + \max_{k \ne y_j} s_{kj} - s_{y_j j}\bigr)
/// ```
///
/// where $`s`$ is `scores`, $`y`$ `labels` and $`n`$ the number of samples. It is at least the share of wrong answers:
/// where another class is ahead or level, 1 and more is lacking. With two classes and scores $`0`$ and $`z`$ it is
/// $`\max(0, 1 \mp z)`$, the loss of the support vector machine.
///
/// # Shapes
///
/// `scores: classes × samples`, `labels: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | at least the share of wrong answers | `the_hinge_loss_bounds_the_errors` |
/// | a number added to all scores of a sample changes nothing | `the_hinge_loss_sees_differences` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`],
/// [`EvaluationError::NotANumber`]; [`EvaluationError::NoClasses`] for fewer than two rows.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, hinge_loss};
///
/// let scores = [2.0, 0.0, 0.25, 0.5]; // two samples: 2 ahead, and 0.25 ahead
/// let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(hinge_loss(scores, &[0, 1])?, 0.375); // (0 + 0.75) / 2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// K. Crammer and Y. Singer, *On the algorithmic implementation of multiclass kernel-based vector machines*, J. Mach.
/// Learn. Res. 2 (2001), 265–292, section 3.
pub fn hinge_loss<T: Float>(
    scores: MatrixRef<'_, T>,
    labels: &[u32],
) -> Result<f64, EvaluationError> {
    Ok(Weights::Equal.mean(&hinges(scores, labels)?))
}

/// The mean hinge loss, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{1}{\sum_j w_j} \sum_j w_j \max\bigl(0, \, 1 + \max_{k \ne y_j} s_{kj} - s_{y_j j}\bigr)
/// ```
///
/// where $`s`$ is `scores`, $`y`$ `labels` and $`w`$ `weights`.
///
/// # Shapes
///
/// `scores: classes × samples`, `labels: samples`, `weights: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Errors
///
/// As [`hinge_loss`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, hinge_loss_weighted};
///
/// let scores = [2.0, 0.0, 0.25, 0.5]; // two samples: 2 ahead, and 0.25 ahead
/// let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(hinge_loss_weighted(scores, &[0, 1], &[1.0, 2.0])?, 0.5); // (1 · 0 + 2 · 0.75) / 3
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn hinge_loss_weighted<T: Float>(
    scores: MatrixRef<'_, T>,
    labels: &[u32],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(labels.len(), scores.columns())?;
    let weights = Weights::each(weights, labels.len())?;
    Ok(weights.mean(&hinges(scores, labels)?))
}

/// The hinge loss of each sample.
fn hinges<T: Float>(scores: MatrixRef<'_, T>, labels: &[u32]) -> Result<Vec<f64>, EvaluationError> {
    let classes = scores.rows();
    check_lengths(labels.len(), scores.columns())?;
    if classes < 2 {
        return Err(EvaluationError::NoClasses);
    }
    let mut losses = Vec::with_capacity(labels.len());
    for (column, &label) in labels.iter().enumerate() {
        if let Some(row) = scores.column(column).position(|s| s.to_f64().is_nan()) {
            return Err(EvaluationError::NotANumber { row, column });
        }
        let Some(score) = scores.get(label as usize, column) else {
            let sample = column;
            return Err(EvaluationError::LabelOutOfRange {
                label,
                classes,
                sample,
            });
        };
        let all = scores.column(column).enumerate();
        let others = all
            .filter(|(k, _)| *k != label as usize)
            .map(|(_, s)| s.to_f64());
        let next = others.fold(f64::NEG_INFINITY, f64::max);
        // Two infinite scores of one sign are level.
        let behind = if next == score.to_f64() {
            0.0
        } else {
            next - score.to_f64()
        };
        losses.push((1.0 + behind).max(0.0));
    }
    Ok(losses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn level_scores_lack_one() {
        let of = |scores: &[f64], label| {
            let scores = MatrixRef::new(scores, Shape::new(2, 1), Order::Columns).unwrap();
            hinge_loss(scores, &[label])
        };
        assert_eq!(of(&[3.0, 3.0], 0), Ok(1.0));
        assert_eq!(of(&[f64::INFINITY, f64::INFINITY], 1), Ok(1.0));
        assert_eq!(of(&[0.0, f64::INFINITY], 1), Ok(0.0));
        let (row, column) = (1, 0);
        assert_eq!(
            of(&[0.0, f64::NAN], 0),
            Err(EvaluationError::NotANumber { row, column })
        );
        assert!(of(&[0.0, 1.0], 2).is_err());
        assert!(hinge_loss(MatrixRef::from_column(&[1.0]), &[0]).is_err());
    }
}
