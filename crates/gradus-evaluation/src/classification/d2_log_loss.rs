//! How much of the surprise of guessing by shares predicted probabilities save.

use crate::classification::probabilities::surprises;
use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::share::saved;
use crate::weights::Weights;
use gradus_numeric::{CompensatedSum, Float, MatrixRef};
use std::iter::zip;

/// The share of the log loss that predicted probabilities save.
///
/// ```math
/// D^2 = 1 - \frac{\sum_j -\ln p_{y_j j}}{\sum_j -\ln s_{y_j}}
/// ```
///
/// where $`p`$ is `probabilities`, $`y`$ `labels` and $`s_k`$ the share of the samples that are of class $`k`$, which is the best constant: its mean
/// loss is the entropy of the labels. 1 for certainty that is right, 0 for what a guess by the shares gives, $`-\infty`$ for one that was wrong and
/// certain.
///
/// # Shapes
///
/// `probabilities: classes × samples`, `labels: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for certainty, 0 for the shares, at most 1 | `d2_of_log_loss_is_zero_for_the_shares` |
///
/// # Errors
///
/// As [`log_loss`](crate::log_loss); [`EvaluationError::NeverVaries`] if all labels are the same.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, d2_log_loss};
///
/// // The shares are 1/2, and so is one of the probabilities; the other is 1.
/// let p = MatrixRef::new(&[0.5, 0.5, 0.0, 1.0], Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(d2_log_loss(p, &[0, 1])?, 0.5); // 1 − ln 2 / 2 ln 2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// D. `McFadden`, *Conditional logit analysis of qualitative choice behavior*, in P. Zarembka (ed.), *Frontiers in Econometrics* (1974), 105–142,
/// whose $`\rho^2`$ it is.
#[doc(alias = "d2_log_loss_score")]
#[doc(alias = "McFadden")]
pub fn d2_log_loss<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
) -> Result<f64, EvaluationError> {
    explained(probabilities, labels, Weights::Equal)
}

/// The share of the log loss that predicted probabilities save, where each sample counts as often as its weight says.
///
/// ```math
/// D^2 = 1 - \frac{\sum_j -w_j \ln p_{y_j j}}{\sum_j -w_j \ln s_{y_j}}, \qquad s_k = \frac{\sum_{j: y_j = k} w_j}{\sum_j w_j}
/// ```
///
/// with the terms of [`d2_log_loss`] and `weights` $`w`$.
///
/// # Shapes
///
/// `probabilities: classes × samples`, `labels: samples`, `weights: samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Errors
///
/// As [`d2_log_loss`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{MatrixRef, Order, Shape, d2_log_loss_weighted};
///
/// // Three samples, the first of which counts half of the whole: the shares are 1/2.
/// let p = MatrixRef::new(&[0.5, 0.5, 0.0, 1.0, 0.5, 0.5], Shape::new(2, 3), Order::Columns)?;
/// let d2 = d2_log_loss_weighted(p, &[0, 1, 1], &[2.0, 1.0, 1.0])?;
/// assert_eq!(d2, 0.25); // 1 − 3 ln 2 / 4 ln 2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn d2_log_loss_weighted<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(labels.len(), probabilities.columns())?;
    explained(probabilities, labels, Weights::each(weights, labels.len())?)
}

fn explained<T: Float>(
    probabilities: MatrixRef<'_, T>,
    labels: &[u32],
    weights: Weights<'_>,
) -> Result<f64, EvaluationError> {
    let loss = weights.mean(&surprises(probabilities, labels)?);
    let mut sums = vec![CompensatedSum::default(); probabilities.rows()];
    for (&label, weight) in zip(labels, weights.in_unit(labels.len())) {
        sums[label as usize].add(weight); // a class, as its surprise says
    }
    let sums: Vec<f64> = sums.iter().map(|sum| sum.value()).collect();
    if sums.iter().filter(|sum| **sum > 0.0).count() < 2 {
        return Err(EvaluationError::NeverVaries);
    }
    let all = sums.iter().copied().collect::<CompensatedSum>().value();
    // A class may have no weight: its samples do not count.
    let surprise = |sum: &f64| if *sum > 0.0 { (all / sum).ln() } else { 0.0 };
    let of_classes: Vec<f64> = sums.iter().map(surprise).collect();
    let constant: Vec<f64> = labels.iter().map(|&y| of_classes[y as usize]).collect();
    saved(loss, weights.mean(&constant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn one_class_leaves_nothing_to_explain() {
        let values = [0.5, 0.5, 0.5, 0.5];
        let p = MatrixRef::new(&values, Shape::new(2, 2), Order::Columns).unwrap();
        let never = Err(EvaluationError::NeverVaries);
        assert_eq!(d2_log_loss(p, &[1, 1]), never);
        assert_eq!(d2_log_loss_weighted(p, &[0, 1], &[0.0, 1.0]), never);
        assert!(d2_log_loss(p, &[0, 2]).is_err() && d2_log_loss(p, &[0]).is_err());
        let certain = [0.0, 1.0, 0.0, 1.0];
        let p = MatrixRef::new(&certain, Shape::new(2, 2), Order::Columns).unwrap();
        assert_eq!(d2_log_loss(p, &[0, 1]), Ok(f64::NEG_INFINITY));
    }
}
