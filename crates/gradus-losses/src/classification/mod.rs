//! Losses of classes and of yes-or-no questions.

pub(crate) mod binary_cross_entropy;
pub(crate) mod cross_entropy;
pub(crate) mod softmax_cross_entropy;
