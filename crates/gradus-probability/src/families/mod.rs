//! Families of distributions, one file each.

pub(crate) mod affine;
pub(crate) mod between;
pub(crate) mod continuous;
pub(crate) mod digamma_inverse;
pub(crate) mod discrete;
pub(crate) mod gauss_legendre;
pub(crate) mod maps;
pub(crate) mod mixture;
pub(crate) mod multivariate;
pub(crate) mod transformed;
pub(crate) mod truncated;
