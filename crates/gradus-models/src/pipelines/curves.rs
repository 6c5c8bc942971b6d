//! Scores as a curve.

use super::cross_validation::{Judged, judged};
use crate::contract::{Fit, Target};
use crate::error::ModelError;
use crate::samples::check_pairs;
use gradus_evaluation::Fold;
use gradus_numeric::MatrixRef;

/// A point of a [`learning_curve`] or a [`validation_curve`].
#[derive(Clone, Debug, PartialEq)]
pub struct CurvePoint {
    /// The number of training samples, or the value of the setting.
    pub at: f64,
    /// The score of each fold on the samples that the model has learned from.
    pub train: Vec<f64>,
    /// The score of each fold on the samples that it has not seen.
    pub validation: Vec<f64>,
}

/// Scores with more and more training samples.
///
/// In each fold the first `size` training samples are learned from, and the same samples judge. Where the two curves meet
/// below what is wanted, more samples will not help, a richer model may; where a gap remains, more samples will.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | with all training samples it is cross-validation | `the_last_point_of_a_learning_curve_is_cross_validation` |
///
/// # Errors
///
/// [`ModelError::TooFewSamples`] for a size that a fold does not have, and as [`cross_validate`](crate::cross_validate).
///
/// # Examples
///
/// ```
/// use gradus_models::{Fold, LinearRegression, MatrixRef, Order, Shape, learning_curve};
///
/// let x = MatrixRef::new(&[0.0, 1.0, 2.0, 3.0, 4.0], Shape::new(1, 5), Order::Columns)?;
/// let fold = Fold { train: vec![0, 1, 2], validation: vec![3, 4] };
/// let curve = learning_curve(&LinearRegression::default(), x, &[0.0, 1.0, 1.0, 3.0, 4.0], &[fold], &[2, 3])?;
/// assert!((curve[0].validation[0] - 1.0).abs() < 1e-12); // the line through the first two
/// assert!(curve[1].validation[0] < 0.0); // the third leads astray
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub fn learning_curve<Y: Target, S: Fit<Y>>(
    settings: &S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    folds: &[Fold],
    sizes: &[usize],
) -> Result<Vec<CurvePoint>, ModelError> {
    check_pairs(x, y.len())?;
    let of_size = |&needed: &usize| {
        let of_fold = |fold: &Fold| {
            let samples = fold.train.len();
            let too_few = ModelError::TooFewSamples { samples, needed };
            judged(
                settings,
                x,
                y,
                fold.train.get(..needed).ok_or(too_few)?,
                fold,
            )
        };
        point(needed as f64, folds.iter().map(of_fold))
    };
    sizes.iter().map(of_size).collect()
}

/// Scores with one value of a setting after the other.
///
/// Where the training score is high and the validation score is not, the model is too free.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each point is the cross-validation of its settings | `a_validation_curve_is_cross_validations` |
///
/// # Errors
///
/// As [`cross_validate`](crate::cross_validate).
///
/// # Examples
///
/// ```
/// use gradus_models::{Fold, MatrixRef, Order, Ridge, Shape, validation_curve};
///
/// let x = MatrixRef::new(&[0.0, 1.0, 2.0, 3.0], Shape::new(1, 4), Order::Columns)?;
/// let fold = Fold { train: vec![0, 1], validation: vec![2, 3] };
/// let ridge = |penalty| Ridge { penalty, ..Ridge::default() };
/// let curve = validation_curve(&[0.0, 1e9], ridge, x, &[0.0, 1.0, 2.0, 3.0], &[fold])?;
/// assert!((curve[0].validation[0] - 1.0).abs() < 1e-12); // the line
/// assert!(curve[1].train[0].abs() < 1e-6); // the mean
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub fn validation_curve<Y: Target, S: Fit<Y>>(
    values: &[f64],
    settings: impl Fn(f64) -> S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    folds: &[Fold],
) -> Result<Vec<CurvePoint>, ModelError> {
    check_pairs(x, y.len())?;
    let of_value = |&value: &f64| {
        let settings = settings(value);
        let of_fold = |fold: &Fold| judged(&settings, x, y, &fold.train, fold);
        point(value, folds.iter().map(of_fold))
    };
    values.iter().map(of_value).collect()
}

fn point(
    at: f64,
    folds: impl Iterator<Item = Result<Judged, ModelError>>,
) -> Result<CurvePoint, ModelError> {
    let (mut train, mut validation) = (Vec::new(), Vec::new());
    for judged in folds {
        let judged = judged?;
        train.push(judged.train);
        validation.push(judged.validation);
    }
    Ok(CurvePoint {
        at,
        train,
        validation,
    })
}
