//! Minima from values alone.

pub(crate) mod annealing;
pub(crate) mod cma_es;
pub(crate) mod nelder_mead;
