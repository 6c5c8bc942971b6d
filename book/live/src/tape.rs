//! The tape of y = (a + b) b: values forward, adjoints backward.

use crate::buffer::write;
use gradus_autodiff::{AutodiffError, Tape};

/// Writes the values and the adjoints of y = (a + b) b in the order in which the tape finds them: s, y, the adjoint of s,
/// what b gets from y, the adjoint of a, what b gets from s. The result is y.
#[must_use]
pub fn tape(a: f64, b: f64) -> f64 {
    let found = both_ways(a, b).unwrap_or([f64::NAN; 6]);
    write(&found);
    found[1]
}

/// The sum s and y; then, in the order of the way back, the adjoint of s, what b gets from y, the adjoint of a, and what
/// b gets from s.
fn both_ways(a: f64, b: f64) -> Result<[f64; 6], AutodiffError> {
    // A zero is added at each place where a value is used: the derivative by it is what flows back there.
    let theta = [a, b, 0.0, 0.0, 0.0];
    let tape = Tape::new(&theta);
    let [a, b, in_s, in_y, at_s] = [0, 1, 2, 3, 4].map(|i| tape.variable(i));
    let s = a + (b + in_s) + at_s;
    let y = s * (b + in_y);
    let [a_bar, _, from_s, from_y, s_bar] =
        <[f64; 5]>::try_from(tape.gradient(y)?).unwrap_or([f64::NAN; 5]); // five parameters
    Ok([s.value(), y.value(), s_bar, from_y, a_bar, from_s])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn adjoints_by_hand() {
        assert!((tape(2.0, 3.0) - 15.0).abs() < 1e-15);
        assert_eq!(read(6), [5.0, 15.0, 3.0, 5.0, 3.0, 3.0]);
    }
}
