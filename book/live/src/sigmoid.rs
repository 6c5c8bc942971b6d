//! The sigmoid and its slope.

use crate::buffer::write;
use gradus_numeric::{logit, sigmoid};

/// Writes the slope of the sigmoid at x and the logit of its value; the result is the value.
#[must_use]
pub fn sigmoid_at(x: f64) -> f64 {
    let value = sigmoid(x);
    write(&[value * sigmoid(-x), logit(value)]);
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn odds_of_three_to_one() {
        assert!((sigmoid_at(3.0_f64.ln()) - 0.75).abs() < 1e-15);
        assert!((read(2)[0] - 0.1875).abs() < 1e-15 && (read(2)[1] - 3.0_f64.ln()).abs() < 1e-15);
    }
}
