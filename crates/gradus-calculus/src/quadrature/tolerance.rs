//! How exact an integral should be.

use super::panel::ROUNDING;
use crate::error::CalculusError;

/// How large the error of an integral may be: the larger of two bounds.
///
/// ```math
/// \text{error} \le \max\Bigl(\text{absolute},\ \text{relative} \cdot \int |f|\Bigr)
/// ```
///
/// The default is $`10^{-10}`$ relative and 0 absolute: most of the digits that rounding leaves, for any scale of f.
///
/// # Examples
///
/// ```
/// use gradus_calculus::Tolerance;
///
/// let default = Tolerance::default();
/// assert_eq!((default.absolute, default.relative), (0.0, 1e-10));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// A bound that does not depend on the function.
    pub absolute: f64,
    /// A bound relative to the integral of the magnitude of the function.
    pub relative: f64,
}

impl Tolerance {
    pub(super) fn allowed(self, magnitude: f64) -> f64 {
        self.absolute.max(self.relative * magnitude)
    }

    pub(super) fn checked(self) -> Result<Self, CalculusError> {
        let refuse = |name, value, domain| {
            Err(CalculusError::Domain {
                name,
                value,
                domain,
            })
        };
        if !(self.absolute >= 0.0 && self.absolute.is_finite()) {
            return refuse("absolute tolerance", self.absolute, "finite, not negative");
        }
        if !(self.relative >= 0.0 && self.relative.is_finite()) {
            return refuse("tolerance", self.relative, "finite, not negative");
        }
        if self.absolute == 0.0 && self.relative < 2.0 * ROUNDING {
            return refuse(
                "tolerance",
                self.relative,
                "at least 2.2e-14, which is what rounding leaves",
            );
        }
        Ok(self)
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self {
            absolute: 0.0,
            relative: 1e-10,
        }
    }
}
