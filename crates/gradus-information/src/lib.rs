#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod divergence;
mod entropy;
mod error;
mod families;
mod mutual;
mod total;

pub use divergence::{cross_entropy, hellinger, jensen_shannon, kl_divergence, total_variation};
pub use entropy::{
    binary_entropy, bits, conditional_entropy, entropy, joint_entropy, nats, perplexity,
};
pub use error::InformationError;
pub use families::{kl_bernoulli, kl_normal};
pub use mutual::mutual_information;
