//! How much of the loss of a constant quantile predicted ones save.

use crate::error::EvaluationError;
use crate::regression::pinball::{check_order, loss, mean_loss};
use crate::regression::residuals::{Residuals, check_varies};
use crate::share::saved;
use crate::weights::Weights;
use gradus_numeric::{CompensatedSum, ldexp};
use std::iter::zip;

/// The share of the pinball loss that predicted quantiles of order $`\tau`$ save.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i \ell_\tau(y_i, \hat{y}_i)}{\sum_i \ell_\tau(y_i, q_\tau)}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted`, $`\tau`$ `order`, $`q_\tau`$ the $`\tau`$-quantile of the truth, which is the best constant, and
/// $`\ell_\tau`$ the loss of [`mean_pinball_loss`](crate::mean_pinball_loss).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the truth, 0 for the quantile, at most 1 | `d2_is_one_at_the_truth_and_zero_at_the_best_constant` |
/// | a factor of truth and prediction changes nothing | `d2_does_not_depend_on_the_unit` |
///
/// # Numerics
///
/// Where several constants are best, such as all between the two numbers in the middle, it does not matter which is taken.
///
/// # Errors
///
/// As [`mean_pinball_loss`](crate::mean_pinball_loss); [`EvaluationError::ConstantTruth`] if there is nothing to explain,
/// [`EvaluationError::NotAShare`] for the orders 0 and 1, of which the best constant has no loss.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_pinball;
///
/// // The best constant of order 1/4 is 1: its losses are 0, 1/4, 2/4 and 3/4. Those of the prediction are 0, 0, 0 and 3/4.
/// let d2 = d2_pinball(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 1.0], 0.25)?;
/// assert_eq!(d2, 0.5);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// R. Koenker and J. A. F. Machado, *Goodness of fit and related inference processes for quantile regression*, J. Amer. Statist. Assoc. 94 (1999),
/// 1296–1310, equation (7).
#[doc(alias = "d2_pinball_score")]
pub fn d2_pinball(truth: &[f64], predicted: &[f64], order: f64) -> Result<f64, EvaluationError> {
    check_order(order)?;
    let errors = Residuals::new(truth, predicted)?;
    explained(truth, &errors, order)
}

/// The share of the pinball loss that predicted quantiles save, where each sample counts as often as its weight says.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i w_i \, \ell_\tau(y_i, \hat{y}_i)}{\sum_i w_i \, \ell_\tau(y_i, q_\tau)}
/// ```
///
/// with the terms of [`d2_pinball`], `weights` $`w`$, and $`q_\tau`$ the smallest true value such that it and those below have $`\tau`$ of the weight.
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
/// As [`d2_pinball`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_pinball_weighted;
///
/// // The median is 1; its loss is 1 · 4 / 2, that of the prediction (3 · 1 + 1 · 0) / 2.
/// let d2 = d2_pinball_weighted(&[1.0, 5.0], &[2.0, 5.0], 0.5, &[3.0, 1.0])?;
/// assert_eq!(d2, 0.25);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn d2_pinball_weighted(
    truth: &[f64],
    predicted: &[f64],
    order: f64,
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_order(order)?;
    let errors = Residuals::weighted(truth, predicted, weights)?;
    explained(truth, &errors, order)
}

/// The share of the absolute error that a prediction saves beside the median.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i |y_i - \hat{y}_i|}{\sum_i |y_i - m|}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`m`$ the median of the truth: [`d2_pinball`] of order 1/2. An outlier counts by its distance,
/// and not by its square as in [`r_squared`](crate::r_squared).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the truth, 0 for the median, at most 1 | `d2_is_one_at_the_truth_and_zero_at_the_best_constant` |
/// | a factor of truth and prediction changes nothing | `d2_does_not_depend_on_the_unit` |
///
/// # Errors
///
/// As [`mean_absolute_error`](crate::mean_absolute_error); [`EvaluationError::ConstantTruth`] if there is nothing to explain.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_absolute_error;
///
/// // The median is 2, and the errors around it are 1, 0 and 7; those of the prediction 0, 0 and 2.
/// assert_eq!(d2_absolute_error(&[1.0, 2.0, 9.0], &[1.0, 2.0, 7.0])?, 0.75);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[doc(alias = "d2_absolute_error_score")]
pub fn d2_absolute_error(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    d2_pinball(truth, predicted, 0.5)
}

/// The share of the absolute error that a prediction saves beside the median, where each sample counts as often as its weight says.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i w_i |y_i - \hat{y}_i|}{\sum_i w_i |y_i - m|}
/// ```
///
/// with the terms of [`d2_absolute_error`], `weights` $`w`$ and the weighted median $`m`$.
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
/// As [`d2_absolute_error`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_absolute_error_weighted;
///
/// assert_eq!(d2_absolute_error_weighted(&[1.0, 5.0], &[2.0, 5.0], &[3.0, 1.0])?, 0.25); // 1 − 3 / 4
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn d2_absolute_error_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    d2_pinball_weighted(truth, predicted, 0.5, weights)
}

fn explained(truth: &[f64], errors: &Residuals<'_>, order: f64) -> Result<f64, EvaluationError> {
    let weights = errors.weights();
    check_varies(truth, weights)?;
    let best = vec![quantile(truth, order, weights); truth.len()];
    let constant = Residuals::of(truth, &best, weights)?;
    let mean = |errors: &Residuals<'_>| errors.mean(|e| loss(e, order));
    let smallest = mean(&constant);
    if smallest == 0.0 {
        return saved(mean_loss(errors, order), smallest);
    }
    // both in the unit of the constant's errors
    let exponent = errors.exponent() - constant.exponent();
    saved(ldexp(mean(errors), exponent), smallest)
}

/// The smallest number that counts such that it and those below have this share of the weight.
fn quantile(numbers: &[f64], order: f64, weights: Weights<'_>) -> f64 {
    let mut pairs: Vec<(f64, f64)> = zip(numbers, weights.in_unit(numbers.len()))
        .enumerate()
        .filter(|(sample, _)| weights.counts(*sample))
        .map(|(_, (x, w))| (*x, w))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: CompensatedSum = pairs.iter().map(|(_, w)| *w).collect();
    let share = order * total.value();
    let mut below = CompensatedSum::default();
    let reached = pairs.iter().find(|(_, w)| {
        below.add(*w);
        below.value() >= share
    });
    reached.or(pairs.last()).map_or(0.0, |(x, _)| *x) // there are samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_by_hand() {
        let of = |order, weights: &[f64]| quantile(&[3.0, 1.0, 2.0], order, Weights::Each(weights));
        assert_eq!(of(0.5, &[1.0, 1.0, 1.0]), 2.0);
        assert_eq!(of(0.5, &[1.0, 1.0, 0.0]), 1.0);
        assert_eq!(of(0.5, &[3.0, 1.0, 1.0]), 3.0);
        assert_eq!((of(0.0, &[1.0; 3]), of(1.0, &[1.0; 3])), (1.0, 3.0));
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 1.0 / 3.0, Weights::Equal), 1.0);
    }

    #[test]
    fn what_has_no_share_is_an_error() {
        let of = |truth: &[f64], order| d2_pinball(truth, &[0.0, 1.0], order);
        let value = 3.0;
        assert_eq!(
            of(&[3.0, 3.0], 0.5),
            Err(EvaluationError::ConstantTruth { value })
        );
        let (loss, constant) = (1.5, 0.0);
        assert_eq!(
            of(&[3.0, 1.0], 1.0),
            Err(EvaluationError::NotAShare { loss, constant })
        );
        assert!(of(&[3.0, 1.0], 2.0).is_err() && of(&[3.0], 0.5).is_err());
        let most = f64::MAX;
        assert_eq!(d2_absolute_error(&[-most, most], &[-most, most]), Ok(1.0));
        assert_eq!(d2_absolute_error(&[0.0, 5e-324], &[5e-324, 0.0]), Ok(-1.0));
    }
}
