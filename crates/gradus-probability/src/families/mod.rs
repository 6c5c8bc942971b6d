//! Families of distributions, one file each.

pub(crate) mod continuous;
pub(crate) mod discrete;
pub(crate) mod mixture;
