//! What can go wrong in this crate.

use gradus_numeric::Shape;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum LossError {
    /// There is no sample to average over.
    #[error("the batch is empty: a loss needs at least one sample (column)")]
    EmptyBatch,
    /// A distribution over classes needs at least one class.
    #[error("the prediction has no rows: a distribution needs at least one class")]
    NoClasses,
    /// Prediction and target differ in shape.
    #[error("the prediction is {prediction} but the target is {target}")]
    TargetShape {
        /// Shape of the prediction.
        prediction: Shape,
        /// Shape of the target.
        target: Shape,
    },
    /// Prediction and the memory for its gradient differ in shape.
    #[error("the prediction is {prediction} but the memory for its gradient is {gradient}")]
    GradientShape {
        /// Shape of the prediction.
        prediction: Shape,
        /// Shape of the memory for the gradient.
        gradient: Shape,
    },
    /// There is not one label per sample.
    #[error("{labels} labels for {samples} samples (columns)")]
    LabelCount {
        /// How many labels.
        labels: usize,
        /// How many samples.
        samples: usize,
    },
    /// There is not one weight per sample.
    #[error("{weights} weights for {samples} samples (columns)")]
    WeightCount {
        /// How many weights.
        weights: usize,
        /// How many samples.
        samples: usize,
    },
    /// There is not one place per sample for its loss.
    #[error("memory for {losses} losses but {samples} samples (columns)")]
    LossCount {
        /// Length of the memory.
        losses: usize,
        /// How many samples.
        samples: usize,
    },
    /// Labels were given to a loss of numbers; give `Target::Values`.
    #[error("labels cannot be compared with {outputs} numbers a sample: give the target as values")]
    LabelsForValues {
        /// How many numbers a sample has.
        outputs: usize,
    },
    /// A label names no class.
    #[error("label {label} of sample {sample} is not one of the {classes} classes 0..{classes}")]
    LabelOutOfRange {
        /// The label.
        label: u32,
        /// How many classes there are.
        classes: usize,
        /// Whose label.
        sample: usize,
    },
    /// A target that must be a probability is not in [0, 1].
    #[error("the target in row {row} of sample {column} is {value}, not a probability")]
    TargetOutOfRange {
        /// Row of the first such entry.
        row: usize,
        /// Its column, which is its sample.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// The target probabilities of a sample do not sum to one.
    #[error("the target probabilities of sample {sample} sum to {sum}, not to 1")]
    TargetNotNormalized {
        /// The sample.
        sample: usize,
        /// The sum.
        sum: f64,
    },
    /// A prediction that must be a probability is not in [0, 1]; a logit needs the loss from logits.
    #[error(
        "the prediction in row {row} of sample {column} is {value}, not a probability; \
         for logits take the loss that is made for them"
    )]
    PredictionOutOfRange {
        /// Row of the first such entry.
        row: usize,
        /// Its column, which is its sample.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// A weight is negative, infinite or NaN.
    #[error("the weight of sample {sample} is {weight}; weights are finite and not negative")]
    InvalidWeight {
        /// The sample.
        sample: usize,
        /// Its weight.
        weight: f64,
    },
    /// All weights are zero: there is nothing to average over.
    #[error("all weights are zero: there is nothing to average over")]
    ZeroWeights,
    /// The denominator of a mean is not a positive finite number.
    #[error("the denominator is {denominator}; it must be positive and finite")]
    InvalidDenominator {
        /// The denominator.
        denominator: f64,
    },
    /// Label smoothing lies outside of [0, 1).
    #[error("label smoothing is {label_smoothing}; it must lie in [0, 1)")]
    InvalidSmoothing {
        /// The setting.
        label_smoothing: f64,
    },
    /// The strength of a regularizer is negative, infinite or NaN.
    #[error("the strength of the regularizer is {lambda}; it must be finite and not negative")]
    InvalidStrength {
        /// The setting.
        lambda: f64,
    },
    /// Parameters and the memory for their gradient differ in length.
    #[error("{parameters} parameters but memory for a gradient of {gradient}")]
    GradientLength {
        /// How many parameters.
        parameters: usize,
        /// Length of the memory.
        gradient: usize,
    },
}
