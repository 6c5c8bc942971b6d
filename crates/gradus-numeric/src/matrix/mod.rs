//! Matrices without a matrix type, and the loops of a training step over them.

pub(crate) mod kernels;
pub(crate) mod matrix_mut;
pub(crate) mod matrix_ref;
