//! How good predicted probabilities are.

use crate::error::EvaluationError;
use crate::lengths::{check_binary, check_lengths};
use crate::weights::Weights;
use gradus_numeric::{CompensatedSum, Float, MatrixRef};
use std::iter::zip;

/// The mean surprise at the true classes, in nats: the cross-entropy of the predicted probabilities.
///
/// ```math
/// -\frac{1}{n} \sum_{j=1}^{n} \ln p_{y_j j}
/// ```
///
/// where $`p`$ is `probabilities`, $`y`$ `labels` and $`n`$ the number of samples. A probability of 0 for what happened is
/// an infinite surprise, and so is the result then: nothing is clipped.
///
/// # Shapes
///
/// `probabilities: classes × samples`, `labels: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln K`$ for the uniform guess, 0 for certainty that is right | `log_loss_of_guessing_is_the_log_of_the_classes` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`],
/// [`EvaluationError::NotAProbability`] for an entry that is not in [0, 1], [`EvaluationError::NotNormalized`] for a
/// sample whose probabilities do not sum to 1 within 8 rounding errors of `T` for each class.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, log_loss};
///
/// let p = [0.5, 0.5, 0.75, 0.25]; // two samples, one a column
/// let p = MatrixRef::new(&p, Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(log_loss(p, &[0, 1])?, (2.0_f64.ln() + 4.0_f64.ln()) / 2.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// I. J. Good, *Rational decisions*, J. R. Statist. Soc. B 14 (1952), 107–114.
#[doc(alias = "cross-entropy")]
pub fn log_loss<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
) -> Result<f64, EvaluationError> {
    Ok(Weights::Equal.mean(&surprises(probabilities, labels)?))
}

/// The mean surprise at the true classes, in which each sample counts as often as its weight says.
///
/// ```math
/// -\frac{1}{\sum_j w_j} \sum_j w_j \ln p_{y_j j}
/// ```
///
/// where $`p`$ is `probabilities`, $`y`$ `labels` and $`w`$ `weights`. An infinite surprise of weight 0 does not count.
///
/// # Shapes
///
/// `probabilities: classes × samples`, `labels: samples`, `weights: samples`.
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
/// As [`log_loss`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, log_loss_weighted};
///
/// let p = [1.0, 0.0, 0.75, 0.25]; // two samples, one a column
/// let p = MatrixRef::new(&p, Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(log_loss_weighted(p, &[0, 1], &[3.0, 1.0])?, 4.0_f64.ln() / 4.0); // (3 · 0 + 1 · ln 4) / 4
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn log_loss_weighted<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(labels.len(), probabilities.columns())?;
    let weights = Weights::each(weights, labels.len())?;
    Ok(weights.mean(&surprises(probabilities, labels)?))
}

/// The surprise at each true class.
pub(crate) fn surprises<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
) -> Result<Vec<f64>, EvaluationError> {
    check_lengths(labels.len(), probabilities.columns())?;
    let classes = probabilities.rows();
    let mut surprises = Vec::with_capacity(labels.len());
    for (column, &label) in labels.iter().enumerate() {
        check_distribution(probabilities, column)?;
        let Some(p) = probabilities.get(label as usize, column) else {
            let sample = column;
            return Err(EvaluationError::LabelOutOfRange {
                label,
                classes,
                sample,
            });
        };
        surprises.push(0.0 - p.to_f64().ln()); // not −ln 1 = −0
    }
    Ok(surprises)
}

/// The mean squared distance of predicted probabilities from what happened.
///
/// ```math
/// \frac{1}{n} \sum_{j=1}^{n} (p_j - y_j)^2
/// ```
///
/// where $`p`$ is `probabilities` (of class 1), $`y`$ `truth` (0 or 1) and $`n`$ the number of samples. Always ¼ for the
/// answer ½; the true probabilities have the smallest expected score.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the share of a class is the best constant answer | `the_base_rate_minimizes_the_brier_score` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`] for labels other
/// than 0 and 1, [`EvaluationError::NotAProbability`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::brier_score;
///
/// assert_eq!(brier_score(&[1, 0], &[0.5, 0.25])?, 0.15625); // (1/4 + 1/16) / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// G. W. Brier, *Verification of forecasts expressed in terms of probability*, Mon. Weather Rev. 78 (1950), 1–3.
pub fn brier_score<T: Float>(truth: &[u32], probabilities: &[T]) -> Result<f64, EvaluationError> {
    Ok(Weights::Equal.mean(&squares(truth, probabilities)?))
}

/// The mean squared distance of predicted probabilities from what happened, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{\sum_j w_j (p_j - y_j)^2}{\sum_j w_j}
/// ```
///
/// where $`p`$ is `probabilities` (of class 1), $`y`$ `truth` (0 or 1) and $`w`$ `weights`.
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
/// As [`brier_score`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::brier_score_weighted;
///
/// // (3 · 1/4 + 1 · 1/16) / 4
/// assert_eq!(brier_score_weighted(&[1, 0], &[0.5, 0.25], &[3.0, 1.0])?, 0.203125);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn brier_score_weighted<T: Float>(
    truth: &[u32],
    probabilities: &[T],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), probabilities.len())?;
    let weights = Weights::each(weights, truth.len())?;
    Ok(weights.mean(&squares(truth, probabilities)?))
}

/// The squared distance of each probability from what happened.
fn squares<T: Float>(truth: &[u32], probabilities: &[T]) -> Result<Vec<f64>, EvaluationError> {
    check_binary(truth, probabilities.len())?;
    let square = |(column, (&y, &p)): (usize, (&u32, &T))| {
        let error = probability(p, 0, column)? - f64::from(y);
        Ok(error * error)
    };
    zip(truth, probabilities).enumerate().map(square).collect()
}

/// One column: numbers in [0, 1] with the sum 1.
fn check_distribution<T: Float>(
    probabilities: MatrixRef<'_, T>,
    column: usize,
) -> Result<(), EvaluationError> {
    let mut sum = CompensatedSum::default();
    for (row, p) in probabilities.column(column).enumerate() {
        sum.add(probability(p, row, column)?);
    }
    let sum = sum.value();
    // A softmax rounds each entry, and their common denominator: at most a few units in the last place of 1 for each.
    let tolerance = 8.0 * probabilities.rows() as f64 * T::EPSILON.to_f64();
    if (sum - 1.0).abs() <= tolerance {
        Ok(())
    } else {
        Err(EvaluationError::NotNormalized { column, sum })
    }
}

/// A number in [0, 1].
pub(crate) fn probability<T: Float>(
    p: T,
    row: usize,
    column: usize,
) -> Result<f64, EvaluationError> {
    let value = p.to_f64();
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(EvaluationError::NotAProbability { row, column, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn certainty_that_is_wrong_is_infinitely_surprised() {
        let of = |p: &[f64], label| {
            let p = MatrixRef::new(p, Shape::new(2, 1), Order::Columns).unwrap();
            log_loss(p, &[label])
        };
        assert_eq!(of(&[1.0, 0.0], 1), Ok(f64::INFINITY));
        assert_eq!(of(&[1.0, 0.0], 0).map(f64::to_bits), Ok(0));
        let (column, sum) = (0, 0.75);
        let refused = Err(EvaluationError::NotNormalized { column, sum });
        assert_eq!(of(&[0.5, 0.25], 0), refused);
        assert!(of(&[1.5, -0.5], 0).is_err() && of(&[f64::NAN, 1.0], 0).is_err());
        assert!(of(&[0.5, 0.5], 2).is_err());
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        let (row, column, value) = (0, 1, 1.5);
        let refused = EvaluationError::NotAProbability { row, column, value };
        assert_eq!(brier_score(&[0, 1], &[0.5, 1.5]), Err(refused));
        assert!(brier_score(&[0, 2], &[0.5, 0.5]).is_err());
        assert_eq!(brier_score::<f64>(&[], &[]), Err(EvaluationError::Empty));
    }
}
