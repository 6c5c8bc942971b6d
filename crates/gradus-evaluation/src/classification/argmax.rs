//! From scores to labels.

use crate::error::EvaluationError;
use gradus_numeric::{Float, MatrixRef};

/// The row of the greatest score of each sample (column); of equal scores, the first.
///
/// ```math
/// \hat{y}_j = \min \, \{ i : s_{ij} \ge s_{kj} \text{ for all } k \}
/// ```
///
/// where $`s`$ is `scores`, classes × samples: logits or probabilities alike.
///
/// # Shapes
///
/// `scores: classes × samples`; the result has `samples` entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no score of a sample is greater, none before is equal | `argmax_is_the_first_greatest` |
///
/// # Numerics
///
/// Infinite scores are scores. A NaN is neither greater nor smaller than anything: a label made of it would
/// be an accident of the order of comparison, so it is refused.
///
/// # Errors
///
/// [`EvaluationError::NotANumber`] for the first sample with a NaN score, [`EvaluationError::NoClasses`] if there
/// are samples but no rows.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::argmax;
/// use gradus_numeric::{MatrixRef, Order, Shape};
///
/// let scores = [0.1, 0.5, 0.9, 0.5]; // two classes, two samples; the second is a tie
/// let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Rows)?;
/// assert_eq!(argmax(scores)?, [1, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "predicted class")]
pub fn argmax<T: Float>(scores: MatrixRef<'_, T>) -> Result<Vec<u32>, EvaluationError> {
    if scores.rows() == 0 && scores.columns() > 0 {
        return Err(EvaluationError::NoClasses);
    }
    (0..scores.columns())
        .map(|column| of_column(scores, column))
        .collect()
}

fn of_column<T: Float>(scores: MatrixRef<'_, T>, column: usize) -> Result<u32, EvaluationError> {
    let (mut label, mut best) = (0, None);
    for (row, score) in (0_u32..).zip(scores.column(column)) {
        if score.partial_cmp(&score).is_none() {
            let row = row as usize;
            return Err(EvaluationError::NotANumber { row, column });
        }
        if best.is_none_or(|best| score > best) {
            (label, best) = (row, Some(score));
        }
    }
    Ok(label)
}

#[cfg(test)]
mod tests {
    use super::argmax;
    use crate::EvaluationError;
    use gradus_numeric::{MatrixRef, Order, Shape};

    #[test]
    fn ties_go_to_the_first_and_infinities_count() {
        let of = |scores: &[f64]| argmax(MatrixRef::from_column(scores));
        assert_eq!(of(&[2.0, 2.0, 2.0]), Ok(vec![0]));
        assert_eq!(of(&[f64::NEG_INFINITY, -1e308]), Ok(vec![1]));
        assert_eq!(of(&[f64::NEG_INFINITY, f64::NEG_INFINITY]), Ok(vec![0]));
        assert_eq!(of(&[f64::MAX, f64::INFINITY]), Ok(vec![1]));
        assert_eq!(of(&[0.0, -0.0]), Ok(vec![0]));
    }

    #[test]
    fn nan_is_refused_with_its_place() {
        let scores = [0.0_f32, 1.0, 0.0, f32::NAN];
        let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Columns).unwrap();
        let (row, column) = (1, 1);
        assert_eq!(
            argmax(scores),
            Err(EvaluationError::NotANumber { row, column })
        );
    }

    #[test]
    fn without_samples_there_are_no_labels_and_without_classes_no_answer() {
        let empty = |rows, columns| {
            argmax(MatrixRef::<f64>::new(&[], Shape::new(rows, columns), Order::Rows).unwrap())
        };
        assert_eq!(empty(3, 0), Ok(vec![]));
        assert_eq!(empty(0, 3), Err(EvaluationError::NoClasses));
    }
}
