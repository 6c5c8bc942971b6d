//! What can go wrong in this crate.

use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum EvaluationError {
    /// There is nothing to evaluate.
    #[error("there are no samples to evaluate")]
    Empty,
    /// Truth and prediction differ in length.
    #[error("{truth} true values but {predicted} predicted ones")]
    LengthMismatch {
        /// How many true values.
        truth: usize,
        /// How many predicted ones.
        predicted: usize,
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
    /// There is no such class.
    #[error("there is no class {class}: the matrix has {classes} classes")]
    NoSuchClass {
        /// The class asked for.
        class: usize,
        /// How many classes there are.
        classes: usize,
    },
    /// The square of this many classes is more than can be counted.
    #[error("{classes} classes are too many for a confusion matrix")]
    TooManyClasses {
        /// How many classes.
        classes: usize,
    },
    /// Precision is 0 / 0: nothing was predicted to be of this class.
    #[error("precision of class {class} is 0 / 0: it was never predicted")]
    NeverPredicted {
        /// The class.
        class: usize,
    },
    /// Recall is 0 / 0: no sample is of this class.
    #[error("recall of class {class} is 0 / 0: no sample is of this class")]
    NeverTrue {
        /// The class.
        class: usize,
    },
    /// All labels are the same: a measure of agreement is 0 / 0.
    #[error("all labels are of one class: the measure is 0 / 0")]
    NeverVaries,
    /// Matrices of different sizes cannot be added.
    #[error("a matrix of {left} classes and one of {right} cannot be merged")]
    ClassesDiffer {
        /// How many classes the one has.
        left: usize,
        /// How many the other.
        right: usize,
    },
    /// Calibrations of different bins cannot be added.
    #[error("a calibration of {left} bins and one of {right} cannot be merged")]
    BinsDiffer {
        /// How many bins the one has.
        left: usize,
        /// How many the other.
        right: usize,
    },
    /// A calibration has at least one bin.
    #[error("{bins} bins are not possible: 1 to 1000000 are")]
    InvalidBins {
        /// How many were asked for.
        bins: usize,
    },
    /// The weight of recall against precision is not a finite number from 0 on.
    #[error("beta = {} is no weight: it is finite and not negative", short(*.beta))]
    NotABeta {
        /// The weight.
        beta: f64,
    },
    /// A number that should be a probability is not in [0, 1].
    #[error("the number {} in row {row} of sample {column} is no probability", short(*.value))]
    NotAProbability {
        /// Its row.
        row: usize,
        /// Its column, which is the sample.
        column: usize,
        /// The number.
        value: f64,
    },
    /// The probabilities of a sample do not sum to 1.
    #[error("the probabilities of sample {column} sum to {}, not to 1", short(*.sum))]
    NotNormalized {
        /// The sample.
        column: usize,
        /// The sum.
        sum: f64,
    },
    /// A score is NaN: there is no largest one.
    #[error("the score in row {row} of sample {column} is NaN: there is no largest one")]
    NotANumber {
        /// Row of the first NaN of the sample.
        row: usize,
        /// Column, which is the sample.
        column: usize,
    },
    /// A sample has no scores to choose from.
    #[error("there are no scores to choose from: the matrix has no rows")]
    NoClasses,
    /// Fractions of a split are not in [0, 1] or sum to more than 1.
    #[error(
        "validation {} and test {} do not leave a training set: each fraction lies in [0, 1), their sum below 1", short(*.validation), short(*.test)
    )]
    InvalidFractions {
        /// Fraction of the validation set.
        validation: f64,
        /// Fraction of the test set.
        test: f64,
    },
    /// Folds need at least two parts and a sample in each.
    #[error("{samples} samples cannot be cut into {folds} folds: 2 to {samples} are possible")]
    InvalidFolds {
        /// How many folds were asked for.
        folds: usize,
        /// How many samples there are.
        samples: usize,
    },
    /// Indices of 32 bits cannot count the samples.
    #[error("{samples} samples cannot be numbered by 32-bit indices")]
    TooManySamples {
        /// How many samples there are.
        samples: usize,
    },
    /// A split asks for more parts than there are samples.
    #[error("{samples} samples cannot fill the {parts} parts that are asked for")]
    TooFewSamples {
        /// How many samples there are.
        samples: usize,
        /// How many parts are asked for, training included.
        parts: usize,
    },
    /// Groups are not cut: each fold needs one at least.
    #[error("{groups} groups cannot be cut into {folds} folds: at most {groups} are possible")]
    TooFewGroups {
        /// How many folds were asked for.
        folds: usize,
        /// How many different groups there are.
        groups: usize,
    },
    /// A sample is numbered beyond the samples there are.
    #[error("there is no sample {index}: there are {samples}")]
    NoSuchSample {
        /// The number of the sample.
        index: u32,
        /// How many samples there are.
        samples: usize,
    },
    /// A fold gives as many predictions as it judges samples.
    #[error("fold {fold} judges {samples} samples, but {predicted} predictions came back")]
    PredictionsDiffer {
        /// Which fold, counted from 0.
        fold: usize,
        /// How many samples it judges.
        samples: usize,
        /// How many predictions there are.
        predicted: usize,
    },
    /// No fold, or more than one, judges a sample: it has no prediction of its own.
    #[error("sample {sample} is judged {times} times, not once")]
    NotJudgedOnce {
        /// The sample.
        sample: usize,
        /// How often it is judged.
        times: usize,
    },
    /// A score is NaN or infinite.
    #[error("score {index} is {value}, not a finite number")]
    ScoreNotFinite {
        /// Which score, in the order of evaluation, counted from 0.
        index: usize,
        /// The score.
        value: f64,
    },
    /// A learning curve asks for a training set that no fold can give.
    #[error("a training set of {size} samples is not possible: 1 to {largest} are")]
    InvalidSize {
        /// How many samples were asked for.
        size: usize,
        /// How many the smallest training set of the folds has.
        largest: usize,
    },
    /// A spread or an interval needs more numbers than there are.
    #[error("{count} numbers are too few: at least {needed} are needed")]
    TooFewNumbers {
        /// How many there are.
        count: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The level of an interval is not strictly between 0 and 1.
    #[error("an interval of level {} does not exist: the level lies between 0 and 1", short(*.level))]
    NotALevel {
        /// The level.
        level: f64,
    },
    /// All resamples lie on one side of the estimate: the bias correction is infinite.
    #[error(
        "{below} of {resamples} resamples lie below the estimate: the bias cannot be corrected"
    )]
    OneSided {
        /// How many lie below it, those that tie counted as halves and rounded down.
        below: usize,
        /// How many resamples there are.
        resamples: usize,
    },
    /// The tolerance of a tie is negative, NaN or infinite.
    #[error("a tie within {} is not possible: the tolerance is finite and not negative", short(*.tolerance))]
    NotATolerance {
        /// The tolerance.
        tolerance: f64,
    },
    /// A true value is NaN or infinite.
    #[error("the true value of sample {sample} is {value}, not a finite number")]
    TruthNotFinite {
        /// Whose value.
        sample: usize,
        /// The value.
        value: f64,
    },
    /// A predicted value is NaN or infinite.
    #[error("the predicted value of sample {sample} is {value}, not a finite number")]
    PredictionNotFinite {
        /// Whose value.
        sample: usize,
        /// The value.
        value: f64,
    },
    /// A number is so large that squares of errors may overflow.
    #[error("sample {sample} has {value:e}, whose square is too large to be summed")]
    TooLargeToSquare {
        /// The sample.
        sample: usize,
        /// The truth or prediction.
        value: f64,
    },
    /// An error cannot be a share of a true value of 0.
    #[error("the true value of sample {sample} is 0: its error is no share of it")]
    ZeroTruth {
        /// Whose value.
        sample: usize,
    },
    /// The order of a quantile is not in [0, 1].
    #[error("a quantile of order {} does not exist: the order lies in [0, 1]", short(*.order))]
    NotAnOrder {
        /// The order.
        order: f64,
    },
    /// No Tweedie family has this power.
    #[error("no family has the power {}: it is 0 or at least 1", short(*.power))]
    NotAPower {
        /// The power.
        power: f64,
    },
    /// A true value is one that the family of the deviance does not have.
    #[error(
        "the true value of sample {sample} is {}: with power {power} it is {}",
        short(*.value), if *.power < 2.0 { "not negative" } else { "positive" }
    )]
    TruthOutOfDomain {
        /// Whose value.
        sample: usize,
        /// The value.
        value: f64,
        /// The power of the family.
        power: f64,
    },
    /// A predicted mean is not positive.
    #[error("the predicted value of sample {sample} is {}, not positive", short(*.value))]
    PredictionNotPositive {
        /// Whose value.
        sample: usize,
        /// The value.
        value: f64,
    },
    /// Each sample has one weight.
    #[error("{samples} samples but {weights} weights")]
    WeightsDiffer {
        /// How many samples there are.
        samples: usize,
        /// How many weights.
        weights: usize,
    },
    /// The weight of a sample is negative, NaN or infinite.
    #[error("the weight of sample {sample} is {}: weights are finite and not negative", short(*.value))]
    NotAWeight {
        /// Whose weight.
        sample: usize,
        /// The weight.
        value: f64,
    },
    /// No sample counts.
    #[error("the weights of all {samples} samples are 0: there is nothing to evaluate")]
    NoWeight {
        /// How many samples there are.
        samples: usize,
    },
    /// The share of a sample would be no number that squares can be multiplied by.
    #[error(
        "weights from {smallest:e} to {largest:e} are too far apart: a factor of 1e300 is possible"
    )]
    WeightsFarApart {
        /// The smallest positive weight.
        smallest: f64,
        /// The largest weight.
        largest: f64,
    },
    /// Sums of weights of batches are too far apart to be added.
    #[error("the weights of a batch sum to {}: sums from 2⁻⁶⁴ to 2⁶⁴ can be merged", short(*.total))]
    WeightOutOfRange {
        /// The sum.
        total: f64,
    },
    /// Two losses have no quotient: the smaller is 0 or the larger infinite in floating point.
    #[error("a loss of {} is no share of the loss {} of the best constant", short(*.loss), short(*.constant))]
    NotAShare {
        /// The loss of the prediction.
        loss: f64,
        /// The loss of the best constant prediction.
        constant: f64,
    },
    /// The coefficient of determination of constant truth is 0 / 0.
    #[error("the true values are all {}: there is no variance to explain", short(*.value))]
    ConstantTruth {
        /// The value.
        value: f64,
    },
}

/// A number in few characters: by powers of ten where it is huge or tiny.
fn short(x: f64) -> String {
    if x == 0.0 || !x.is_finite() || (1e-5..1e16).contains(&x.abs()) {
        x.to_string()
    } else {
        format!("{x:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_short() {
        let huge = EvaluationError::NotAnOrder { order: 1e300 };
        let message = "a quantile of order 1e300 does not exist: the order lies in [0, 1]";
        assert_eq!(huge.to_string(), message);
        assert_eq!(short(0.25), "0.25");
    }
}
