//! Slopes against differences, for functions whose argument or value is not of size one.

use gradus_numeric::Unary;
use gradus_testkit::{Violation, gradient};

/// The slope at `x`, in units of `step` of the argument and `size` of the value, as the checker asks.
pub(crate) fn check(f: impl Unary, x: f64, step: f64, size: f64) -> Result<(), Violation> {
    let value_and_slope = |t: &[f64]| {
        let at = x + step * t[0];
        let y = f.value(at);
        (y / size, vec![step * f.slope(at, y) / size])
    };
    gradient::check(value_and_slope, &[0.0]).map_err(|v| v.within(format!("{f:?}")))
}
