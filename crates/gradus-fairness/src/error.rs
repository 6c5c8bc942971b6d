//! What can go wrong in this crate.

use crate::rate::Rate;
use gradus_evaluation::EvaluationError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum FairnessError {
    /// Truth and prediction do not fit together.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// Samples and their groups differ in number.
    #[error("{samples} samples but the groups of {groups}")]
    LengthMismatch {
        /// How many samples there are.
        samples: usize,
        /// How many of them have a group.
        groups: usize,
    },
    /// There are no samples, or no groups.
    #[error("there is nothing to compare: no samples or no groups")]
    Empty,
    /// A sample belongs to no group.
    #[error(
        "sample {sample} is of group {group}, which is not one of the {groups} groups 0..{groups}"
    )]
    GroupOutOfRange {
        /// The group.
        group: u32,
        /// How many groups there are.
        groups: usize,
        /// Whose group.
        sample: usize,
    },
    /// A group has no samples: it has no rates.
    #[error("group {group} of {groups} has no samples: none of its rates exists")]
    EmptyGroup {
        /// The group.
        group: usize,
        /// How many groups there are.
        groups: usize,
    },
    /// There is no such group.
    #[error("there is no group {group}: there are {groups}, from 0 on")]
    NoSuchGroup {
        /// The group asked for.
        group: usize,
        /// How many groups there are.
        groups: usize,
    },
    /// A rate is 0 / 0 in a group.
    #[error("the {rate} of group {group} is 0 / 0: {}", rate.lack())]
    NoRate {
        /// The rate.
        rate: Rate,
        /// The group.
        group: usize,
    },
    /// A rate is 0 in every group: the ratio is 0 / 0.
    #[error("the ratio of the {rate}s is 0 / 0: they are 0 in every group")]
    NoRatio {
        /// The rate.
        rate: Rate,
    },
    /// A measure is 0 in every group: the ratio is 0 / 0.
    #[error("the ratio is 0 / 0: the measure is 0 in every group")]
    AllZero,
    /// A measure is negative in a group: ratios mean nothing.
    #[error(
        "the measure of group {group} is {value:e}: ratios are for measures that are not negative"
    )]
    NegativeMeasure {
        /// The group.
        group: usize,
        /// Its measure.
        value: f64,
    },
    /// A measure is NaN or infinite in a group.
    #[error("the measure of group {group} is {value}, not a finite number")]
    MeasureNotFinite {
        /// The group.
        group: usize,
        /// Its measure.
        value: f64,
    },
    /// A group has no sample of a class, so there is no mean over it.
    #[error("group {group} has no sample of class {class}: there is no mean score")]
    NoClass {
        /// The group.
        group: usize,
        /// The class.
        class: u32,
    },
    /// A score is NaN or infinite.
    #[error("the score of sample {sample} is {value}, not a finite number")]
    ScoreNotFinite {
        /// Whose score.
        sample: usize,
        /// The score.
        value: f64,
    },
    /// A number that should be a rate is out of its interval.
    #[error("{name} = {value:e} is out of {domain}")]
    NotARate {
        /// What it should be the rate of.
        name: &'static str,
        /// The number.
        value: f64,
        /// Where it may lie.
        domain: &'static str,
    },
    /// A pair needs two individuals.
    #[error("{samples} individuals do not make a pair")]
    NoPairs {
        /// How many there are.
        samples: usize,
    },
    /// A distance is NaN or negative.
    #[error(
        "the distance between individuals {first} and {second} is {distance:e}: it must be 0 or more"
    )]
    InvalidDistance {
        /// The one.
        first: usize,
        /// The other.
        second: usize,
        /// What is said to be their distance.
        distance: f64,
    },
}
