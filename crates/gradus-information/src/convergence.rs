//! When an iteration ends.

use crate::error::InformationError;

/// That a tolerance can be reached.
pub(crate) fn check_tolerance(tolerance: f64) -> Result<(), InformationError> {
    if tolerance > 0.0 {
        Ok(())
    } else {
        Err(InformationError::InvalidTolerance { tolerance })
    }
}

/// After so many steps an iteration gives up: a hundred times more than channels of textbooks need.
pub(crate) const STEPS: usize = 100_000;
