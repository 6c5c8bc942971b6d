//! What a prediction saves beside the best constant.

use crate::error::EvaluationError;

/// $`1 - \ell / \ell_0`$ of the loss $`\ell \ge 0`$ of a prediction and that of the best constant; $`-\infty`$ for an infinite loss.
pub(crate) fn saved(loss: f64, constant: f64) -> Result<f64, EvaluationError> {
    if constant > 0.0 && constant.is_finite() {
        Ok(1.0 - loss / constant)
    } else {
        Err(EvaluationError::NotAShare { loss, constant })
    }
}
