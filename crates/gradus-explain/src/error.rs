//! What can go wrong in this crate.

use gradus_calculus::CalculusError;
use gradus_linalg::LinalgError;
use gradus_random::RandomError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum ExplainError {
    /// There is nothing to explain, or nothing to compare with.
    #[error(
        "there are {features} features and {samples} samples to compare with: at least one of each is needed"
    )]
    Empty {
        /// How many features there are.
        features: usize,
        /// How many samples there are to compare with.
        samples: usize,
    },
    /// Two lists that belong together differ in length.
    #[error("{left} numbers and {right} belong together, but differ in length")]
    LengthMismatch {
        /// Length of the one.
        left: usize,
        /// Length of the other.
        right: usize,
    },
    /// A number that the caller gave is NaN or infinite.
    #[error("feature {feature} of sample {sample} is {value}, not a finite number")]
    InputNotFinite {
        /// The feature.
        feature: usize,
        /// The sample, 0 where there is one only.
        sample: usize,
        /// The number.
        value: f64,
    },
    /// The function that is to be explained is NaN or infinite at a point where it is needed.
    #[error("the function is {value} at evaluation {evaluation}, not a finite number")]
    ValueNotFinite {
        /// Which evaluation, counted from 0.
        evaluation: usize,
        /// The value.
        value: f64,
    },
    /// The gradient has a NaN or infinite entry at a point where it is needed.
    #[error("entry {feature} of the gradient is {value}, not a finite number")]
    SlopeNotFinite {
        /// The entry.
        feature: usize,
        /// Its value.
        value: f64,
    },
    /// Exact values need the function on every coalition of features: there are too many.
    #[error(
        "{features} features have 2^{features} coalitions: exact values take at most {largest} features, 2^{largest} coalitions; shapley_sampled takes any number"
    )]
    TooManyFeatures {
        /// How many features there are.
        features: usize,
        /// How many there may be.
        largest: usize,
    },
    /// The values of a game are not one for each coalition.
    #[error(
        "a game of {values} values is not possible: there are 2^n coalitions of n players, n from 1 to 20"
    )]
    NotAGame {
        /// How many values there are.
        values: usize,
    },
    /// An average over draws needs more of them.
    #[error("{draws} draws are too few: at least {needed} are needed")]
    TooFewDraws {
        /// How many were asked for.
        draws: u64,
        /// How many are needed.
        needed: u64,
    },
    /// A setting lies outside of what it may be.
    #[error("{name} = {value} is not possible: {domain}")]
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The values it may have.
        domain: &'static str,
    },
    /// All neighbors are so far away that their weights are zero.
    #[error(
        "all {samples} neighbors have weight 0: the width {width} is too small for their distances"
    )]
    NoWeight {
        /// How many neighbors were drawn.
        samples: usize,
        /// The width of the kernel.
        width: f64,
    },
    /// The neighbors do not determine a line.
    #[error(
        "neighbors that span {rank} dimensions do not determine {needed} coefficients: draw more, or take a ridge"
    )]
    Undetermined {
        /// The rank of their matrix.
        rank: usize,
        /// How many coefficients there are.
        needed: usize,
    },
    /// There is no such feature.
    #[error("there is no feature {feature}: there are {features}")]
    NoSuchFeature {
        /// The feature.
        feature: usize,
        /// How many there are.
        features: usize,
    },
    /// No window covers a feature: occlusion says nothing about it.
    #[error("no window covers feature {feature}")]
    NotCovered {
        /// The feature.
        feature: usize,
    },
    /// The gradient is zero where the function does not have the value that is looked for.
    #[error(
        "the gradient is zero after {steps} steps, where the function is {value}: start elsewhere"
    )]
    Flat {
        /// How many steps were made.
        steps: usize,
        /// The value there.
        value: f64,
    },
    /// The search for a counterfactual reached its largest number of steps.
    #[error(
        "no counterfactual within {steps} steps: the function is {value} there, and {angle:e} is the sine of the angle between the gradient and the way"
    )]
    DidNotConverge {
        /// How many steps were made.
        steps: usize,
        /// The value of the function where they ended.
        value: f64,
        /// The sine of the angle between the gradient and the way from the start.
        angle: f64,
    },
    /// An integral did not become as exact as it should.
    #[error("{panels} parts of the way leave an error of {error:e}: allow a larger one")]
    NotIntegrated {
        /// Into how many parts the way was cut.
        panels: usize,
        /// The estimated errors of all features together.
        error: f64,
    },
    /// An integral failed.
    #[error("the integral for feature {feature} failed: {error}")]
    Integral {
        /// The feature.
        feature: usize,
        /// Why.
        error: CalculusError,
    },
    /// Least squares failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A random draw failed.
    #[error(transparent)]
    Random(#[from] RandomError),
}
