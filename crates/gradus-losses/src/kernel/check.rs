//! What predictions, targets and settings have to be before a loop runs over them.
//!
//! A loss of one's own calls these from its own `check`. Samples of weight zero are ignored and never looked at.

use crate::error::{Domain, LossError};
use crate::kernel::columnwise::Batch;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, MatrixRef, Real, Shape, vectorized};

/// The target is a matrix of the prediction's shape.
///
/// # Errors
///
/// [`LossError::TargetShape`] or [`LossError::LabelsForValues`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, MatrixRef, Target, check};
///
/// let batch = Batch { prediction: MatrixRef::from_column(&[0.5, 0.5]), target: Target::Labels(&[1]) };
/// assert!(check::values(batch).is_err());
/// ```
pub fn values<T: Float>(batch: Batch<'_, T>) -> Result<MatrixRef<'_, T>, LossError> {
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
///
/// # Errors
///
/// [`LossError::LabelCount`] or [`LossError::LabelOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Shape, Weights, check};
///
/// let shape = Shape::new(2, 2); // two classes, two samples
/// assert!(check::labels(&[0, 2], shape, Weights::<f64>::Equal).is_err());
/// assert!(check::labels(&[0, 2], shape, Weights::PerSample(&[1.0, 0.0])).is_ok());
/// ```
#[inline]
pub fn labels<T: Float>(
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
    // most batches have none that is too large, which is quickly seen
    let largest = vectorized(
        #[inline(always)]
        || labels.iter().fold(0, |largest, &label| label.max(largest)),
    );
    if (largest as usize) < classes {
        return Ok(());
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
///
/// # Errors
///
/// [`LossError::TargetOutOfRange`], and those of [`values`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, MatrixRef, Target, Weights, check};
///
/// let target = Target::Values(MatrixRef::from_column(&[1.5]));
/// let batch = Batch { prediction: MatrixRef::from_column(&[0.5]), target };
/// assert!(check::target_probabilities(batch, Weights::Equal).is_err());
/// ```
pub fn target_probabilities<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match first_improbable(values(batch)?, weights) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::TargetOutOfRange { row, column, value }),
    }
}

/// Every prediction of the samples that are not ignored is a probability.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, MatrixRef, Target, Weights, check};
///
/// let batch = Batch { prediction: MatrixRef::from_column(&[-2.0, 2.0]), target: Target::Labels(&[0]) };
/// assert!(check::predicted_probabilities(batch, Weights::Equal).is_err()); // logits
/// ```
pub fn predicted_probabilities<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match first_improbable(batch.prediction, weights) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::PredictionOutOfRange { row, column, value }),
    }
}

/// The target is one class or one distribution over the classes per sample.
///
/// # Numerics
///
/// The probabilities of a sample sum to 1 within $`4 K \varepsilon`$ with the $`\varepsilon`$ of *single* precision, also
/// in double: softmax outputs of a network in single precision stay valid targets when they are widened.
///
/// # Errors
///
/// [`LossError::NoClasses`], [`LossError::TargetNotNormalized`], and those of [`labels`] and [`target_probabilities`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, MatrixRef, Target, Weights, check};
///
/// let target = Target::Values(MatrixRef::from_column(&[0.5, 0.25]));
/// let batch = Batch { prediction: MatrixRef::from_column(&[0.0, 0.0]), target };
/// assert!(check::classes(batch, Weights::Equal).is_err()); // ¾
/// ```
pub fn classes<T: Float>(batch: Batch<'_, T>, weights: Weights<'_, T>) -> Result<(), LossError> {
    if batch.prediction.rows() == 0 {
        return Err(LossError::NoClasses);
    }
    if let Target::Labels(given) = batch.target {
        return labels(given, batch.prediction.shape(), weights);
    }
    target_probabilities(batch, weights)?;
    normalized(values(batch)?, weights, T::to_f64)
}

/// The probabilities of each sample that is not ignored sum to 1, within the rounding of the type that they come from.
pub(crate) fn normalized<T: Float>(
    target: MatrixRef<'_, T>,
    weights: Weights<'_, T>,
    probability: impl Fn(T) -> f64,
) -> Result<(), LossError> {
    let tolerance = 4.0 * target.rows() as f64 * epsilon_of_origin(target);
    for sample in (0..target.columns()).filter(|&j| weights.of(j) != 0.0) {
        let sum: f64 = target.column(sample).map(&probability).sum();
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

/// Every target of the samples that are not ignored lies in a domain.
///
/// # Errors
///
/// [`LossError::TargetOutsideDomain`], and those of [`values`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, Domain, MatrixRef, Target, Weights, check};
///
/// let target = Target::Values(MatrixRef::from_column(&[0.0]));
/// let batch = Batch { prediction: MatrixRef::from_column(&[1.0]), target };
/// assert!(check::targets(batch, Weights::Equal, Domain::NotNegative).is_ok());
/// assert!(check::targets(batch, Weights::Equal, Domain::Positive).is_err());
/// ```
pub fn targets<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
    domain: Domain,
) -> Result<(), LossError> {
    match first_outside(values(batch)?, weights, domain) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::TargetOutsideDomain {
            row,
            column,
            value,
            domain,
        }),
    }
}

/// Every prediction of the samples that are not ignored lies in a domain.
///
/// # Errors
///
/// [`LossError::PredictionOutsideDomain`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, Domain, MatrixRef, Target, Weights, check};
///
/// let values = MatrixRef::from_column(&[-0.5]);
/// let batch = Batch { prediction: values, target: Target::Values(values) };
/// assert!(check::predictions(batch, Weights::Equal, Domain::AboveMinusOne).is_ok());
/// assert!(check::predictions(batch, Weights::Equal, Domain::Positive).is_err());
/// ```
pub fn predictions<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
    domain: Domain,
) -> Result<(), LossError> {
    match first_outside(batch.prediction, weights, domain) {
        None => Ok(()),
        Some((row, column, value)) => Err(LossError::PredictionOutsideDomain {
            row,
            column,
            value,
            domain,
        }),
    }
}

/// A setting is finite and greater than zero.
///
/// # Errors
///
/// [`LossError::NotPositive`].
///
/// # Examples
///
/// ```
/// use gradus_losses::check;
///
/// assert!(check::positive("delta", 1.0).is_ok());
/// assert!(check::positive("delta", 0.0).is_err() && check::positive("delta", f64::NAN).is_err());
/// ```
pub fn positive(name: &'static str, value: f64) -> Result<(), LossError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(LossError::NotPositive { name, value })
    }
}

/// A setting is finite and not negative.
///
/// # Errors
///
/// [`LossError::OutsideInterval`].
///
/// # Examples
///
/// ```
/// use gradus_losses::check;
///
/// assert!(check::not_negative("margin", 0.0).is_ok());
/// assert!(check::not_negative("margin", -1.0).is_err() && check::not_negative("margin", f64::NAN).is_err());
/// ```
pub fn not_negative(name: &'static str, value: f64) -> Result<(), LossError> {
    inside(name, value, value >= 0.0 && value.is_finite(), "[0, ∞)")
}

/// A setting lies in an interval, which is written as the message shows it.
///
/// # Errors
///
/// [`LossError::OutsideInterval`].
///
/// # Examples
///
/// ```
/// use gradus_losses::check;
///
/// let check = |tau: f64| check::inside("tau", tau, tau > 0.0 && tau < 1.0, "(0, 1)");
/// assert!(check(0.5).is_ok() && check(f64::NAN).is_err());
/// assert_eq!(check(1.0).unwrap_err().to_string(), "tau = 1 must lie in (0, 1)");
/// ```
pub fn inside(
    name: &'static str,
    value: f64,
    inside: bool,
    interval: &'static str,
) -> Result<(), LossError> {
    if inside {
        return Ok(());
    }
    Err(LossError::OutsideInterval {
        name,
        value,
        interval,
    })
}

/// The strength of a regularizer is finite and not negative.
///
/// # Errors
///
/// [`LossError::InvalidStrength`].
///
/// # Examples
///
/// ```
/// assert!(gradus_losses::check::strength(0.5).is_ok());
/// assert!(gradus_losses::check::strength(f64::INFINITY).is_err());
/// ```
pub fn strength(lambda: f64) -> Result<(), LossError> {
    if lambda >= 0.0 && lambda.is_finite() {
        Ok(())
    } else {
        Err(LossError::InvalidStrength { lambda })
    }
}

/// A gradient has a place for every parameter.
///
/// # Errors
///
/// [`LossError::GradientLength`].
///
/// # Examples
///
/// ```
/// assert!(gradus_losses::check::gradient_length(3, 3).is_ok());
/// assert!(gradus_losses::check::gradient_length(3, 2).is_err());
/// ```
pub fn gradient_length(parameters: usize, gradient: usize) -> Result<(), LossError> {
    if parameters == gradient {
        return Ok(());
    }
    Err(LossError::GradientLength {
        parameters,
        gradient,
    })
}

/// The first entry outside of [0, 1], sample by sample.
fn first_improbable<T: Float>(
    matrix: MatrixRef<'_, T>,
    weights: Weights<'_, T>,
) -> Option<(usize, usize, f64)> {
    first_outside(matrix, weights, Domain::Probability)
}

/// The first entry outside of a domain, sample by sample.
fn first_outside<T: Float>(
    matrix: MatrixRef<'_, T>,
    weights: Weights<'_, T>,
    domain: Domain,
) -> Option<(usize, usize, f64)> {
    let counted = (0..matrix.columns()).filter(|&j| weights.of(j) != 0.0);
    let entries = counted.flat_map(|j| matrix.column(j).enumerate().map(move |(i, p)| (i, j, p)));
    entries
        .map(|(i, j, p)| (i, j, p.to_f64()))
        .find(|(_, _, p)| !domain.contains(*p))
}
