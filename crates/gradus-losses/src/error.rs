//! What can go wrong in this crate.

use gradus_numeric::Shape;
use std::fmt;
use thiserror::Error;

/// What can go wrong in this crate.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, LossError, MatrixRef, SoftmaxCrossEntropy, Target, Weights};
///
/// let logits = MatrixRef::from_column(&[0.0, 0.0, 0.0]);
/// let refused = SoftmaxCrossEntropy::default().value(logits, Target::Labels(&[7]), Weights::Equal, 1.0);
/// let message = refused.err().map(|error| error.to_string());
/// assert_eq!(message.as_deref(), Some("label 7 of sample 0 is not one of the 3 classes 0..3"));
/// ```
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
    #[error("{weights} weights for {samples} samples")]
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
    /// A target lies where the loss is not defined.
    #[error("the target in row {row} of sample {column} is {value:e}; it must be {domain}")]
    TargetOutsideDomain {
        /// Row of the first such entry.
        row: usize,
        /// Its column, which is its sample.
        column: usize,
        /// Its value.
        value: f64,
        /// What it must be.
        domain: Domain,
    },
    /// A prediction lies where the loss is not defined.
    #[error("the prediction in row {row} of sample {column} is {value:e}; it must be {domain}")]
    PredictionOutsideDomain {
        /// Row of the first such entry.
        row: usize,
        /// Its column, which is its sample.
        column: usize,
        /// Its value.
        value: f64,
        /// What it must be.
        domain: Domain,
    },
    /// A setting must be finite and greater than zero.
    #[error("{name} = {value:e} must be finite and greater than 0")]
    NotPositive {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A setting lies outside of an interval.
    #[error("{name} = {value} must lie in {interval}")]
    OutsideInterval {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The interval, as it is written.
        interval: &'static str,
    },
    /// There is not one weight per class.
    #[error("{weights} class weights for {classes} classes")]
    ClassWeightCount {
        /// How many weights.
        weights: usize,
        /// How many classes.
        classes: usize,
    },
    /// A class weight is negative, infinite or NaN.
    #[error("the weight of class {class} is {weight}; weights are finite and not negative")]
    InvalidClassWeight {
        /// The class.
        class: usize,
        /// Its weight.
        weight: f64,
    },
    /// A loss that compares columns was given no pair and no triplet of them.
    #[error("there is nothing to compare: give at least one pair or triplet of columns")]
    NoComparisons,
    /// A pair or triplet names a column that is not there.
    #[error("comparison {comparison} names column {column} of {columns} columns")]
    ColumnOutOfRange {
        /// The number of the column.
        column: usize,
        /// How many columns there are.
        columns: usize,
        /// Which comparison names it.
        comparison: usize,
    },
    /// A column stands in two pairs of views.
    #[error("comparison {comparison} names column {column} again; a column has one partner")]
    ColumnTwice {
        /// The number of the column.
        column: usize,
        /// Which comparison names it again.
        comparison: usize,
    },
    /// A score is one number a column.
    #[error("a column has {rows} rows, but a score is one number")]
    NotOneScore {
        /// How many rows the prediction has.
        rows: usize,
    },
    /// Parameters do not fill the rows of a matrix.
    #[error("{parameters} parameters do not fill rows of {columns} numbers")]
    UnevenRows {
        /// How many parameters.
        parameters: usize,
        /// How many numbers a row has.
        columns: usize,
    },
    /// A matrix of parameters holds NaN, an infinity, or numbers that are too large to work with.
    #[error(
        "the {shape} matrix of parameters holds numbers that are not finite, or too large to work with"
    )]
    UnfitMatrix {
        /// Shape of the matrix.
        shape: Shape,
    },
    /// A loss with two rows per output needs an even number of them.
    #[error(
        "the prediction is {prediction}, the target {target}: a mean and a log-variance are needed for every entry of the target"
    )]
    TwoRowsPerOutput {
        /// Shape of the prediction.
        prediction: Shape,
        /// Shape of the target.
        target: Shape,
    },
}

/// Where a loss is defined.
///
/// # Examples
///
/// ```
/// use gradus_losses::Domain;
///
/// assert!(Domain::NotNegative.contains(0.0) && !Domain::Positive.contains(0.0));
/// assert!(!Domain::NotZero.contains(f64::NAN));
/// assert_eq!(Domain::Sign.to_string(), "-1 or 1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Domain {
    /// $`[0, 1]`$.
    Probability,
    /// $`[0, \infty)`$.
    NotNegative,
    /// $`(0, \infty)`$.
    Positive,
    /// $`(-1, \infty)`$.
    AboveMinusOne,
    /// Any number but NaN and infinities.
    Finite,
    /// Finite and not 0.
    NotZero,
    /// $`-1`$ or $`1`$.
    Sign,
    /// $`[-\infty, 0]`$: the logarithm of a probability.
    LogProbability,
}

impl Domain {
    /// Whether `x` lies in the domain; NaN never does.
    #[must_use]
    pub fn contains(self, x: f64) -> bool {
        match self {
            Self::Probability => (0.0..=1.0).contains(&x),
            Self::NotNegative => (0.0..f64::INFINITY).contains(&x),
            Self::Positive => x > 0.0 && x < f64::INFINITY,
            Self::AboveMinusOne => x > -1.0 && x < f64::INFINITY,
            Self::Finite => x.is_finite(),
            Self::NotZero => x.is_finite() && x != 0.0,
            Self::Sign => x == 1.0 || x == -1.0,
            Self::LogProbability => x <= 0.0,
        }
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Probability => "in [0, 1]",
            Self::NotNegative => "finite and at least 0",
            Self::Positive => "finite and greater than 0",
            Self::AboveMinusOne => "finite and greater than -1",
            Self::Finite => "finite",
            Self::NotZero => "finite and not 0",
            Self::Sign => "-1 or 1",
            Self::LogProbability => "at most 0, the logarithm of a probability",
        })
    }
}
