#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod classification;
mod clustering;
mod error;
mod lengths;
mod ranking;
mod regression;
mod splits;
mod validation;

pub use classification::{
    Average, ClassReport, ConfusionMatrix, Measure, Report, ZeroDivision, accuracy, argmax,
    brier_score, hinge_loss, hits, log_loss, top_k_accuracy,
};
pub use clustering::{
    adjusted_mutual_information, adjusted_rand_index, normalized_mutual_information,
};
pub use error::EvaluationError;
pub use gradus_numeric::{Float, MatrixRef, NumericError, Order, Shape};
pub use gradus_random::{Key, rand};
pub use ranking::{Bin, BinaryScores, Calibration, area_against_rest, one_against_rest};
pub use regression::{
    RegressionErrors, explained_variance, mean_absolute_error, mean_absolute_percentage_error,
    mean_pinball_loss, mean_squared_error, mean_tweedie_deviance, r_squared,
    root_mean_squared_error,
};
pub use splits::{
    Fold, Fractions, Nested, Split, folds, grouped_folds, leave_one_out, nested_folds,
    repeated_folds, split, stratified_folds, stratified_grouped_folds, stratified_split,
    time_series_folds,
};
pub use validation::{
    BatchMean, Bootstrap, CurvePoint, Interval, Jackknife, Judged, PermutationTest, Rearrangements,
    Scores, bootstrap, cross_predict, cross_validate, jackknife, learning_curve, permutation_test,
    sign_flip_test, validation_curve,
};
