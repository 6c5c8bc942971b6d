//! What can go wrong in this crate.

use gradus_data::DataError;
use gradus_evaluation::EvaluationError;
use gradus_linalg::LinalgError;
use gradus_nn::NnError;
use gradus_numeric::NumericError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum ModelError {
    /// There is nothing to learn from.
    #[error("there are no samples to learn from")]
    NoSamples,
    /// There are not as many targets, or weights, as samples.
    #[error("{samples} samples (columns) but {targets} targets or weights")]
    TargetCount {
        /// How many samples.
        samples: usize,
        /// How many targets.
        targets: usize,
    },
    /// A model is asked about samples of other features than it was fitted to.
    #[error("fitted to {expected} features (rows), asked about {found}")]
    FeatureCount {
        /// How many it was fitted to.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number of a sample is NaN or infinite.
    #[error("feature {feature} of sample {sample} is {value}, not a finite number")]
    NonFinite {
        /// The feature, from 0.
        feature: usize,
        /// The sample, from 0.
        sample: usize,
        /// What stands there.
        value: f64,
    },
    /// A target or a weight is NaN or infinite.
    #[error("the target of sample {sample} is {value}, not a finite number")]
    TargetNotFinite {
        /// The sample, from 0.
        sample: usize,
        /// Its target.
        value: f64,
    },
    /// A weight is negative, NaN or infinite.
    #[error("the weight of sample {sample} is {value}: weights are finite and not negative")]
    NotAWeight {
        /// The sample, from 0.
        sample: usize,
        /// Its weight.
        value: f64,
    },
    /// No sample counts.
    #[error("the weights of all {samples} samples are 0: there is nothing to learn from")]
    NoWeight {
        /// How many samples.
        samples: usize,
    },
    /// All samples are of one class.
    #[error("all samples are of class {class}: there is nothing to tell apart")]
    OneClass {
        /// The class.
        class: u32,
    },
    /// A class below the largest label has no sample.
    #[error(
        "no sample is of class {class}, but one is of class {largest}: split by class (`stratified_folds`) or renumber the labels"
    )]
    MissingClass {
        /// The first class without a sample.
        class: u32,
        /// The largest label.
        largest: u32,
    },
    /// A model of two classes was given more.
    #[error(
        "sample {sample} is of class {label}: this model tells 0 from 1, `SoftmaxRegression` more classes"
    )]
    NotBinary {
        /// The sample, from 0.
        sample: usize,
        /// Its label.
        label: u32,
    },
    /// A setting has no meaning.
    #[error("{name} = {value} is no setting: it must be {domain}")]
    InvalidSetting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What values have a meaning, in words.
        domain: &'static str,
    },
    /// There are fewer samples than the model needs.
    #[error("{samples} samples are too few: {needed} are needed")]
    TooFewSamples {
        /// How many there are.
        samples: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Features depend on each other: many models are equally good.
    #[error(
        "only {rank} of {columns} columns (features and intercept) are independent: leave features out, or choose among equally good models by a penalty (`Ridge`)"
    )]
    Collinear {
        /// How many columns are independent.
        rank: usize,
        /// How many there are.
        columns: usize,
    },
    /// Classes can be parted without an error, and nothing bounds the weights.
    #[error(
        "after {iterations} steps the classes are parted by a plane: the likelihood has no largest value, weights would grow forever; set a penalty"
    )]
    Separable {
        /// After how many steps this was seen.
        iterations: usize,
    },
    /// The iteration ended before its tolerance was reached.
    #[error(
        "no solution within {iterations} iterations: {residual:e} is left, {tolerance:e} was asked for"
    )]
    DidNotConverge {
        /// How many iterations were done.
        iterations: usize,
        /// What was to become small: the duality gap, or the Newton decrement.
        residual: f64,
        /// How small it should become.
        tolerance: f64,
    },
    /// The targets do not vary: there is nothing to explain.
    #[error("all targets are {value}: there is no variance to explain")]
    ConstantTarget {
        /// The target.
        value: f64,
    },
    /// A feature does not vary within a class, and no smoothing was asked for.
    #[error(
        "feature {feature} is constant within class {class}: its variance is 0, smoothing is needed"
    )]
    NoVariance {
        /// The feature, from 0.
        feature: usize,
        /// The class.
        class: usize,
    },
    /// A feature is no count, or neither 0 nor 1.
    #[error("feature {feature} of sample {sample} is {value}: it must be {domain}")]
    NotACount {
        /// The feature, from 0.
        feature: usize,
        /// The sample, from 0.
        sample: usize,
        /// Its value.
        value: f64,
        /// What is allowed, in words.
        domain: &'static str,
    },
    /// A fold names a sample that is not there.
    #[error("a fold names sample {sample}, there are {samples}")]
    NoSuchSample {
        /// The sample, from 0.
        sample: usize,
        /// How many there are.
        samples: usize,
    },
    /// A result is too large for a double.
    #[error("{what} is too large for a double")]
    Overflow {
        /// What would be infinite.
        what: &'static str,
    },
    /// A factorization failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A score could not be computed.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// A preparation failed.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A network could not be made or trained.
    #[error(transparent)]
    Network(#[from] NnError),
    /// A matrix does not fit its memory.
    #[error(transparent)]
    Numeric(#[from] NumericError),
}
