//! How good the best of many looks by luck alone.

use crate::error::SelectError;
use gradus_numeric::beta_regularized;

/// The expected accuracy of the best of `trials` models that all have the same one, judged on the same number of samples.
///
/// ```math
/// \operatorname{E} \max_{k \le m} \frac{X_k}{n} = \frac{1}{n} \sum_{j=0}^{n-1} \bigl(1 - F(j)^m\bigr), \qquad X_k \sim \mathrm{Bin}(n, p)
/// ```
///
/// where $`F`$ is the distribution function of $`X_k`$, independent of one another. What was chosen looks better than it is: the best of a
/// hundred coins, thrown fifty times each, shows 67.6 % heads. So what chose must not judge.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one trial has its accuracy; more look better | `more_trials_look_better` |
/// | the best of many random searches is as good on average | `what_was_chosen_looks_too_good` |
///
/// # Errors
///
/// [`SelectError::Setting`] unless the accuracy lies in [0, 1], [`SelectError::Empty`] without samples or trials.
///
/// # Examples
///
/// ```
/// use gradus_select::expected_best_accuracy;
///
/// assert_eq!(expected_best_accuracy(0.5, 1, 2)?, 0.75); // one of two coins shows a head
/// assert!((expected_best_accuracy(0.5, 50, 100)? - 0.676).abs() < 5e-4);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// G. C. Cawley and N. L. C. Talbot, *On over-fitting in model selection and subsequent selection bias in performance evaluation*,
/// JMLR 11 (2010), 2079–2107.
pub fn expected_best_accuracy(
    accuracy: f64,
    samples: u32,
    trials: u32,
) -> Result<f64, SelectError> {
    if !(0.0..=1.0).contains(&accuracy) {
        let (name, value, domain) = ("accuracy", accuracy, "from 0 to 1");
        return Err(SelectError::Setting {
            name,
            value,
            domain,
        });
    }
    if samples == 0 || trials == 0 {
        return Err(SelectError::Empty);
    }
    let n = f64::from(samples);
    // F(j) = 1 − I_p(j + 1, n − j), the probability of at most j successes.
    let above = |j: u32| beta_regularized(f64::from(j) + 1.0, n - f64::from(j), accuracy);
    let best = |j: u32| -(f64::from(trials) * (-above(j)).ln_1p()).exp_m1();
    Ok((0..samples).map(best).sum::<f64>() / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_models_are_not_lucky() {
        assert_eq!(expected_best_accuracy(0.0, 10, 100), Ok(0.0));
        assert_eq!(expected_best_accuracy(1.0, 10, 100), Ok(1.0));
        assert!(expected_best_accuracy(f64::NAN, 10, 100).is_err());
        assert!(expected_best_accuracy(0.5, 0, 100).is_err());
    }
}
