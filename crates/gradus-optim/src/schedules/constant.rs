//! The constant learning rate: a number.

use crate::error::{OptimError, not_negative};
use crate::schedules::schedule::Schedule;

impl Schedule for f64 {
    fn check(&self) -> Result<(), OptimError> {
        not_negative("learning rate", *self)
    }

    fn at(&self, _step: u64) -> f64 {
        *self
    }
}
