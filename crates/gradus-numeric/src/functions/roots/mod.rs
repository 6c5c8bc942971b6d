//! Roots of sums and of numbers.

pub(crate) mod cbrt;
pub(crate) mod hypot;
