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

/// As many predictions as truths, and some; the truths are 0 or 1.
pub(crate) fn check_binary(truth: &[u32], predicted: usize) -> Result<(), EvaluationError> {
    check_lengths(truth.len(), predicted)?;
    match truth.iter().position(|&label| label > 1) {
        None => Ok(()),
        Some(sample) => Err(EvaluationError::LabelOutOfRange {
            label: truth[sample], // a position in it
            classes: 2,
            sample,
        }),
    }
}
