//! What data say about parameters.

pub(crate) mod laplace;
pub(crate) mod linear_regression;
pub(crate) mod most_evidence;
pub(crate) mod normal_inverse_wishart;
mod spectrum;
pub(crate) mod state_space;
