//! Differences between prediction and truth, in a unit in which their squares fit.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::weights::Weights;
use gradus_numeric::{binary_exponent, ldexp};
use std::iter::zip;

/// The differences $`\hat{y}_i - y_i`$, divided by a power of two near the largest of them.
///
/// In that unit no square overflows, and none that matters underflows.
pub(crate) struct Residuals<'a> {
    scaled: Vec<f64>,
    exponent: i32,
    weights: Weights<'a>,
}

impl<'a> Residuals<'a> {
    /// As many predictions as truths, at least one, all finite; all count alike.
    pub(crate) fn new(truth: &[f64], predicted: &[f64]) -> Result<Self, EvaluationError> {
        Self::of(truth, predicted, Weights::Equal)
    }

    /// … and each counts as often as its weight says, which are checked.
    pub(crate) fn weighted(
        truth: &[f64],
        predicted: &[f64],
        weights: &'a [f64],
    ) -> Result<Self, EvaluationError> {
        check_lengths(truth.len(), predicted.len())?;
        Self::of(truth, predicted, Weights::each(weights, truth.len())?)
    }

    /// … and each counts as often as these weights say.
    pub(crate) fn of(
        truth: &[f64],
        predicted: &[f64],
        weights: Weights<'a>,
    ) -> Result<Self, EvaluationError> {
        check_finite(truth, predicted)?;
        // The difference of two numbers near ±f64::MAX overflows; that of their halves does not.
        let overflows = zip(truth, predicted)
            .enumerate()
            .any(|(sample, (y, p))| weights.counts(sample) && (p - y).is_infinite());
        let (factor, halved) = if overflows { (0.5, 1) } else { (1.0, 0) };
        let differences = zip(truth, predicted).map(|(y, p)| p * factor - y * factor);
        let (scaled, exponent) = in_unit(differences.collect(), weights);
        let exponent = exponent + halved;
        Ok(Self {
            scaled,
            exponent,
            weights,
        })
    }

    /// The mean of a function of the differences, in their unit.
    pub(crate) fn mean(&self, f: impl Fn(f64) -> f64) -> f64 {
        let values: Vec<f64> = self.scaled.iter().map(|&e| f(e)).collect();
        self.weights.mean(&values)
    }

    /// The variance of the differences, in the square of their unit.
    pub(crate) fn variance(&self) -> f64 {
        self.weights.variance(&self.scaled)
    }

    /// The exponent of the unit: it is $`2^k`$.
    pub(crate) const fn exponent(&self) -> i32 {
        self.exponent
    }

    /// How much each of them counts.
    pub(crate) const fn weights(&self) -> Weights<'a> {
        self.weights
    }
}

/// Numbers divided by the power of two at or below the largest magnitude, and its exponent; 0 for those that do not count.
pub(crate) fn in_unit(mut numbers: Vec<f64>, weights: Weights<'_>) -> (Vec<f64>, i32) {
    for (sample, x) in numbers.iter_mut().enumerate() {
        if !weights.counts(sample) {
            *x = 0.0;
        }
    }
    let largest = numbers.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let exponent = binary_exponent(largest);
    for x in &mut numbers {
        *x = ldexp(*x, -exponent);
    }
    (numbers, exponent)
}

/// Those that count are not all the same.
pub(crate) fn check_varies(truth: &[f64], weights: Weights<'_>) -> Result<(), EvaluationError> {
    let mut counted = truth
        .iter()
        .enumerate()
        .filter(|(sample, _)| weights.counts(*sample));
    match counted.next() {
        Some((_, &value)) if counted.all(|(_, y)| *y == value) => {
            Err(EvaluationError::ConstantTruth { value })
        }
        _ => Ok(()),
    }
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
