//! Families of distributions on whole numbers.

pub(crate) mod bernoulli;
pub(crate) mod binomial;
pub(crate) mod categorical;
pub(crate) mod poisson;
