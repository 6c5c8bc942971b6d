//! Functions of matrices.

pub(crate) mod matrix_exponential;
pub(crate) mod pade;
pub(crate) mod squaring;
