//! Errors of numbers that come in batches.

use crate::error::EvaluationError;
use crate::regression::residuals::check_finite;
use gradus_numeric::{CompensatedSum, Moments};
use std::iter::zip;

/// What has to be kept of a batch so that the errors of all batches together can be told.
///
/// ```math
/// n, \quad \bar e, \quad \sum_i (e_i - \bar e)^2, \quad \bar y, \quad \sum_i (y_i - \bar y)^2, \quad \sum_i \lvert e_i \rvert, \quad
/// \sum_i \lvert e_i / y_i \rvert
/// ```
///
/// with the errors $`e = \hat y - y`$. A root of a mean square, or a share of variance, is no mean over the samples: the mean of its values for two
/// batches is wrong. These numbers of two batches give those of both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of batches, merged in any order, they are those of all samples | `merged_errors_are_those_of_all_samples` |
///
/// # Numerics
///
/// Means and squares by Chan, Golub and LeVeque's updates, so nothing cancels; within some 1e-13 of the functions of whole slices, such as
/// [`r_squared`](crate::r_squared). Those work in a unit of the data and know numbers of any size; here squares must not overflow.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::RegressionErrors;
///
/// let mut all = RegressionErrors::new(&[1.0, 2.0], &[1.0, 2.0])?; // no error
/// all.merge(&RegressionErrors::new(&[3.0], &[1.0])?); // an error of 2
/// assert_eq!((all.count(), all.mean_absolute_error()), (3, 2.0 / 3.0));
/// assert!((all.mean_squared_error() - 4.0 / 3.0).abs() < 1e-15);
/// assert!((all.r_squared()? + 1.0).abs() < 1e-15); // 1 − 4 / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// T. F. Chan, G. H. Golub and R. J. LeVeque, *Algorithms for computing the sample variance*, Amer. Statist. 37 (1983), 242–247.
#[derive(Clone, Debug, PartialEq)]
pub struct RegressionErrors {
    errors: Moments,
    truth: Moments,
    absolute: CompensatedSum,
    shares: CompensatedSum,
    /// The first sample whose truth is 0.
    zero: Option<usize>,
    /// The truth, if it is the same for all samples.
    constant: Option<f64>,
}

impl RegressionErrors {
    /// Those of one batch.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`],
    /// [`EvaluationError::PredictionNotFinite`]; [`EvaluationError::TooLargeToSquare`] for a number beyond 9e143.
    pub fn new(truth: &[f64], predicted: &[f64]) -> Result<Self, EvaluationError> {
        check_finite(truth, predicted)?;
        for (sample, (y, p)) in zip(truth, predicted).enumerate() {
            let value = if y.abs() > p.abs() { *y } else { *p };
            if value.abs() > LARGEST {
                return Err(EvaluationError::TooLargeToSquare { sample, value });
            }
        }
        let errors = || zip(truth, predicted).map(|(y, p)| p - y);
        let first = truth.first().copied();
        Ok(Self {
            errors: errors().collect(),
            truth: truth.iter().copied().collect(),
            absolute: errors().map(f64::abs).collect(),
            shares: zip(truth, errors())
                .filter(|(y, _)| **y != 0.0)
                .map(|(y, e)| (e / y).abs())
                .collect(),
            zero: truth.iter().position(|y| *y == 0.0),
            constant: first.filter(|first| truth.iter().all(|y| y == first)),
        })
    }

    /// Adds the samples of another batch.
    pub fn merge(&mut self, other: &Self) {
        let before = usize::try_from(self.count()).unwrap_or(usize::MAX);
        let later = other.zero.map(|sample| before.saturating_add(sample));
        self.zero = self.zero.or(later);
        self.constant = self.constant.filter(|y| other.constant == Some(*y));
        self.errors.merge(other.errors);
        self.truth.merge(other.truth);
        self.absolute.add(other.absolute.value());
        self.shares.add(other.shares.value());
    }

    /// How many samples there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.errors.count()
    }

    /// As [`mean_squared_error`](crate::mean_squared_error).
    #[must_use]
    pub fn mean_squared_error(&self) -> f64 {
        let bias = self.errors.mean().unwrap_or(0.0); // there are samples
        self.variance() + bias * bias
    }

    /// As [`root_mean_squared_error`](crate::root_mean_squared_error).
    #[must_use]
    pub fn root_mean_squared_error(&self) -> f64 {
        self.mean_squared_error().sqrt()
    }

    /// As [`mean_absolute_error`](crate::mean_absolute_error).
    #[must_use]
    pub fn mean_absolute_error(&self) -> f64 {
        self.absolute.value() / self.count() as f64
    }

    /// As [`mean_absolute_percentage_error`](crate::mean_absolute_percentage_error).
    ///
    /// # Errors
    ///
    /// [`EvaluationError::ZeroTruth`] with the first sample whose truth is 0, counted from the first batch.
    pub fn mean_absolute_percentage_error(&self) -> Result<f64, EvaluationError> {
        match self.zero {
            Some(sample) => Err(EvaluationError::ZeroTruth { sample }),
            None => Ok(self.shares.value() / self.count() as f64),
        }
    }

    /// As [`r_squared`](crate::r_squared).
    ///
    /// # Errors
    ///
    /// [`EvaluationError::ConstantTruth`] if there is no variance to explain, or none whose square is a number.
    pub fn r_squared(&self) -> Result<f64, EvaluationError> {
        self.explained(self.mean_squared_error())
    }

    /// As [`explained_variance`](crate::explained_variance).
    ///
    /// # Errors
    ///
    /// As [`r_squared`](Self::r_squared).
    pub fn explained_variance(&self) -> Result<f64, EvaluationError> {
        self.explained(self.variance())
    }

    fn variance(&self) -> f64 {
        self.errors.variance(0).unwrap_or(0.0) // there are samples
    }

    fn explained(&self, unexplained: f64) -> Result<f64, EvaluationError> {
        let variance = self.truth.variance(0).unwrap_or(0.0);
        if self.constant.is_some() || variance <= 0.0 {
            let value = self.truth.mean().unwrap_or(0.0);
            return Err(EvaluationError::ConstantTruth { value });
        }
        Ok(1.0 - unexplained / variance)
    }
}

/// The squares of twice this number, summed over 2⁶⁴ samples, do not overflow.
const LARGEST: f64 = 9e143;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_told_is_an_error() -> Result<(), EvaluationError> {
        let mut all = RegressionErrors::new(&[2.0, 2.0], &[1.0, 2.0])?;
        let constant = EvaluationError::ConstantTruth { value: 2.0 };
        assert_eq!(all.r_squared(), Err(constant));
        assert_eq!(all.explained_variance(), Err(constant));
        assert_eq!(all.mean_absolute_percentage_error(), Ok(0.25));
        all.merge(&RegressionErrors::new(&[1.0, 0.0], &[1.0, 1.0])?);
        let zero = EvaluationError::ZeroTruth { sample: 3 };
        assert_eq!(all.mean_absolute_percentage_error(), Err(zero));
        assert!(all.r_squared().is_ok());
        let tiny = RegressionErrors::new(&[1e-200, 2e-200], &[0.0, 0.0])?;
        assert!(tiny.r_squared().is_err()); // and not 0 / 0
        let large = RegressionErrors::new(&[0.0, 1.0], &[0.0, -1e200]);
        let (sample, value) = (1, -1e200);
        assert_eq!(
            large,
            Err(EvaluationError::TooLargeToSquare { sample, value })
        );
        assert_eq!(RegressionErrors::new(&[], &[]), Err(EvaluationError::Empty));
        Ok(())
    }
}
