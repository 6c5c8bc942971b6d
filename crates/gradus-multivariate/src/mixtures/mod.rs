//! Mixtures of normal laws, and what finds them.

pub(crate) mod expectation_maximization;
pub(crate) mod gaussian_mixture;
pub(crate) mod maximization;
pub(crate) mod start;
