//! Families of distributions on whole numbers.

pub(crate) mod bernoulli;
pub(crate) mod categorical;
