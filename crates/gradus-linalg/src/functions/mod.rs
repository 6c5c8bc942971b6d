//! Functions of matrices.

pub(crate) mod matrix_exponential;
