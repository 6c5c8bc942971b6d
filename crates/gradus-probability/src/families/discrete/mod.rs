//! Families of distributions on whole numbers.

pub(crate) mod bernoulli;
pub(crate) mod beta_binomial;
pub(crate) mod binomial;
pub(crate) mod categorical;
pub(crate) mod discrete_uniform;
pub(crate) mod geometric;
pub(crate) mod hypergeometric;
pub(crate) mod negative_binomial;
pub(crate) mod poisson;
pub(crate) mod ratio_sum;
