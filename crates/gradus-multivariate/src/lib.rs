#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bayes;
mod error;
mod families;
mod matrices;
mod mixtures;

pub use bayes::laplace::{Laplace, laplace};
pub use bayes::linear_regression::BayesianRegression;
pub use bayes::most_evidence::EvidenceFit;
pub use bayes::normal_inverse_wishart::NormalInverseWishart;
pub use bayes::state_space::StateSpace;
pub use error::MultivariateError;
pub use families::inverse_wishart::InverseWishart;
pub use families::multivariate_normal::MultivariateNormal;
pub use families::multivariate_t::MultivariateT;
pub use families::wishart::Wishart;
pub use mixtures::expectation_maximization::{MixtureFit, MixtureSettings};
pub use mixtures::gaussian_mixture::GaussianMixture;
pub use mixtures::maximization::CovarianceShape;
pub use mixtures::start::plus_plus;

pub use gradus_linalg::{LinalgError, nalgebra};
pub use gradus_numeric::{NumericError, Simplex};
pub use gradus_probability::{Fit, Normal, ProbabilityError};
pub use gradus_random::{Key, rand};
