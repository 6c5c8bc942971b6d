//! Families of vectors.

pub(crate) mod dirichlet;
mod dirichlet_fit;
pub(crate) mod multinomial;
