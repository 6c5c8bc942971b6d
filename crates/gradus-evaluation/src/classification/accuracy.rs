//! The share of right answers.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::weights::Weights;
use std::iter::zip;

/// The share of samples whose predicted label is the true one.
///
/// ```math
/// \frac{1}{n} \, \bigl| \{ i : \hat{y}_i = y_i \} \bigr|
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples. It treats all mistakes and all
/// samples alike: where 99 of 100 samples are of one class, always naming it scores 0.99. Look at the
/// [`ConfusionMatrix`](crate::ConfusionMatrix) then.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the trace of the confusion matrix over the total | `accuracy_is_the_share_of_the_diagonal` |
/// | it is the micro-averaged $`F_1`$ | `micro_f1_is_accuracy` |
/// | the order of the samples does not matter | `the_order_of_the_samples_does_not_matter` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`]; [`EvaluationError::Empty`], because 0 / 0 is no share.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::accuracy;
///
/// assert_eq!(accuracy(&[0, 1, 2, 2], &[0, 1, 2, 0])?, 0.75);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, section 7.2
/// (one minus the 0–1 loss).
pub fn accuracy(truth: &[u32], predicted: &[u32]) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    let right = zip(truth, predicted).filter(|(y, p)| y == p).count();
    Ok(right as f64 / truth.len() as f64)
}

/// The share of right answers, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{\sum_i w_i \, [\, \hat{y}_i = y_i \,]}{\sum_i w_i}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`w`$ `weights`. Weights of $`1 / n_k`$ for the $`n_k`$ samples of class $`k`$ make it the
/// [balanced accuracy](crate::ConfusionMatrix::balanced_accuracy).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
/// | weights of one over the size of the class make it balanced | `weights_balance_the_accuracy` |
///
/// # Errors
///
/// As [`accuracy`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::accuracy_weighted;
///
/// assert_eq!(accuracy_weighted(&[0, 0, 1], &[0, 0, 0], &[0.5, 0.5, 1.0])?, 0.5);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn accuracy_weighted(
    truth: &[u32],
    predicted: &[u32],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    let weights = Weights::each(weights, truth.len())?;
    let right = zip(truth, predicted).map(|(y, p)| f64::from(u8::from(y == p)));
    Ok(weights.mean(&right.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::accuracy;
    use crate::EvaluationError;

    #[test]
    fn by_hand() {
        assert_eq!(accuracy(&[7], &[7]), Ok(1.0));
        assert_eq!(accuracy(&[7], &[8]), Ok(0.0));
        assert_eq!(accuracy(&[0, 1, 1], &[0, 0, 0]), Ok(1.0 / 3.0));
    }

    #[test]
    fn nothing_is_no_share() {
        assert_eq!(accuracy(&[], &[]), Err(EvaluationError::Empty));
        let (truth, predicted) = (2, 1);
        let mismatch = EvaluationError::LengthMismatch { truth, predicted };
        assert_eq!(accuracy(&[0, 1], &[0]), Err(mismatch));
    }
}
