#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod boundary;
mod composition;
mod error;
mod mechanisms;
mod renyi;

pub use composition::{Budget, amplified, poisson_sample};
pub use error::PrivacyError;
pub use gradus_random::{Key, rand};
pub use mechanisms::{
    choice_probabilities, choose, discrete_laplace, discrete_laplace_ln_mass, gaussian_delta,
    gaussian_epsilon, gaussian_noise, laplace, randomized_response, response_shares,
};
pub use renyi::{Ledger, SampledGaussian, Spent, exact_delta, exact_epsilon, noise_for};
