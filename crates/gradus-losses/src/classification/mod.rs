//! Losses of classes and of yes-or-no questions.

pub(crate) mod binary_cross_entropy;
pub(crate) mod brier;
pub(crate) mod class_weighted_cross_entropy;
pub(crate) mod confidence_penalty;
pub(crate) mod cross_entropy;
pub(crate) mod exponential;
pub(crate) mod focal;
pub(crate) mod generalized_cross_entropy;
pub(crate) mod hinge;
pub(crate) mod kullback_leibler;
pub(crate) mod kullback_leibler_logs;
pub(crate) mod long_softmax;
pub(crate) mod margin;
pub(crate) mod modified_huber;
pub(crate) mod multiclass_hinge;
pub(crate) mod negative_log_likelihood;
pub(crate) mod of_truth;
pub(crate) mod perceptron;
pub(crate) mod poly;
pub(crate) mod positive_weighted_cross_entropy;
pub(crate) mod softmax;
pub(crate) mod softmax_cross_entropy;
pub(crate) mod softmax_focal;
pub(crate) mod sparsemax;
pub(crate) mod yes_or_no;
