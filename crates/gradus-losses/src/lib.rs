#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod classification;
mod embeddings;
mod error;
mod kernel;
mod ranking;
mod regression;
mod regularizers;
mod segmentation;

pub use classification::binary_cross_entropy::{
    BinaryCrossEntropy, BinaryCrossEntropyLogits, binary_cross_entropy,
    binary_cross_entropy_from_logit,
};
pub use classification::brier::Brier;
pub use classification::class_weighted_cross_entropy::ClassWeightedCrossEntropy;
pub use classification::confidence_penalty::ConfidencePenalty;
pub use classification::cross_entropy::CrossEntropy;
pub use classification::exponential::Exponential;
pub use classification::focal::Focal;
pub use classification::generalized_cross_entropy::GeneralizedCrossEntropy;
pub use classification::hinge::{Hinge, SquaredHinge};
pub use classification::kullback_leibler::KullbackLeibler;
pub use classification::kullback_leibler_logs::KullbackLeiblerLogs;
pub use classification::modified_huber::ModifiedHuber;
pub use classification::multiclass_hinge::{CrammerSinger, WestonWatkins};
pub use classification::negative_log_likelihood::NegativeLogLikelihood;
pub use classification::perceptron::Perceptron;
pub use classification::poly::Poly1;
pub use classification::positive_weighted_cross_entropy::PositiveWeightedCrossEntropy;
pub use classification::softmax_cross_entropy::SoftmaxCrossEntropy;
pub use classification::softmax_focal::SoftmaxFocal;
pub use classification::sparsemax::Sparsemax;
pub use embeddings::contrastive::{Contrastive, Pair};
pub use embeddings::cosine_distance::CosineDistance;
pub use embeddings::distance::Distance;
pub use embeddings::nt_xent::{Against, NtXent};
pub use embeddings::triplet::{Negative, Triplet};
pub use error::{Domain, LossError};
pub use gradus_numeric::{Float, MatrixMut, MatrixRef, Order, Real, Shape};
pub use kernel::check;
pub use kernel::columnwise::{Batch, Columnwise};
pub use kernel::comparison::Comparison;
pub use kernel::lanes::{Block, LANES, Lanes};
pub use kernel::loss::Loss;
pub use kernel::pointwise::Pointwise;
pub use kernel::reduction::Reduction;
pub use kernel::target::{Target, Weights};
pub use kernel::tuplewise::Tuplewise;
pub use ranking::list_net::ListNet;
pub use ranking::margin_ranking::MarginRanking;
pub use regression::absolute_error::{AbsoluteError, absolute_error};
pub use regression::absolute_percentage_error::AbsolutePercentageError;
pub use regression::cauchy::Cauchy;
pub use regression::gaussian::Gaussian;
pub use regression::gaussian_mean::GaussianMean;
pub use regression::huber::Huber;
pub use regression::log_cosh::LogCosh;
pub use regression::pinball::Pinball;
pub use regression::poisson::{LogFactorial, Poisson, Rate};
pub use regression::smooth_l1::SmoothL1;
pub use regression::squared_error::{SquaredError, squared_error};
pub use regression::squared_logarithmic_error::SquaredLogarithmicError;
pub use regression::tukey::Tukey;
pub use regression::tweedie::Tweedie;
pub use regularizers::elastic_net::ElasticNet;
pub use regularizers::group_lasso::GroupLasso;
pub use regularizers::regularizer::{L1, L2, Regularizer};
pub use segmentation::tversky::Tversky;
