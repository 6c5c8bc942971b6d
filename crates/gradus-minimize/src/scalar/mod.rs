//! Minima of functions of one variable.

pub(crate) mod bracket;
pub(crate) mod brent;
pub(crate) mod golden_section;
