//! How much each sample counts.

use crate::error::EvaluationError;
use gradus_numeric::{CompensatedSum, binary_exponent, ldexp};
use std::iter::zip;

/// How much each sample counts: a sample of weight 2 is the sample twice, one of weight 0 is none.
#[derive(Clone, Copy)]
pub(crate) enum Weights<'a> {
    /// Every sample counts 1.
    Equal,
    /// One weight a sample, finite and not negative; one at least is positive, and positive ones are within a factor of 2¹⁰⁰⁰.
    Each(&'a [f64]),
}

impl<'a> Weights<'a> {
    /// One weight for each of so many samples.
    pub(crate) fn each(weights: &'a [f64], samples: usize) -> Result<Self, EvaluationError> {
        if weights.len() != samples {
            let weights = weights.len();
            return Err(EvaluationError::WeightsDiffer { samples, weights });
        }
        let valid = |w: &f64| w.is_finite() && *w >= 0.0;
        if let Some(sample) = weights.iter().position(|w| !valid(w)) {
            let value = weights[sample]; // a position in it
            return Err(EvaluationError::NotAWeight { sample, value });
        }
        let positive = || weights.iter().copied().filter(|w| *w > 0.0);
        let Some(smallest) = positive().reduce(f64::min) else {
            return Err(EvaluationError::NoWeight { samples });
        };
        let largest = positive().fold(smallest, f64::max);
        if binary_exponent(largest) - binary_exponent(smallest) > FURTHEST {
            return Err(EvaluationError::WeightsFarApart { smallest, largest });
        }
        Ok(Self::Each(weights))
    }

    /// Whether a sample counts at all.
    pub(crate) fn counts(self, sample: usize) -> bool {
        match self {
            Self::Equal => true,
            Self::Each(weights) => weights.get(sample).is_some_and(|w| *w > 0.0),
        }
    }

    /// The weight of each of so many samples, divided by a power of two, so that they can be summed.
    pub(crate) fn in_unit(self, samples: usize) -> Vec<f64> {
        match self {
            Self::Equal => vec![1.0; samples],
            Self::Each(weights) => {
                let exponent = unit(weights);
                weights.iter().map(|w| ldexp(*w, -exponent)).collect()
            }
        }
    }

    /// $`\sum_i w_i x_i / \sum_i w_i`$, rounded once unless the terms cancel; of no number, 0. No number is NaN.
    pub(crate) fn mean(self, numbers: &[f64]) -> f64 {
        match self {
            Self::Equal => gradus_numeric::mean(numbers).unwrap_or(0.0),
            Self::Each(weights) => weighted_mean(numbers, weights),
        }
    }

    /// $`\sum_i w_i (x_i - \bar x)^2 / \sum_i w_i`$ of numbers whose squares do not overflow; of no number, 0.
    pub(crate) fn variance(self, numbers: &[f64]) -> f64 {
        let Self::Each(weights) = self else {
            return gradus_numeric::variance(numbers, 0).unwrap_or(0.0);
        };
        let mean = weighted_mean(numbers, weights);
        let distances: Vec<f64> = numbers.iter().map(|x| x - mean).collect();
        let squares: Vec<f64> = distances.iter().map(|d| d * d).collect();
        let (sum, total) = weighted_sum(&distances, weights); // the mean need not be a double
        let (squares, _) = weighted_sum(&squares, weights);
        let (sum, total) = (sum.value(), total.value());
        ((squares.value() - sum * (sum / total)) / total).max(0.0)
    }
}

/// The mean, rounded once.
fn weighted_mean(numbers: &[f64], weights: &[f64]) -> f64 {
    // What its product lost would be ∞ − ∞.
    let infinite = |(x, w): &(&f64, &f64)| x.is_infinite() && **w > 0.0;
    if let Some((x, _)) = zip(numbers, weights).find(infinite) {
        return *x;
    }
    let (sum, total) = weighted_sum(numbers, weights);
    let value = quotient(sum, total);
    if value.is_finite() {
        return value;
    }
    let smaller = 0.5_f64.powi(64);
    let scaled: Vec<f64> = numbers.iter().map(|x| x * smaller).collect();
    let (sum, total) = weighted_sum(&scaled, weights);
    quotient(sum, total) / smaller
}

/// $`\sum_i w_i x_i`$ and $`\sum_i w_i`$ with weights divided by the power of two at or below the largest.
fn weighted_sum(numbers: &[f64], weights: &[f64]) -> (CompensatedSum, CompensatedSum) {
    let exponent = unit(weights);
    let (mut sum, mut total) = (CompensatedSum::default(), CompensatedSum::default());
    for (x, w) in zip(numbers, weights).filter(|(_, w)| **w > 0.0) {
        let weight = ldexp(*w, -exponent);
        let product = x * weight;
        sum.add(product);
        sum.add(x.mul_add(weight, -product)); // what the product lost
        total.add(weight);
    }
    (sum, total)
}

/// The exponent of the power of two at or below the largest weight.
fn unit(weights: &[f64]) -> i32 {
    binary_exponent(weights.iter().copied().fold(0.0, f64::max))
}

/// $`a / b`$, rounded once: what the sums lost goes into the quotient.
fn quotient(a: CompensatedSum, b: CompensatedSum) -> f64 {
    let value = a.value() / b.value();
    let ([a, lost_of_a], [b, lost_of_b]) = (a.parts(), b.parts());
    let rest = (-value).mul_add(b, a) + (-value).mul_add(lost_of_b, lost_of_a);
    if rest.is_finite() {
        value + rest / b
    } else {
        value
    }
}

/// A share of 2⁻¹⁰⁰⁰ of a square of 1 is a number, beside which squares that underflow are nothing.
const FURTHEST: i32 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_weight_is_refused() {
        let refused = |weights: &[f64], samples| Weights::each(weights, samples).err();
        let (samples, weights) = (3, 2);
        let differ = EvaluationError::WeightsDiffer { samples, weights };
        assert_eq!(refused(&[1.0, 1.0], 3), Some(differ));
        let (sample, value) = (1, -0.5);
        let negative = EvaluationError::NotAWeight { sample, value };
        assert_eq!(refused(&[1.0, -0.5], 2), Some(negative));
        assert!(refused(&[f64::NAN], 1).is_some() && refused(&[f64::INFINITY], 1).is_some());
        let (smallest, largest) = (1e-160, 1e160);
        assert_eq!(
            refused(&[1e160, 0.0, 1e-160], 3),
            Some(EvaluationError::WeightsFarApart { smallest, largest })
        );
        assert!(refused(&[1.0, 1e-300], 2).is_none());
        let samples = 2;
        assert_eq!(
            refused(&[0.0, -0.0], samples),
            Some(EvaluationError::NoWeight { samples })
        );
    }

    #[test]
    fn sums_do_not_overflow_on_their_way() {
        let most = f64::MAX;
        for weights in [[most, most], [5e-324, 5e-324], [1.0, 1.0]] {
            assert_eq!(Weights::Each(&weights).mean(&[most, most]), most);
            assert_eq!(Weights::Each(&weights).mean(&[1.0, 4.0]), 2.5);
        }
        let infinite = f64::INFINITY;
        assert_eq!(
            Weights::Each(&[1.0, 1e-300]).mean(&[1.0, infinite]),
            infinite
        );
        assert_eq!(Weights::Each(&[1.0, 0.0]).mean(&[1.0, infinite]), 1.0);
        assert_eq!(Weights::Each(&[1.0, 3.0]).variance(&[0.0, 4.0]), 3.0);
        assert_eq!(Weights::Each(&[1.0, 0.0]).variance(&[0.1, 4.0]), 0.0);
    }
}
