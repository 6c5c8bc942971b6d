#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod families;
mod matrices;

pub use error::MultivariateError;
pub use families::multivariate_normal::MultivariateNormal;
pub use families::multivariate_t::MultivariateT;

pub use gradus_linalg::{LinalgError, nalgebra};
pub use gradus_numeric::NumericError;
pub use gradus_probability::{Fit, ProbabilityError};
pub use gradus_random::{Key, rand};
