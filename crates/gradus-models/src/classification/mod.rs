//! Models of classes whose scores are linear in the features.

mod likelihood;
mod logistic_regression;
mod newton;
mod perceptron;
mod softmax_model;
mod softmax_regression;

pub use logistic_regression::{LogisticModel, LogisticRegression};
pub use perceptron::{Perceptron, PerceptronModel};
pub use softmax_model::SoftmaxModel;
pub use softmax_regression::SoftmaxRegression;
