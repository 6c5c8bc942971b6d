//! Scores and their probabilities.

use crate::buffer::{read, write};
use gradus_information::entropy;
use gradus_numeric::{Simplex, softmax_with_temperature};

/// Replaces `n` scores by their softmax at a temperature; the result is its entropy in nats.
#[must_use]
pub fn softmax(n: usize, temperature: f64) -> f64 {
    let Ok(p) = softmax_with_temperature(&read(n), temperature) else {
        return f64::NAN;
    };
    write(&p);
    Simplex::new(p).map_or(f64::NAN, |p| entropy(&p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_of_three_to_one() {
        write(&[3.0_f64.ln(), 0.0]);
        let entropy = softmax(2, 1.0);
        let p = read(2);
        assert!((p[0] - 0.75).abs() < 1e-15 && (p[1] - 0.25).abs() < 1e-15);
        assert!((entropy - 0.562_335).abs() < 1e-6);
        assert!(softmax(2, 0.0).is_nan());
    }
}
