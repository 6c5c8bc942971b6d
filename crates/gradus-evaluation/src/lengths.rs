//! Truth and prediction belong together, one of each a sample.

use crate::error::EvaluationError;

/// As many predictions as truths, and some.
pub(crate) fn check_lengths(truth: usize, predicted: usize) -> Result<(), EvaluationError> {
    if truth != predicted {
        return Err(EvaluationError::LengthMismatch { truth, predicted });
    }
    if truth == 0 {
        return Err(EvaluationError::Empty);
    }
    Ok(())
}
