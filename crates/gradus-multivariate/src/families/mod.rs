//! Distributions of vectors and of matrices.

pub(crate) mod multivariate_normal;
pub(crate) mod multivariate_t;
pub(crate) mod normal_divergence;
pub(crate) mod normal_fit;
pub(crate) mod normal_parts;
