//! When an iteration ends.

use crate::error::LinalgError;

/// When an iteration ends: at a small residual, or after so many steps.
///
/// The default is a relative residual of $`10^{-10}`$ and a thousand steps: half of what `f64` can give, so that
/// rounding does not stand in the way, and a bound that takes milliseconds for a matrix of a hundred rows.
///
/// # Examples
///
/// ```
/// use gradus_linalg::Stopping;
///
/// let patient = Stopping { iterations: 100_000, ..Stopping::default() };
/// assert_eq!(patient.tolerance, 1e-10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopping {
    /// Residual, relative to the size of the problem, at which the answer is good enough; finite, at least 0.
    pub tolerance: f64,
    /// Largest number of iterations.
    pub iterations: usize,
}

impl Default for Stopping {
    fn default() -> Self {
        Self {
            tolerance: 1e-10,
            iterations: 1000,
        }
    }
}

impl Stopping {
    /// Refuses a tolerance that is negative or not a finite number: no residual is above an infinite one, so it would stop
    /// before anything is done.
    pub(crate) fn checked(self) -> Result<Self, LinalgError> {
        if self.tolerance >= 0.0 && self.tolerance.is_finite() {
            Ok(self)
        } else {
            Err(LinalgError::Domain {
                name: "tolerance",
                value: self.tolerance,
                domain: "finite and at least 0",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stopping;

    #[test]
    fn a_tolerance_is_a_number_from_zero_on() {
        let with = |tolerance| Stopping {
            tolerance,
            iterations: 1,
        };
        assert!(with(0.0).checked().is_ok());
        assert!(with(f64::MAX).checked().is_ok());
        assert!(with(f64::INFINITY).checked().is_err());
        assert!(with(-1e-300).checked().is_err());
        assert!(with(f64::NAN).checked().is_err());
    }
}
