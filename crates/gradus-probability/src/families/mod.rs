//! Families of distributions, one file each.

pub(crate) mod affine;
pub(crate) mod continuous;
pub(crate) mod discrete;
pub(crate) mod mixture;
pub(crate) mod multivariate;
