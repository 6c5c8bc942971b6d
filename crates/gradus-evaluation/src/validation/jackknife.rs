//! A statistic without each of the samples in turn.

use crate::error::EvaluationError;
use crate::validation::scores::check_scores;
use gradus_numeric::mean;

/// A statistic of all samples but one, for each of them.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, jackknife};
///
/// let x = [1.0, 2.0, 6.0];
/// let mean = |samples: &[u32]| -> Result<f64, EvaluationError> {
///     Ok(samples.iter().map(|&i| x[i as usize]).sum::<f64>() / samples.len() as f64)
/// };
/// let without = jackknife(3, mean)?;
/// assert_eq!(without.values(), [4.0, 3.5, 1.5]);
/// # Ok::<(), EvaluationError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Jackknife {
    values: Vec<f64>,
    mean: f64,
}

/// Computes a statistic of `n` samples without each of them in turn: $`\hat\theta_{(i)}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the standard error of a mean is $`s / \sqrt n`$ | `the_jackknife_knows_the_error_of_a_mean` |
///
/// # Errors
///
/// The first error of `statistic`; [`EvaluationError::TooFewNumbers`] for fewer than two samples,
/// [`EvaluationError::ScoreNotFinite`] if the statistic is NaN or infinite.
///
/// # Examples
///
/// See [`Jackknife`].
///
/// # References
///
/// B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 11.
pub fn jackknife<E: From<EvaluationError>>(
    n: u32,
    mut statistic: impl FnMut(&[u32]) -> Result<f64, E>,
) -> Result<Jackknife, E> {
    if n < 2 {
        let (count, needed) = (n as usize, 2);
        return Err(EvaluationError::TooFewNumbers { count, needed }.into());
    }
    let without = |i: u32| (0..n).filter(|&j| j != i).collect::<Vec<u32>>();
    let values: Vec<f64> = (0..n)
        .map(|i| statistic(&without(i)))
        .collect::<Result<_, _>>()?;
    check_scores(&values)?;
    let mean = mean(&values).map_err(|_| EvaluationError::Empty)?;
    Ok(Jackknife { values, mean })
}

impl Jackknife {
    /// The statistic without sample 0, without sample 1, ….
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The standard error of the statistic, $`\sqrt{\frac{n - 1}{n} \sum_i (\hat\theta_{(i)} - \hat\theta_{(\cdot)})^2}`$.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        let n = self.values.len() as f64;
        let squares: f64 = self.influences().map(|u| u * u).sum();
        ((n - 1.0) / n * squares).sqrt()
    }

    /// Efron's acceleration, how fast the standard error changes with the parameter:
    /// $`a = \sum_i u_i^3 / \bigl(6 (\sum_i u_i^2)^{3/2}\bigr)`$ with $`u_i = \hat\theta_{(\cdot)} - \hat\theta_{(i)}`$; 0 if
    /// all are equal.
    #[must_use]
    pub fn acceleration(&self) -> f64 {
        // Divided by the largest, so that neither cubes nor squares under- or overflow.
        let largest = self
            .influences()
            .fold(0.0, |most: f64, u| most.max(u.abs()));
        if largest == 0.0 {
            return 0.0;
        }
        let power = |k: i32| -> f64 { self.influences().map(|u| (u / largest).powi(k)).sum() };
        power(3) / (6.0 * power(2).powf(1.5))
    }

    /// How each sample moves the statistic: their mean less that without it.
    fn influences(&self) -> impl Iterator<Item = f64> {
        self.values.iter().map(|value| self.mean - value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symmetric_sample_has_no_acceleration() {
        let of = |x: &[f64]| {
            let sum = |part: &[u32]| -> Result<f64, EvaluationError> {
                Ok(part.iter().map(|&i| x[i as usize]).sum())
            };
            jackknife(u32::try_from(x.len()).unwrap(), sum)
        };
        assert_eq!(of(&[-1.0, 0.0, 1.0]).unwrap().acceleration(), 0.0);
        assert_eq!(of(&[2.0, 2.0]).unwrap().acceleration(), 0.0);
        // Influences −1, −1, 2: 6 / (6 · 6^1.5).
        let bent = of(&[0.0, 0.0, 3.0]).unwrap().acceleration();
        assert!((bent - 6.0_f64.powf(-1.5)).abs() < 1e-16);
        let (count, needed) = (1, 2);
        assert_eq!(
            of(&[1.0]),
            Err(EvaluationError::TooFewNumbers { count, needed })
        );
    }
}
