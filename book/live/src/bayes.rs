//! The posterior of a test.

use gradus_numeric::Simplex;
use gradus_probability::posterior;

/// The probability of being ill after a positive test, from the share of the ill and the two rates of the test.
#[must_use]
pub fn bayes(prior: f64, sensitivity: f64, false_alarms: f64) -> f64 {
    let Ok(prior) = Simplex::new(vec![prior, 1.0 - prior]) else {
        return f64::NAN;
    };
    let after = posterior(&prior, &[sensitivity, false_alarms]);
    after.map_or(f64::NAN, |p| p.as_slice()[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_eleven_alarms_is_true() {
        assert!((bayes(0.01, 0.9, 0.09) - 1.0 / 10.9).abs() < 1e-15);
    }
}
