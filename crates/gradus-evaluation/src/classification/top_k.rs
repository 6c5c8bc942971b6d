//! Right answers among the best few.

use crate::error::EvaluationError;
use gradus_numeric::{Float, MatrixRef};

/// The share of samples whose label is among the `k` largest scores; of equal scores, the first count.
///
/// ```math
/// \frac{1}{n} \, \bigl| \{ j : \#\{ i : s_{ij} > s_{y_j j} \} + \#\{ i < y_j : s_{ij} = s_{y_j j} \} < k \} \bigr|
/// ```
///
/// where $`s`$ is `scores`, $`y`$ `labels` and $`n`$ the number of samples. With a thousand classes, some of which hardly
/// differ, the second best answer is worth something.
///
/// # Shapes
///
/// `scores: classes × samples`, `labels: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the accuracy of argmax for 1, 1 for all classes, rising between | `top_k_rises_from_accuracy_to_one` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`],
/// [`EvaluationError::NotANumber`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, top_k_accuracy};
///
/// let scores = [0.5, 0.3, 0.2, 0.1, 0.2, 0.7]; // three classes, two samples
/// let scores = MatrixRef::new(&scores, Shape::new(3, 2), Order::Columns)?;
/// assert_eq!(top_k_accuracy(scores, &[1, 0], 2)?, 0.5); // 1 is second of its sample, 0 is third
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// O. Russakovsky et al., *`ImageNet` large scale visual recognition challenge*, IJCV 115 (2015), 211–252, section 4.1.
pub fn top_k_accuracy<T: Float>(
    scores: MatrixRef<'_, T>,
    labels: &[u32],
    k: usize,
) -> Result<f64, EvaluationError> {
    let (truth, predicted, classes) = (labels.len(), scores.columns(), scores.rows());
    if truth != predicted {
        return Err(EvaluationError::LengthMismatch { truth, predicted });
    }
    if truth == 0 {
        return Err(EvaluationError::Empty);
    }
    let mut hits = 0_usize;
    for (column, &label) in labels.iter().enumerate() {
        let Some(score) = scores.get(label as usize, column) else {
            let sample = column;
            return Err(EvaluationError::LabelOutOfRange {
                label,
                classes,
                sample,
            });
        };
        if let Some(row) = scores.column(column).position(|s| s.to_f64().is_nan()) {
            return Err(EvaluationError::NotANumber { row, column });
        }
        let before = scores
            .column(column)
            .enumerate()
            .filter(|&(i, other)| other > score || (other == score && i < label as usize));
        hits += usize::from(before.count() < k);
    }
    Ok(hits as f64 / truth as f64)
}
