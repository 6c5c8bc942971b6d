//! Regularizers of matrices: prices on their singular values.
//!
//! They are here and not in `gradus-losses`, because a checked singular value decomposition is that of `gradus-linalg`, sixty
//! packages that a picker of losses need not build.

mod matrix;
mod nuclear_norm;
mod orthogonality;

pub use nuclear_norm::NuclearNorm;
pub use orthogonality::Orthogonality;
