//! Each sample judged once, by a model that has not seen it.

use crate::error::EvaluationError;
use crate::splits::Fold;
use crate::validation::scores::Scores;

/// The score of every fold: `score` learns from its training part and judges its validation part.
///
/// ```math
/// \mathrm{CV} = \frac{1}{k} \sum_{f=1}^{k} s\bigl(\text{fit to train}_f,\ \text{validation}_f\bigr)
/// ```
///
/// The closure does all that depends on data, from scaling to the metric, so that nothing of what is judged leaks into
/// what is learned. Its error type is the caller's.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | leaving one out of least squares errs by $`e_i / (1 - h_{ii})`$ | `leave_one_out_of_least_squares_has_a_closed_form` |
///
/// # Errors
///
/// The first error of `score`; [`EvaluationError::Empty`] without folds, [`EvaluationError::ScoreNotFinite`] if a score is NaN
/// or infinite.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, Key, cross_validate, folds};
///
/// // Predict every number by the mean of the training part: how large is the squared error?
/// let y = [1.0, 2.0, 3.0, 4.0];
/// let mean = |part: &[u32]| part.iter().map(|&i| y[i as usize]).sum::<f64>() / part.len() as f64;
/// let folds = folds(4, 4, &mut Key::new(1).rng())?;
/// let scores = cross_validate(&folds, |fold| -> Result<f64, EvaluationError> {
///     Ok((mean(&fold.validation) - mean(&fold.train)).powi(2))
/// })?;
/// // (4/3)² times the variance of the numbers, 5/4
/// assert!((scores.mean() - 20.0 / 9.0).abs() < 1e-15);
/// # Ok::<(), EvaluationError>(())
/// ```
///
/// # References
///
/// M. Stone, *Cross-validatory choice and assessment of statistical predictions*, J. R. Statist. Soc. B 36 (1974),
/// 111–147. Y. Bengio and Y. Grandvalet, *No unbiased estimator of the variance of k-fold cross-validation*, JMLR 5
/// (2004), 1089–1105.
pub fn cross_validate<E: From<EvaluationError>>(
    folds: &[Fold],
    score: impl FnMut(&Fold) -> Result<f64, E>,
) -> Result<Scores, E> {
    let scores: Vec<f64> = folds.iter().map(score).collect::<Result<_, _>>()?;
    Ok(Scores::new(scores)?)
}

/// What each of `n` samples is predicted to be by the model of the fold that judges it.
///
/// For metrics that are no mean over folds: a confusion matrix, an area below a curve, a calibration.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the prediction of a sample is that of its fold | `predictions_come_from_the_fold_that_judges` |
///
/// # Errors
///
/// The first error of `predict`; [`EvaluationError::PredictionsDiffer`] if a fold does not give one prediction for each
/// of its validation samples, [`EvaluationError::NoSuchSample`] for an index from `n` on,
/// [`EvaluationError::NotJudgedOnce`] unless the folds judge every sample once.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{EvaluationError, cross_predict, leave_one_out};
///
/// let folds: Vec<_> = leave_one_out(3)?.collect();
/// let last = |fold: &gradus_evaluation::Fold| Ok::<_, EvaluationError>(vec![fold.train[1]]);
/// assert_eq!(cross_predict(3, &folds, last)?, [2, 2, 1]);
/// # Ok::<(), EvaluationError>(())
/// ```
pub fn cross_predict<P: Clone, E: From<EvaluationError>>(
    n: u32,
    folds: &[Fold],
    mut predict: impl FnMut(&Fold) -> Result<Vec<P>, E>,
) -> Result<Vec<P>, E> {
    let times = times_judged(n as usize, folds)?;
    if let Some(sample) = times.iter().position(|&times| times != 1) {
        let times = times[sample]; // a position in it
        return Err(EvaluationError::NotJudgedOnce { sample, times }.into());
    }
    let mut places: Vec<(u32, P)> = Vec::with_capacity(n as usize);
    for (fold, part) in folds.iter().enumerate() {
        let (predictions, samples) = (predict(part)?, part.validation.len());
        let predicted = predictions.len();
        if predicted != samples {
            return Err(EvaluationError::PredictionsDiffer {
                fold,
                samples,
                predicted,
            }
            .into());
        }
        places.extend(part.validation.iter().copied().zip(predictions));
    }
    places.sort_by_key(|(sample, _)| *sample);
    Ok(places.into_iter().map(|(_, p)| p).collect())
}

/// How often each sample is judged.
fn times_judged(samples: usize, folds: &[Fold]) -> Result<Vec<usize>, EvaluationError> {
    let mut times = vec![0; samples];
    for &index in folds.iter().flat_map(|fold| &fold.validation) {
        let time = times.get_mut(index as usize);
        *time.ok_or(EvaluationError::NoSuchSample { index, samples })? += 1;
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leave_one_out;

    #[test]
    fn folds_must_judge_every_sample_once() {
        let folds: Vec<Fold> = leave_one_out(3).unwrap().collect();
        let one = |_: &Fold| Ok::<_, EvaluationError>(vec![0.5]);
        assert_eq!(cross_predict(3, &folds, one).unwrap(), [0.5; 3]);
        let (sample, times) = (2, 0);
        assert_eq!(
            cross_predict(3, &folds[..2], one),
            Err(EvaluationError::NotJudgedOnce { sample, times })
        );
        let (index, samples) = (2, 2);
        assert_eq!(
            cross_predict(2, &folds, one),
            Err(EvaluationError::NoSuchSample { index, samples })
        );
        let (fold, samples, predicted) = (0, 1, 0);
        assert_eq!(
            cross_predict(3, &folds, |_| Ok::<Vec<f64>, EvaluationError>(vec![])),
            Err(EvaluationError::PredictionsDiffer {
                fold,
                samples,
                predicted
            })
        );
    }
}
