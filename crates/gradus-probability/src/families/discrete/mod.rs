//! Families of distributions on whole numbers.

pub(crate) mod bernoulli;
pub(crate) mod beta_binomial;
mod beta_binomial_entropy;
mod beta_binomial_fit;
pub(crate) mod binomial;
pub(crate) mod categorical;
pub(crate) mod discrete_uniform;
mod discrete_uniform_fit;
pub(crate) mod geometric;
pub(crate) mod hypergeometric;
mod hypergeometric_fit;
mod ln_ways;
pub(crate) mod negative_binomial;
mod negative_binomial_entropy;
mod negative_binomial_fit;
pub(crate) mod poisson;
pub(crate) mod ratio_sum;
mod smooth_sum;
mod stride_sum;
