//! A matrix as a product of triangles.

pub(crate) mod block_diagonal;
pub(crate) mod cholesky;
pub(crate) mod diagonal_pivoting;
pub(crate) mod inertia;
pub(crate) mod ldlt;
pub(crate) mod lu;
pub(crate) mod positive_definite;
