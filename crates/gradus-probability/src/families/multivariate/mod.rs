//! Families of vectors.

pub(crate) mod dirichlet;
pub(crate) mod multinomial;
