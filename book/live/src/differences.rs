//! Difference quotients of the sine.

use crate::buffer::write;
use gradus_calculus::{central_difference, forward_difference};

/// Writes the forward and the central difference of the sine at x with the step h; the result is the derivative.
#[must_use]
pub fn differences(x: f64, h: f64) -> f64 {
    let forward = forward_difference(f64::sin, x, h);
    let central = central_difference(f64::sin, x, h);
    write(&[forward.unwrap_or(f64::NAN), central.unwrap_or(f64::NAN)]);
    x.cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn the_central_difference_is_nearer() {
        let slope = differences(1.0, 1e-3);
        assert!((read(2)[0] - slope).abs() > 4e-4 && (read(2)[1] - slope).abs() < 1e-6);
    }
}
