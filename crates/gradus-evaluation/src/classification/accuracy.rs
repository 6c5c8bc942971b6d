//! The share of right answers.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
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
