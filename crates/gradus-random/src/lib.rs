#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bernoulli;
mod bounded;
mod error;
mod key;
mod normal;
mod permutation;
mod quantile;
#[cfg(test)]
mod replay;
mod uniform;

pub use bernoulli::{bernoulli, fill_bernoulli};
pub use bounded::uniform_below;
pub use error::RandomError;
pub use key::Key;
pub use normal::{fill_normal, fill_normal_f32, normal, normal_f32};
pub use permutation::{permutation, permute, shuffle};
pub use rand;
pub use uniform::{
    fill_uniform, fill_uniform_f32, uniform, uniform_between, uniform_between_f32, uniform_f32,
};
