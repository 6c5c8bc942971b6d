//! A model of the loss that says where to try next.

mod bayesian;
mod gaussian_process;
mod improvement;

pub use bayesian::{Bayesian, bayesian};
pub use gaussian_process::{Covariance, GaussianProcess};
pub use improvement::expected_improvement;
