//! Evaluation of functions that may misbehave.

use crate::error::CalculusError;

/// The value of `f` at `x`, if both are finite.
pub(crate) fn evaluate(f: impl Fn(f64) -> f64, x: f64) -> Result<f64, CalculusError> {
    let value = f(x);
    if x.is_finite() && value.is_finite() {
        return Ok(value);
    }
    Err(CalculusError::NonFinite { at: x, value })
}

/// The argument, if it is finite.
pub(crate) fn finite(name: &'static str, value: f64) -> Result<f64, CalculusError> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(CalculusError::Domain {
        name,
        value,
        domain: "finite numbers",
    })
}

/// The tolerance, if it is finite and not negative.
pub(crate) fn tolerance_from(value: f64) -> Result<f64, CalculusError> {
    if value >= 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(CalculusError::Domain {
        name: "tolerance",
        value,
        domain: "finite, not negative",
    })
}

/// The answer, unless it left the range on the way.
pub(crate) fn in_range(answer: f64) -> Result<f64, CalculusError> {
    if answer.is_finite() {
        return Ok(answer);
    }
    Err(CalculusError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_named() {
        assert_eq!(evaluate(f64::sqrt, 4.0), Ok(2.0));
        let error = evaluate(|x| 1.0 / x, 0.0);
        let infinite = f64::INFINITY;
        assert_eq!(
            error,
            Err(CalculusError::NonFinite {
                at: 0.0,
                value: infinite
            })
        );
        assert!(evaluate(f64::atan, infinite).is_err());
        assert!(finite("x", f64::NAN).is_err());
        assert!(tolerance_from(f64::NAN).is_err());
        assert!(tolerance_from(infinite).is_err());
        assert_eq!(in_range(f64::NAN), Err(CalculusError::Overflow));
    }
}
