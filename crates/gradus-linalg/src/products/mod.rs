//! Products of matrices and of vectors.

pub(crate) mod hadamard;
pub(crate) mod kronecker;
pub(crate) mod matmul;
pub(crate) mod outer;
pub(crate) mod product;
pub(crate) mod trace;
