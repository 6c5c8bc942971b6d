//! Levels of confidence.

use crate::error::ProbabilityError;

/// What an interval of this level leaves out at each end: $`\tfrac12 (1 - \text{level})`$.
pub(super) fn left_out(level: f64) -> Result<f64, ProbabilityError> {
    if 0.0 < level && level < 1.0 {
        Ok(0.5 * (1.0 - level))
    } else {
        let (name, value) = ("level", level);
        Err(ProbabilityError::Domain { name, value })
    }
}
