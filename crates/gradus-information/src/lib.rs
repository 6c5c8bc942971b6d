#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod divergences;
mod error;
mod families;
mod measures;
mod terms;

pub use divergences::cross_entropy::cross_entropy;
pub use divergences::hellinger::hellinger;
pub use divergences::jensen_shannon::jensen_shannon;
pub use divergences::kl::kl_divergence;
pub use divergences::total_variation::total_variation;
pub use error::InformationError;
pub use families::kl::{kl_bernoulli, kl_normal};
pub use measures::entropy::{
    binary_entropy, bits, conditional_entropy, entropy, joint_entropy, nats, perplexity,
};
pub use measures::mutual::mutual_information;

pub use gradus_numeric::{NumericError, Simplex};
pub use gradus_probability::{Bernoulli, JointTable, Normal, ProbabilityError};
