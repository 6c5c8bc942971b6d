//! How good predicted quantiles are.

use crate::error::EvaluationError;
use crate::regression::residuals::Residuals;
use gradus_numeric::ldexp;

/// The mean pinball loss of predicted quantiles of order $`\tau`$.
///
/// ```math
/// \frac{1}{n} \sum_{i=1}^{n} \max\bigl( \tau (y_i - \hat{y}_i), \; (\tau - 1) (y_i - \hat{y}_i) \bigr)
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted`, $`\tau`$ `order` and $`n`$ the number of samples. Of all constant
/// predictions, the $`\tau`$-quantile of the truth has the smallest loss: a prediction that is too low costs $`\tau`$
/// for each unit, one that is too high $`1 - \tau`$. For $`\tau = 1/2`$ it is half of the mean absolute error.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | half of the mean absolute error at $`\tau = 1/2`$ | `pinball_of_the_median_is_half_of_the_absolute_error` |
/// | a quantile is the best constant prediction | `a_quantile_is_the_best_constant` |
///
/// # Errors
///
/// [`EvaluationError::NotAnOrder`] unless $`0 \le \tau \le 1`$; [`EvaluationError::LengthMismatch`],
/// [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`], [`EvaluationError::PredictionNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_pinball_loss;
///
/// // 10 is said to be exceeded in one case of four; the truth is 14, and then 6.
/// assert_eq!(mean_pinball_loss(&[14.0, 6.0], &[10.0, 10.0], 0.75)?, 2.0); // (0.75 · 4 + 0.25 · 4) / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// R. Koenker and G. Bassett, *Regression quantiles*, Econometrica 46 (1978), 33–50, equation (1.2).
#[doc(alias = "quantile loss")]
pub fn mean_pinball_loss(
    truth: &[f64],
    predicted: &[f64],
    order: f64,
) -> Result<f64, EvaluationError> {
    check_order(order)?;
    Ok(mean_loss(&Residuals::new(truth, predicted)?, order))
}

/// The mean pinball loss of predicted quantiles of order $`\tau`$, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{1}{\sum_i w_i} \sum_i w_i \max\bigl( \tau (y_i - \hat{y}_i), \; (\tau - 1) (y_i - \hat{y}_i) \bigr)
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted`, $`\tau`$ `order` and $`w`$ `weights`.
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
/// As [`mean_pinball_loss`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_pinball_loss_weighted;
///
/// let loss = mean_pinball_loss_weighted(&[14.0, 6.0], &[10.0, 10.0], 0.75, &[3.0, 1.0])?;
/// assert_eq!(loss, 2.5); // (3 · 0.75 · 4 + 1 · 0.25 · 4) / 4
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn mean_pinball_loss_weighted(
    truth: &[f64],
    predicted: &[f64],
    order: f64,
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_order(order)?;
    let errors = Residuals::weighted(truth, predicted, weights)?;
    Ok(mean_loss(&errors, order))
}

/// The mean loss of quantiles of this order.
pub(crate) fn mean_loss(errors: &Residuals<'_>, order: f64) -> f64 {
    ldexp(errors.mean(|e| loss(e, order)), errors.exponent())
}

/// The loss of an error $`e = \hat{y} - y`$, the opposite of the formula's difference.
pub(crate) fn loss(e: f64, order: f64) -> f64 {
    (-order * e).max((1.0 - order) * e)
}

pub(crate) fn check_order(order: f64) -> Result<(), EvaluationError> {
    if (0.0..=1.0).contains(&order) {
        Ok(())
    } else {
        Err(EvaluationError::NotAnOrder { order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_checked() {
        for order in [-0.1, 1.5, f64::NAN] {
            let refused = mean_pinball_loss(&[1.0], &[1.0], order);
            assert!(matches!(refused, Err(EvaluationError::NotAnOrder { .. })));
        }
        assert_eq!(mean_pinball_loss(&[1.0], &[3.0], 1.0), Ok(0.0));
        assert_eq!(mean_pinball_loss(&[1.0], &[3.0], 0.0), Ok(2.0));
    }
}
