//! What settings must be, also after they are rounded to the number type of the parameters.

use crate::error::OptimError;
use gradus_numeric::Float;

/// `Ok` if `value` is finite and at least 0, in `T` too, and not rounded away.
pub(crate) fn not_negative<T: Float>(name: &'static str, value: f64) -> Result<(), OptimError> {
    if !(value >= 0.0 && value.is_finite()) {
        return Err(OptimError::Negative { name, value });
    }
    in_range::<T>(name, value)
}

/// `Ok` if `value` is finite and greater than 0, in `T` too.
pub(crate) fn positive<T: Float>(name: &'static str, value: f64) -> Result<(), OptimError> {
    if !(value > 0.0 && value.is_finite()) {
        return Err(OptimError::NotPositive { name, value });
    }
    in_range::<T>(name, value)
}

/// `Ok` if `value` is finite, in `T` too, and not rounded away.
pub(crate) fn finite<T: Float>(name: &'static str, value: f64) -> Result<(), OptimError> {
    if !value.is_finite() {
        return Err(OptimError::NotFinite { name, value });
    }
    in_range::<T>(name, value)
}

/// `Ok` if `value` lies in $`[0, 1)`$, in `T` too: an average with $`\beta = 1`$ never moves.
pub(crate) fn below_one<T: Float>(name: &'static str, value: f64) -> Result<(), OptimError> {
    let rounded = T::from_f64(value).to_f64();
    if (0.0..1.0).contains(&value) && rounded < 1.0 {
        Ok(())
    } else {
        Err(OptimError::OutsideUnitInterval { name, value })
    }
}

/// `Ok` if `count` is at least 1.
pub(crate) fn at_least_one(name: &'static str, count: u64) -> Result<(), OptimError> {
    if count > 0 {
        Ok(())
    } else {
        Err(OptimError::NoSteps { name })
    }
}

/// `Ok` if `value` lies in $`[0, 1]`$.
pub(crate) fn share(name: &'static str, value: f64) -> Result<(), OptimError> {
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        Err(OptimError::NotAShare { name, value })
    }
}

fn in_range<T: Float>(name: &'static str, value: f64) -> Result<(), OptimError> {
    let (smallest, largest) = (T::MIN_POSITIVE.to_f64(), T::MAX.to_f64());
    if value != 0.0 && value.abs() < smallest {
        Err(OptimError::Vanishes {
            name,
            value,
            smallest,
        })
    } else if value.abs() > largest {
        Err(OptimError::Overflows {
            name,
            value,
            largest,
        })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{below_one, finite, not_negative, positive};
    use crate::error::OptimError;

    #[test]
    fn settings_are_checked_after_rounding() {
        assert!(not_negative::<f64>("x", 1e39).is_ok() && not_negative::<f64>("x", 1e-46).is_ok());
        let (name, value) = ("x", 1e39);
        let largest = f64::from(f32::MAX);
        let refused = Err(OptimError::Overflows {
            name,
            value,
            largest,
        });
        assert_eq!(not_negative::<f32>("x", 1e39), refused);
        assert!(matches!(
            positive::<f32>("x", 1e-46),
            Err(OptimError::Vanishes { .. })
        ));
        assert!(not_negative::<f32>("x", 0.0).is_ok() && finite::<f32>("x", -0.0).is_ok());
        assert!(
            below_one::<f64>("x", 1.0 - 1e-9).is_ok() && below_one::<f32>("x", 1.0 - 1e-9).is_err()
        );
        for x in [f64::NAN, f64::INFINITY, -1.0] {
            assert!(not_negative::<f64>("x", x).is_err() && positive::<f64>("x", x).is_err());
            assert!(below_one::<f64>("x", x).is_err());
        }
        assert!(finite::<f64>("x", f64::NAN).is_err() && positive::<f64>("x", 0.0).is_err());
    }
}
