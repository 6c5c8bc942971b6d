#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod classification;
mod clustering;
mod error;
mod lengths;
mod ranking;
mod regression;
mod share;
mod splits;
mod validation;
mod weights;

pub use classification::{
    Average, ClassReport, ConfusionMatrix, Measure, Report, ZeroDivision, accuracy,
    accuracy_weighted, argmax, brier_score, brier_score_weighted, d2_log_loss,
    d2_log_loss_weighted, hinge_loss, hinge_loss_weighted, hits, log_loss, log_loss_weighted,
    top_k_accuracy,
};
pub use clustering::{
    Contingency, adjusted_mutual_information, adjusted_rand_index, normalized_mutual_information,
};
pub use error::EvaluationError;
pub use gradus_numeric::{Float, MatrixRef, NumericError, Order, Shape};
pub use gradus_random::{Key, rand};
pub use ranking::{Bin, BinaryScores, Calibration, area_against_rest, one_against_rest};
pub use regression::{
    RegressionErrors, d2_absolute_error, d2_absolute_error_weighted, d2_pinball,
    d2_pinball_weighted, d2_tweedie, d2_tweedie_weighted, explained_variance,
    explained_variance_weighted, mean_absolute_error, mean_absolute_error_weighted,
    mean_absolute_percentage_error, mean_absolute_percentage_error_weighted, mean_pinball_loss,
    mean_pinball_loss_weighted, mean_squared_error, mean_squared_error_weighted,
    mean_tweedie_deviance, mean_tweedie_deviance_weighted, r_squared, r_squared_weighted,
    root_mean_squared_error, root_mean_squared_error_weighted,
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
