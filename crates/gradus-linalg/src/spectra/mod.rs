//! Singular values and eigenvalues, and what follows from them.

pub(crate) mod balanced;
pub(crate) mod complex_pair;
pub(crate) mod cond;
pub(crate) mod eigen;
pub(crate) mod hessenberg;
pub(crate) mod low_rank;
pub(crate) mod null_space;
pub(crate) mod polar;
pub(crate) mod range;
pub(crate) mod rank;
pub(crate) mod svd;
pub(crate) mod symmetric_eigen;
