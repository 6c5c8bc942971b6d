//! Distributions of vectors and of matrices.

pub(crate) mod bartlett;
pub(crate) mod inverse_wishart;
mod ln_gamma_gap;
pub(crate) mod multivariate_normal;
pub(crate) mod multivariate_t;
pub(crate) mod normal_divergence;
pub(crate) mod normal_fit;
pub(crate) mod normal_parts;
mod t_divergence;
mod t_fit;
pub(crate) mod wishart;
mod wishart_divergence;
mod wishart_fit;
