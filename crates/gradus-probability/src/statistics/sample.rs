//! What the fits need from a sample.

use crate::error::ProbabilityError;
use gradus_numeric::CompensatedSum;

/// Total weight and weighted mean of observations inside of a support.
pub(crate) fn weighted_mean(
    x: &[f64],
    weights: &[f64],
    inside: impl Fn(f64) -> bool,
) -> Result<(f64, f64), ProbabilityError> {
    if x.len() != weights.len() {
        return Err(ProbabilityError::LengthMismatch {
            left: x.len(),
            right: weights.len(),
        });
    }
    for (index, (&value, &weight)) in x.iter().zip(weights).enumerate() {
        if !(value.is_finite() && inside(value)) {
            return Err(ProbabilityError::InvalidObservation { index, value });
        }
        if !(weight >= 0.0 && weight.is_finite()) {
            return Err(ProbabilityError::InvalidObservation {
                index,
                value: weight,
            });
        }
    }
    let n = weights.iter().copied().collect::<CompensatedSum>().value();
    let sum = x
        .iter()
        .zip(weights)
        .map(|(x, w)| x * w)
        .collect::<CompensatedSum>();
    if n == 0.0 {
        return Err(ProbabilityError::NoMaximum {
            reason: "there are no observations",
        });
    }
    if n.is_finite() && sum.value().is_finite() {
        Ok((n, sum.value() / n))
    } else {
        Err(ProbabilityError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_observations_are_told_from_too_large_ones() {
        let mean = |x: &[f64], w: &[f64]| weighted_mean(x, w, |_| true);
        assert_eq!(mean(&[1.0, 4.0], &[2.0, 1.0]), Ok((3.0, 2.0)));
        for none in [mean(&[], &[]), mean(&[1.0], &[0.0])] {
            assert!(matches!(none, Err(ProbabilityError::NoMaximum { .. })));
        }
        let large = [f64::MAX, f64::MAX];
        assert_eq!(mean(&large, &[1.0; 2]), Err(ProbabilityError::Overflow));
        assert_eq!(mean(&[1.0; 2], &large), Err(ProbabilityError::Overflow));
    }
}
