//! Differences between prediction and truth, in a unit in which their squares fit.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use gradus_numeric::{binary_exponent, ldexp, mean};
use std::iter::zip;

/// The differences $`\hat{y}_i - y_i`$, divided by a power of two near the largest of them.
///
/// In that unit no square overflows, and none that matters underflows.
pub(crate) struct Residuals {
    scaled: Vec<f64>,
    exponent: i32,
}

impl Residuals {
    /// As many predictions as truths, at least one, all finite.
    pub(crate) fn new(truth: &[f64], predicted: &[f64]) -> Result<Self, EvaluationError> {
        check_finite(truth, predicted)?;
        // The difference of two numbers near ±f64::MAX overflows; that of their halves does not.
        let overflows = zip(truth, predicted).any(|(y, p)| (p - y).is_infinite());
        let (factor, halved) = if overflows { (0.5, 1) } else { (1.0, 0) };
        let differences = zip(truth, predicted).map(|(y, p)| p * factor - y * factor);
        let (scaled, exponent) = in_unit(differences.collect());
        let exponent = exponent + halved;
        Ok(Self { scaled, exponent })
    }

    /// The mean of a function of the differences, in their unit.
    pub(crate) fn mean(&self, f: impl Fn(f64) -> f64) -> f64 {
        mean_of(self.scaled.iter().map(|&e| f(e)))
    }

    /// The variance of the differences, in the square of their unit.
    pub(crate) fn variance(&self) -> f64 {
        variance_of(&self.scaled)
    }

    /// The exponent of the unit: it is $`2^k`$.
    pub(crate) const fn exponent(&self) -> i32 {
        self.exponent
    }
}

/// Numbers divided by the power of two at or below the largest magnitude, and its exponent.
pub(crate) fn in_unit(mut numbers: Vec<f64>) -> (Vec<f64>, i32) {
    let largest = numbers.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let exponent = binary_exponent(largest);
    for x in &mut numbers {
        *x = ldexp(*x, -exponent);
    }
    (numbers, exponent)
}

/// The mean, rounded once; of no number, 0.
pub(crate) fn mean_of(numbers: impl Iterator<Item = f64>) -> f64 {
    mean(&numbers.collect::<Vec<_>>()).unwrap_or(0.0)
}

/// The mean square deviation from the mean; of no number, 0.
pub(crate) fn variance_of(numbers: &[f64]) -> f64 {
    gradus_numeric::variance(numbers, 0).unwrap_or(0.0)
}

/// Lengths agree, there is a sample, and all numbers are finite.
pub(crate) fn check_finite(truth: &[f64], predicted: &[f64]) -> Result<(), EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    let infinite = |numbers: &[f64]| numbers.iter().position(|x| !x.is_finite());
    if let Some(sample) = infinite(truth) {
        let value = truth[sample]; // a position in it
        return Err(EvaluationError::TruthNotFinite { sample, value });
    }
    if let Some(sample) = infinite(predicted) {
        let value = predicted[sample]; // a position in it
        return Err(EvaluationError::PredictionNotFinite { sample, value });
    }
    Ok(())
}
