//! What a target has to be before a loop runs over it.

use crate::columnwise::Batch;
use crate::error::LossError;
use crate::target::{Target, Weights};
use gradus_numeric::{Float, MatrixRef, Real, Shape};

/// The target is a matrix of the prediction's shape.
pub(crate) fn values<T: Float>(batch: Batch<'_, T>) -> Result<MatrixRef<'_, T>, LossError> {
    let prediction = batch.prediction.shape();
    match batch.target {
        Target::Values(values) if values.shape() == prediction => Ok(values),
        Target::Values(values) => Err(LossError::TargetShape {
            prediction,
            target: values.shape(),
        }),
        Target::Labels(_) => Err(LossError::LabelsForValues {
            outputs: prediction.rows,
        }),
    }
}

/// One label in `0..classes` for each of the samples that are not ignored.
#[inline]
pub(crate) fn labels<T: Float>(
    labels: &[u32],
    Shape {
        rows: classes,
        columns: samples,
    }: Shape,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    if labels.len() != samples {
        let labels = labels.len();
        return Err(LossError::LabelCount { labels, samples });
    }
    let wrong = |(j, &label): (usize, &u32)| label as usize >= classes && weights.of(j) != 0.0;
    match labels.iter().enumerate().position(wrong) {
        None => Ok(()),
        Some(sample) => Err(LossError::LabelOutOfRange {
            label: labels[sample],
            classes,
            sample,
        }),
    }
}

/// Every target of the samples that are not ignored is a probability.
pub(crate) fn target_probabilities<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match first_improbable(values(batch)?, weights) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::TargetOutOfRange { row, column, value }),
    }
}

/// Every prediction of the samples that are not ignored is a probability.
pub(crate) fn predicted_probabilities<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match first_improbable(batch.prediction, weights) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::PredictionOutOfRange { row, column, value }),
    }
}

/// The target is one class or one distribution over the classes per sample.
pub(crate) fn classes<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    if batch.prediction.rows() == 0 {
        return Err(LossError::NoClasses);
    }
    if let Target::Labels(given) = batch.target {
        return labels(given, batch.prediction.shape(), weights);
    }
    target_probabilities(batch, weights)?;
    let target = values(batch)?;
    let tolerance = 4.0 * target.rows() as f64 * epsilon_of_origin(target);
    for sample in (0..target.columns()).filter(|&j| weights.of(j) != 0.0) {
        let sum: f64 = target.column(sample).map(T::to_f64).sum();
        if (sum - 1.0).abs() > tolerance {
            return Err(LossError::TargetNotNormalized { sample, sum });
        }
    }
    Ok(())
}

/// The rounding of the type that probabilities come from: a softmax in single precision stays one when widened.
fn epsilon_of_origin<T: Float>(target: MatrixRef<'_, T>) -> f64 {
    let fits = |p: &T| f64::from(f32::from_f64(p.to_f64())) == p.to_f64();
    if target.as_slice().iter().all(fits) {
        f32::EPSILON.into()
    } else {
        T::EPSILON.to_f64()
    }
}

/// The first entry outside of [0, 1], sample by sample.
fn first_improbable<T: Float>(
    matrix: MatrixRef<'_, T>,
    weights: Weights<'_, T>,
) -> Option<(usize, usize, f64)> {
    let counted = (0..matrix.columns()).filter(|&j| weights.of(j) != 0.0);
    let entries = counted.flat_map(|j| matrix.column(j).enumerate().map(move |(i, p)| (i, j, p)));
    entries
        .map(|(i, j, p)| (i, j, p.to_f64()))
        .find(|(_, _, p)| !(0.0..=1.0).contains(p))
}
