//! The size of a matrix, and the direction of a vector.

pub(crate) mod cosine;
pub(crate) mod matrix_norm;
pub(crate) mod normalize;
pub(crate) mod nuclear_norm;
