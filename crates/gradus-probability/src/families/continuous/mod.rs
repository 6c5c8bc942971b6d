//! Families of distributions with a density.

pub(crate) mod normal;
mod standard_normal;
