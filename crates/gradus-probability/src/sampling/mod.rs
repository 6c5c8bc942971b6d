//! Draws from densities that are known up to a factor, and means over draws.

pub(crate) mod chain;
pub(crate) mod convergence;
pub(crate) mod hamiltonian;
pub(crate) mod importance;
pub(crate) mod metropolis;
pub(crate) mod monte_carlo;
