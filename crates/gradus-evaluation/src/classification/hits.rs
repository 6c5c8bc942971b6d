//! Right answers, counted while a network trains.

use crate::error::EvaluationError;
use gradus_numeric::{Float, MatrixRef, Order, vectorized};
use std::array::from_fn;
use std::iter::zip;

/// How many samples have their greatest score at their label; of equal scores, the first counts.
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
/// # Numerics
///
/// Sixteen samples at a time where rows are contiguous. A NaN is never the greatest.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`] if there are more or fewer labels than samples. No samples have no hits.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::hits;
/// use gradus_numeric::{MatrixRef, Order, Shape};
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
    let right = |(j, label): (usize, &u32)| first_greatest(scores.column(j)) == Some(*label);
    Ok(match scores.order() {
        Order::Columns => labels
            .iter()
            .enumerate()
            .filter(|&(j, y)| right((j, y)))
            .count(),
        Order::Rows => {
            let whole = labels.len() - labels.len() % LANES;
            let blocks = (0..whole)
                .step_by(LANES)
                .map(|first| hits_of_block(scores, first, labels));
            let rest = (whole..)
                .zip(&labels[whole..])
                .filter(|&(j, y)| right((j, y)));
            blocks.sum::<usize>() + rest.count()
        }
    })
}

/// The hits of sixteen neighbors, row by row.
fn hits_of_block<T: Float>(scores: MatrixRef<'_, T>, first: usize, labels: &[u32]) -> usize {
    let labels: [u32; LANES] = from_fn(|l| labels.get(first + l).copied().unwrap_or(u32::MAX));
    let rows = scores.as_slice().chunks_exact(scores.columns().max(1));
    vectorized(
        #[inline(always)]
        || {
            let mut greatest = [-T::INFINITY; LANES];
            let mut class = [u32::MAX; LANES];
            for (i, row) in (0_u32..).zip(rows) {
                let Some(row) = row.get(first..first + LANES) else {
                    break;
                };
                for (l, &score) in row.iter().enumerate() {
                    let better =
                        score > greatest[l] || (class[l] == u32::MAX && score == greatest[l]);
                    greatest[l] = if better { score } else { greatest[l] };
                    class[l] = if better { i } else { class[l] };
                }
            }
            zip(class, labels)
                .filter(|(class, label)| class == label && *label != u32::MAX)
                .count()
        },
    )
}

fn first_greatest<T: Float>(scores: impl Iterator<Item = T>) -> Option<u32> {
    let mut best: Option<(u32, T)> = None;
    for (i, score) in (0_u32..).zip(scores) {
        if score.partial_cmp(&score).is_some() && best.is_none_or(|(_, greatest)| score > greatest)
        {
            best = Some((i, score));
        }
    }
    best.map(|(i, _)| i)
}

/// How many samples are looked at together.
const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::hits;
    use crate::{EvaluationError, accuracy, argmax};
    use gradus_numeric::{MatrixRef, Order, Shape};

    #[test]
    fn ties_go_to_the_first_and_nan_to_nobody() {
        let scores = [
            1.0,
            f64::NAN,
            f64::NEG_INFINITY,
            1.0,
            2.0,
            f64::NEG_INFINITY,
        ];
        let scores = MatrixRef::new(&scores, Shape::new(2, 3), Order::Rows).unwrap();
        assert_eq!(hits(scores, &[0, 1, 0]), Ok(3));
        assert_eq!(hits(scores, &[1, 0, 1]), Ok(0));
        assert_eq!(
            hits(scores, &[0]),
            Err(EvaluationError::LengthMismatch {
                truth: 1,
                predicted: 3
            })
        );
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
