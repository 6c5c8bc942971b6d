//! The constant learning rate: a number.

use crate::core::settings::not_negative;
use crate::error::OptimError;
use crate::schedules::schedule::Schedule;

impl Schedule for f64 {
    fn check(&self) -> Result<(), OptimError> {
        not_negative::<f64>("learning rate", *self)
    }

    fn at(&self, _step: u64) -> f64 {
        *self
    }
}
