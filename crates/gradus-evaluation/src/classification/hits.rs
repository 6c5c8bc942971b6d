//! Right answers, counted while a network trains.

use crate::classification::argmax::each_winner;
use crate::error::EvaluationError;
use gradus_numeric::{Float, MatrixRef};

/// How many samples have their largest score at their label; of equal scores, the first counts.
///
/// ```math
/// \sum_{j=1}^{n} [\, \hat{y}_j = y_j \,], \qquad \hat{y}_j = \min \, \{ i : s_{ij} \ge s_{kj} \text{ for all } k \}
/// ```
///
/// where $`s`$ is `scores` and $`y`$ is `labels`: `n` times the accuracy of
/// [`argmax`](crate::argmax), without memory of its own.
///
/// # Shapes
///
/// `scores: classes × samples`, `labels: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the hits are those of argmax | `hits_are_the_right_answers_of_argmax` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`] if there are more or fewer labels than samples, and those of
/// [`argmax`](crate::argmax). No samples have no hits.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, hits};
///
/// let scores = [0.1, 0.5, 0.9, 0.7]; // two classes, two samples: class 1 twice
/// let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Rows)?;
/// assert_eq!(hits(scores, &[1, 0])?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn hits<T: Float>(scores: MatrixRef<'_, T>, labels: &[u32]) -> Result<usize, EvaluationError> {
    let (truth, predicted) = (labels.len(), scores.columns());
    if truth != predicted {
        return Err(EvaluationError::LengthMismatch { truth, predicted });
    }
    let mut count = 0;
    each_winner(scores, |j, winner| {
        count += usize::from(labels.get(j) == Some(&winner));
    })?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::hits;
    use crate::{EvaluationError, accuracy, argmax};
    use gradus_numeric::{MatrixRef, Order, Shape};

    #[test]
    fn ties_go_to_the_first_and_nan_is_refused() {
        let low = f64::NEG_INFINITY;
        let of = |scores: &[f64], labels: &[u32]| {
            let scores = MatrixRef::new(scores, Shape::new(2, 3), Order::Rows).unwrap();
            hits(scores, labels)
        };
        let scores = [1.0, 3.0, low, 1.0, 2.0, low];
        assert_eq!(of(&scores, &[0, 0, 0]), Ok(3));
        assert_eq!(of(&scores, &[1, 1, 1]), Ok(0));
        let (truth, predicted) = (1, 3);
        let refused = Err(EvaluationError::LengthMismatch { truth, predicted });
        assert_eq!(of(&scores, &[0]), refused);
        let (row, column) = (1, 2);
        let refused = Err(EvaluationError::NotANumber { row, column });
        assert_eq!(of(&[1.0, 3.0, low, 1.0, 2.0, f64::NAN], &[0; 3]), refused);
    }

    #[test]
    fn blocks_and_rest_agree_with_argmax() {
        let n = 37;
        let scores: Vec<f32> = (0..3 * n)
            .map(|i| f32::from(u8::try_from(i * 7 % 5).unwrap()))
            .collect();
        let labels: Vec<u32> = (0..37).map(|j| j % 3).collect();
        for order in [Order::Rows, Order::Columns] {
            let scores = MatrixRef::new(&scores, Shape::new(3, n), order).unwrap();
            let share = accuracy(&labels, &argmax(scores).unwrap()).unwrap();
            assert_eq!(
                hits(scores, &labels).unwrap() as f64,
                (share * n as f64).round()
            );
        }
    }
}
