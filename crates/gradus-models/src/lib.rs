#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bayes;
mod classification;
mod contract;
mod error;
mod linear;
mod neighbors;
mod networks;
mod pipelines;
mod samples;

pub use bayes::{
    BernoulliNaiveBayes, GaussianBayesModel, GaussianNaiveBayes, MultinomialNaiveBayes,
};
pub use classification::{
    LogisticModel, LogisticRegression, Perceptron, PerceptronModel, SoftmaxModel, SoftmaxRegression,
};
pub use contract::{Fit, FitWeighted, Predict, Target};
pub use error::ModelError;
pub use gradus_data as data;
pub use gradus_evaluation as evaluation;
pub use gradus_evaluation::{Fold, Key, MatrixRef, Order, Shape};
pub use gradus_linalg as linalg;
pub use gradus_nn as nn;
pub use linear::{
    Coefficient, ElasticNet, LinearModel, LinearRegression, RegressionSummary, Ridge, RidgePath,
    elastic_net_path, largest_penalty,
};
pub use neighbors::{NearestNeighbors, NeighborClassifier, NeighborRegressor, Weighting};
pub use networks::{Autoencoder, AutoencoderModel, Mlp, MlpClassifier, MlpRegressor};
pub use pipelines::{
    CurvePoint, Pipeline, PipelineModel, Preparation, ScoreWeights, cross_predict, cross_validate,
    cross_validate_weighted, learning_curve, validation_curve,
};
