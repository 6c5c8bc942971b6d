//! Criteria that cannot hold together, unless base rates are equal or nothing is ever wrong.

mod chouldechova;
mod kleinberg;

use crate::error::FairnessError;
pub use chouldechova::implied_false_positive_rate;
pub use kleinberg::implied_negative_score;

/// A base rate strictly between 0 and 1: a group of which some are positive and some are not.
fn check_base(value: f64) -> Result<(), FairnessError> {
    if value > 0.0 && value < 1.0 {
        Ok(())
    } else {
        let (name, domain) = ("the base rate", "(0, 1)");
        Err(FairnessError::NotARate {
            name,
            value,
            domain,
        })
    }
}

/// A rate in [0, 1].
fn check_rate(name: &'static str, value: f64) -> Result<(), FairnessError> {
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        let domain = "[0, 1]";
        Err(FairnessError::NotARate {
            name,
            value,
            domain,
        })
    }
}
