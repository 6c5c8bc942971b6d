//! From scores to labels.

use crate::error::EvaluationError;
use gradus_numeric::{Float, MatrixRef, Order, vectorized};
use std::ops::Range;

/// The row of the largest score of each sample (column); of equal scores, the first.
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
/// | no score of a sample is larger, none before is equal | `argmax_is_the_first_largest` |
///
/// # Numerics
///
/// Infinite scores are scores. A NaN is neither larger nor smaller than anything: a label made of it would
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
/// use gradus_evaluation::{MatrixRef, Order, Shape, argmax};
///
/// let scores = [0.1, 0.5, 0.9, 0.5]; // two classes, two samples; the second is a tie
/// let scores = MatrixRef::new(&scores, Shape::new(2, 2), Order::Rows)?;
/// assert_eq!(argmax(scores)?, [1, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "predicted class")]
pub fn argmax<T: Float>(scores: MatrixRef<'_, T>) -> Result<Vec<u32>, EvaluationError> {
    let mut labels = Vec::with_capacity(scores.columns());
    each_winner(scores, |_, winner| labels.push(winner))?;
    Ok(labels)
}

/// Tells the row of the first largest score of one column after the other: the one mechanism behind
/// [`argmax`] and [`hits`](crate::hits).
pub(crate) fn each_winner<T: Float>(
    scores: MatrixRef<'_, T>,
    mut tell: impl FnMut(usize, u32),
) -> Result<(), EvaluationError> {
    let columns = scores.columns();
    if scores.rows() == 0 && columns > 0 {
        return Err(EvaluationError::NoClasses);
    }
    // Columns that are contiguous are searched one by one. Where rows are, sixteen columns are searched together,
    // row by row: the processor compares sixteen scores at once and reads memory in its order.
    match scores.order() {
        Order::Columns => {
            let each = scores.as_slice().chunks_exact(scores.rows().max(1));
            for (column, scores) in each.take(columns).enumerate() {
                tell(column, of_slice(scores, column)?);
            }
        }
        Order::Rows => {
            let whole = columns - columns % LANES;
            for first in (0..whole).step_by(LANES) {
                let winners = of_block::<T, LANES>(scores, first)?;
                let told = winners.into_iter().zip(first..);
                told.for_each(|(winner, column)| tell(column, winner));
            }
            for column in whole..columns {
                let [winner] = of_block(scores, column)?;
                tell(column, winner);
            }
        }
    }
    Ok(())
}

/// The winner of one column.
fn of_slice<T: Float>(scores: &[T], column: usize) -> Result<u32, EvaluationError> {
    let row = gradus_numeric::argmax(scores).unwrap_or(0); // not empty: there is a class
    // A NaN wins there, the first of them.
    if scores.get(row).is_some_and(|&score| is_nan(score)) {
        return Err(EvaluationError::NotANumber { row, column });
    }
    Ok(u32::try_from(row).unwrap_or(u32::MAX)) // classes have 32-bit names
}

/// The winners of `L` columns side by side, row by row.
fn of_block<T: Float, const L: usize>(
    scores: MatrixRef<'_, T>,
    first: usize,
) -> Result<[u32; L], EvaluationError> {
    let rows = scores.as_slice().chunks_exact(scores.columns().max(1));
    let (winners, suspect) = vectorized(
        #[inline(always)]
        || {
            let mut largest = [-T::INFINITY; L];
            let mut winner = [0; L];
            let mut residue = [T::default(); L]; // zeros
            for (i, row) in (0_u32..).zip(rows) {
                let Some(row) = row.get(first..first + L) else {
                    break;
                };
                for (l, &score) in row.iter().enumerate() {
                    // Row 0 wins a column of nothing but -∞ without being larger.
                    let better = score > largest[l];
                    largest[l] = if better { score } else { largest[l] };
                    winner[l] = if better { i } else { winner[l] };
                    // 0 for a finite score: asking each whether it is NaN would take as long as all the rest.
                    residue[l] += score * T::default();
                }
            }
            (winner, residue.into_iter().any(is_nan))
        },
    );
    // An infinite score leaves NaN, too, and is no fault.
    match suspect
        .then(|| first_nan(scores, first..first + L))
        .flatten()
    {
        Some(refused) => Err(refused),
        None => Ok(winners),
    }
}

/// The first NaN of some columns, by column and then by row.
fn first_nan<T: Float>(
    scores: MatrixRef<'_, T>,
    mut columns: Range<usize>,
) -> Option<EvaluationError> {
    columns.find_map(|column| {
        let row = scores.column(column).position(is_nan)?;
        Some(EvaluationError::NotANumber { row, column })
    })
}

#[inline(always)]
fn is_nan<T: Float>(score: T) -> bool {
    score.partial_cmp(&score).is_none()
}

/// How many columns are searched together: two vectors of eight single-precision numbers.
const LANES: usize = 16;

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
        let nan = f32::NAN;
        let (row, column) = (1, 1);
        let refused = Err(EvaluationError::NotANumber { row, column });
        for (order, scores) in [
            (Order::Columns, [0.0, 1.0, 0.0, nan]),
            (Order::Rows, [0.0, 0.0, 1.0, nan]),
        ] {
            let scores = MatrixRef::new(&scores, Shape::new(2, 2), order).unwrap();
            assert_eq!(argmax(scores), refused);
        }
    }

    #[test]
    fn a_whole_block_may_be_infinite_but_not_nan() {
        let mut scores = vec![0.0; 2 * 17];
        (scores[3], scores[17 + 5]) = (f64::INFINITY, f64::NEG_INFINITY);
        let of = |scores: &[f64]| {
            argmax(MatrixRef::new(scores, Shape::new(2, 17), Order::Rows).unwrap())
        };
        assert_eq!(of(&scores), Ok(vec![0; 17]));
        scores[17 + 5] = f64::NAN;
        let (row, column) = (1, 5);
        let refused = Err(EvaluationError::NotANumber { row, column });
        assert_eq!(of(&scores), refused);
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
