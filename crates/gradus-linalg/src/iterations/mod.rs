//! Answers by repeated products.

pub(crate) mod conjugate_gradients;
pub(crate) mod eigenvector_iteration;
pub(crate) mod inverse_iteration;
pub(crate) mod power_iteration;
pub(crate) mod rayleigh;
pub(crate) mod shifted;
pub(crate) mod stopping;
