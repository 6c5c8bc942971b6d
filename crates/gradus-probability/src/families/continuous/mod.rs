//! Families of distributions with a density.

pub(crate) mod gamma;
pub(crate) mod normal;
mod standard_normal;
pub(crate) mod student_t;
