//! One score a fold.

use crate::error::EvaluationError;
use gradus_numeric::{mean, variance};

/// Finite scores, one a fold, with their mean and spread.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | moving and stretching the scores moves and stretches the mean, and stretches the deviation | `scores_follow_units` |
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Scores;
///
/// let scores = Scores::new(vec![0.9, 0.8, 1.0])?;
/// assert!((scores.mean() - 0.9).abs() < 1e-15);
/// assert!((scores.deviation()? - 0.1).abs() < 1e-15);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    values: Vec<f64>,
    mean: f64,
}

impl Scores {
    /// Takes scores in the order of the folds.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Empty`] without scores, [`EvaluationError::ScoreNotFinite`] with the first that is not finite.
    pub fn new(values: Vec<f64>) -> Result<Self, EvaluationError> {
        check_scores(&values)?;
        let mean = mean(&values).map_err(|_| EvaluationError::Empty)?;
        Ok(Self { values, mean })
    }

    /// The scores in the order of the folds.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Their mean, each fold counting the same.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Their standard deviation, $`\sqrt{\sum_i (s_i - \bar s)^2 / (k - 1)}`$.
    ///
    /// It tells how much one fold differs from another. Divided by $`\sqrt k`$ it is *not* the standard error of the mean:
    /// the folds share most of their training samples, so their scores are not independent, and no unbiased estimate of
    /// that error exists (Bengio and Grandvalet 2004).
    ///
    /// # Errors
    ///
    /// [`EvaluationError::TooFewNumbers`] for a single score.
    pub fn deviation(&self) -> Result<f64, EvaluationError> {
        let (count, needed) = (self.values.len(), 2);
        let variance = variance(&self.values, 1);
        let too_few = |_| EvaluationError::TooFewNumbers { count, needed };
        variance.map(f64::sqrt).map_err(too_few)
    }
}

/// All scores are finite, and there are some.
pub(super) fn check_scores(values: &[f64]) -> Result<(), EvaluationError> {
    if values.is_empty() {
        return Err(EvaluationError::Empty);
    }
    match values.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(index) => Err(EvaluationError::ScoreNotFinite {
            index,
            value: values[index], // a position in it
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_score_is_named() {
        assert_eq!(Scores::new(vec![]), Err(EvaluationError::Empty));
        let infinite = Scores::new(vec![1.0, f64::INFINITY]);
        let (index, value) = (1, f64::INFINITY);
        assert_eq!(
            infinite,
            Err(EvaluationError::ScoreNotFinite { index, value })
        );
        let (count, needed) = (1, 2);
        assert_eq!(
            Scores::new(vec![0.5]).unwrap().deviation(),
            Err(EvaluationError::TooFewNumbers { count, needed })
        );
    }
}
