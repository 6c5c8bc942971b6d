//! Models judged by samples that they have not seen.

use crate::contract::{Fit, FitWeighted, Predict, Target};
use crate::error::ModelError;
use crate::samples::{check_pairs, check_weights, chosen, selected};
use gradus_evaluation::Fold;
use gradus_linalg::view;
use gradus_numeric::MatrixRef;

/// The score of each fold: of a model that learned from the others.
///
/// ```math
/// s_f = \mathrm{score}\bigl(\mathrm{fit}(X_{\text{train } f}, y_{\text{train } f}); X_{\text{validation } f}, y_{\text{validation } f}\bigr)
/// ```
///
/// Their mean estimates how good the model is on new samples. For any settings that are [`Fit`], pipelines included, and
/// any folds: of classes, of groups, of time ([`gradus_evaluation`]).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | targets of validation samples change nothing of their predictions | `what_is_judged_is_not_learned` |
/// | each score is that of the model fitted by hand | `cross_validation_is_fitting_and_scoring` |
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NoSuchSample`]; as [`Fit::fit`] and
/// [`Predict::score`].
///
/// # Examples
///
/// ```
/// use gradus_models::evaluation::folds;
/// use gradus_models::{Key, LinearRegression, MatrixRef, Order, Shape, cross_validate};
///
/// let x: Vec<f64> = (0..9).map(f64::from).collect();
/// let y: Vec<f64> = x.iter().map(|x| 2.0 * x + 1.0).collect();
/// let x = MatrixRef::new(&x, Shape::new(1, 9), Order::Columns)?;
/// let folds = folds(9, 3, &mut Key::new(1).rng())?;
/// let scores = cross_validate(&LinearRegression::default(), x, &y, &folds)?;
/// assert!(scores.iter().all(|r2| (r2 - 1.0).abs() < 1e-12)); // a line, exactly
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// M. Stone, *Cross-validatory choice and assessment of statistical predictions*, J. R. Statist. Soc. B 36 (1974),
/// 111–147.
pub fn cross_validate<Y: Target, S: Fit<Y>>(
    settings: &S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    folds: &[Fold],
) -> Result<Vec<f64>, ModelError> {
    check_pairs(x, y.len())?;
    let score = |fold: &Fold| Ok(judged(settings, x, y, &fold.train, fold)?.validation);
    folds.iter().map(score).collect()
}

/// What the weights of samples do to a score.
///
/// # Examples
///
/// See [`cross_validate_weighted`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreWeights {
    /// A sample counts in the score as often as it does in the fit.
    Counted,
    /// Every sample counts once in the score, as in scikit-learn where nothing else is asked for.
    Ignored,
}

/// The score of each fold where samples count `weights` times each.
///
/// Weights go with their samples: those of the training samples to the fit, those of the validation samples to the score, if
/// they are to count there. Are the weights there because the data were not drawn as what will come, count them in both; are they
/// there to help learning (rare classes), the score may be that of plain samples.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each score is that of the model fitted by hand | `weighted_cross_validation_is_fitting_and_scoring` |
/// | weights of 1 change nothing | `weighted_cross_validation_is_fitting_and_scoring` |
///
/// # Errors
///
/// As [`cross_validate`]; [`ModelError::NotAWeight`], and [`ModelError::NoWeight`] if all training samples of a fold have
/// none, or all validation samples whose weights count.
///
/// # Examples
///
/// ```
/// use gradus_models::{Fold, LinearRegression, MatrixRef, Order, ScoreWeights, Shape, cross_validate_weighted};
///
/// // Without features, the weighted mean: (1 + 3 · 5) / 4 = 4. Its R² on 2 and 6 is 0, on 2 once and 6 thrice 1 − 4 / 3.
/// let none = MatrixRef::new(&[], Shape::new(0, 4), Order::Columns)?;
/// let fold = Fold { train: vec![0, 1], validation: vec![2, 3] };
/// let scores = |how| {
///     let (y, weights) = ([1.0, 5.0, 2.0, 6.0], [1.0, 3.0, 1.0, 3.0]);
///     cross_validate_weighted(&LinearRegression::default(), none, &y, &weights, &[fold.clone()], how)
/// };
/// assert!(scores(ScoreWeights::Ignored)?[0].abs() < 1e-14);
/// assert!((scores(ScoreWeights::Counted)?[0] + 1.0 / 3.0).abs() < 1e-14);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub fn cross_validate_weighted<Y: Target, S: FitWeighted<Y>>(
    settings: &S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    weights: &[f64],
    folds: &[Fold],
    how: ScoreWeights,
) -> Result<Vec<f64>, ModelError> {
    check_pairs(x, y.len())?;
    check_weights(weights, y.len())?;
    let score = |Fold { train, validation }: &Fold| {
        let (seen, known) = (selected(x, train)?, chosen(y, train)?);
        let model = settings.fit_weighted(view(&seen), &known, &chosen(weights, train)?)?;
        let (unseen, truth) = (selected(x, validation)?, chosen(y, validation)?);
        match how {
            ScoreWeights::Ignored => model.score(view(&unseen), &truth),
            ScoreWeights::Counted => {
                let predicted = model.predict(view(&unseen))?;
                Y::score_weighted(&truth, &predicted, &chosen(weights, validation)?)
            }
        }
    };
    folds.iter().map(score).collect()
}

/// The prediction of each sample by a model that has not seen it.
///
/// Samples that no fold validates have none; of several, the last counts.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | targets of validation samples change nothing of their predictions | `what_is_judged_is_not_learned` |
///
/// # Errors
///
/// As [`cross_validate`].
///
/// # Examples
///
/// ```
/// use gradus_models::evaluation::leave_one_out;
/// use gradus_models::{LinearRegression, MatrixRef, Order, Shape, cross_predict};
///
/// // The mean of the other two.
/// let none = MatrixRef::new(&[], Shape::new(0, 3), Order::Columns)?;
/// let folds: Vec<_> = leave_one_out(3)?.collect();
/// let predicted = cross_predict(&LinearRegression::default(), none, &[1.0, 2.0, 6.0], &folds)?;
/// assert!(predicted.iter().flatten().zip([4.0, 3.5, 1.5]).all(|(a, b)| (a - b).abs() < 1e-14));
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub fn cross_predict<Y: Target, S: Fit<Y>>(
    settings: &S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    folds: &[Fold],
) -> Result<Vec<Option<Y>>, ModelError> {
    check_pairs(x, y.len())?;
    let mut predicted = vec![None; y.len()];
    for fold in folds {
        let model = settings.fit(view(&selected(x, &fold.train)?), &chosen(y, &fold.train)?)?;
        let of_fold = model.predict(view(&selected(x, &fold.validation)?))?;
        for (&i, y) in fold.validation.iter().zip(of_fold) {
            predicted[i as usize] = Some(y); // `selected` has found it
        }
    }
    Ok(predicted)
}

/// How good a model is on what it has learned from, and on what it has not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) train: f64,
    pub(super) validation: f64,
}

/// Learns from `train`, a part of the fold's training samples.
pub(super) fn judged<Y: Target, S: Fit<Y>>(
    settings: &S,
    x: MatrixRef<'_, f64>,
    y: &[Y],
    train: &[u32],
    fold: &Fold,
) -> Result<Judged, ModelError> {
    let (seen, known) = (selected(x, train)?, chosen(y, train)?);
    let model = settings.fit(view(&seen), &known)?;
    let (unseen, truth) = (selected(x, &fold.validation)?, chosen(y, &fold.validation)?);
    Ok(Judged {
        train: model.score(view(&seen), &known)?,
        validation: model.score(view(&unseen), &truth)?,
    })
}
