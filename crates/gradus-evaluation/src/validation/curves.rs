//! Scores over the size of the training set, and over a setting.

use crate::error::EvaluationError;
use crate::splits::Fold;
use crate::validation::scores::Scores;

/// What a model of one fold scores on what it has seen, and on what it has not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The score on the training part.
    pub training: f64,
    /// The score on the validation part.
    pub validation: f64,
}

/// A point of a learning or validation curve: the scores of all folds at one size or setting.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvePoint {
    /// The number of training samples, or the value of the setting.
    pub at: f64,
    /// Scores on the training parts.
    pub training: Scores,
    /// Scores on the validation parts.
    pub validation: Scores,
}

/// Scores of training sets of growing size.
///
/// For every size and fold, `judge` gets the fold with the first `size` samples of its training part. Where both curves
/// have met, more data will not help (bias); where they are apart, they will (variance).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the training sets of a fold are nested, each has its size, and the whole is the last | `training_sets_of_a_learning_curve_are_nested` |
///
/// # Numerics
///
/// [`folds`](crate::folds) lists samples in random order, so the first ones are a random choice; folds of
/// [`time_series_folds`](crate::time_series_folds) are in the order of time, and begin with the oldest.
///
/// # Errors
///
/// The first error of `judge`; [`EvaluationError::Empty`] without folds, [`EvaluationError::InvalidSize`] for a size of 0 or
/// above that of the smallest training part, [`EvaluationError::ScoreNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, Judged, Key, folds, learning_curve};
///
/// let folds = folds(10, 5, &mut Key::new(1).rng())?;
/// let curve = learning_curve(&folds, &[2, 8], |fold| -> Result<Judged, EvaluationError> {
///     let error = 1.0 / fold.train.len() as f64;
///     Ok(Judged { training: 0.0, validation: error })
/// })?;
/// assert_eq!((curve[0].at, curve[0].validation.mean()), (2.0, 0.5));
/// assert_eq!((curve[1].at, curve[1].validation.mean()), (8.0, 0.125));
/// # Ok::<(), EvaluationError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, section 7.10.
pub fn learning_curve<E: From<EvaluationError>>(
    folds: &[Fold],
    sizes: &[usize],
    mut judge: impl FnMut(&Fold) -> Result<Judged, E>,
) -> Result<Vec<CurvePoint>, E> {
    let largest = folds.iter().map(|fold| fold.train.len()).min();
    let largest = largest.ok_or(EvaluationError::Empty)?;
    if let Some(&size) = sizes.iter().find(|&&size| size == 0 || size > largest) {
        return Err(EvaluationError::InvalidSize { size, largest }.into());
    }
    let point = |&size: &usize| {
        let cut = |fold: &Fold| Fold {
            train: fold.train[..size].to_vec(), // size ≤ largest
            validation: fold.validation.clone(),
        };
        judged(size as f64, folds, |fold| judge(&cut(fold)))
    };
    sizes.iter().map(point).collect()
}

/// Scores of one setting after another: of a penalty λ, a depth, a number of neighbors.
///
/// Training scores alone prefer the most flexible setting; the validation scores have their best where the model fits
/// neither too little nor too much.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each point is the cross-validation at its setting | `a_validation_curve_is_a_cross_validation_a_setting` |
///
/// # Errors
///
/// The first error of `judge`; [`EvaluationError::Empty`] without folds, [`EvaluationError::ScoreNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, Judged, Key, folds, validation_curve};
///
/// let folds = folds(10, 5, &mut Key::new(1).rng())?;
/// let judge = |degree: f64, _: &_| -> Result<Judged, EvaluationError> {
///     Ok(Judged { training: 1.0 / degree, validation: (degree - 3.0).powi(2) })
/// };
/// let curve = validation_curve(&folds, &[1.0, 3.0, 9.0], judge)?;
/// let errors: Vec<f64> = curve.iter().map(|point| point.validation.mean()).collect();
/// assert_eq!(errors, [4.0, 0.0, 36.0]);
/// # Ok::<(), EvaluationError>(())
/// ```
pub fn validation_curve<E: From<EvaluationError>>(
    folds: &[Fold],
    settings: &[f64],
    mut judge: impl FnMut(f64, &Fold) -> Result<Judged, E>,
) -> Result<Vec<CurvePoint>, E> {
    let point = |&at: &f64| judged(at, folds, |fold| judge(at, fold));
    settings.iter().map(point).collect()
}

/// One point: every fold judged.
fn judged<E: From<EvaluationError>>(
    at: f64,
    folds: &[Fold],
    judge: impl FnMut(&Fold) -> Result<Judged, E>,
) -> Result<CurvePoint, E> {
    let all: Vec<Judged> = folds.iter().map(judge).collect::<Result<_, _>>()?;
    Ok(CurvePoint {
        at,
        training: Scores::new(all.iter().map(|judged| judged.training).collect())?,
        validation: Scores::new(all.iter().map(|judged| judged.validation).collect())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_no_fold_has_are_refused() {
        let (train, validation) = (vec![0, 1, 2], vec![3]);
        let folds = [Fold { train, validation }];
        let judge = |_: &Fold| -> Result<Judged, EvaluationError> {
            Ok(Judged {
                training: 0.0,
                validation: 0.0,
            })
        };
        for size in [0, 4] {
            let largest = 3;
            assert_eq!(
                learning_curve(&folds, &[1, size], judge),
                Err(EvaluationError::InvalidSize { size, largest })
            );
        }
        assert_eq!(
            learning_curve(&[], &[1], judge),
            Err(EvaluationError::Empty)
        );
    }
}
