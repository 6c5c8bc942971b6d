//! Loops over contiguous numbers, and matrices as other crates see them.

pub(crate) mod as_faer;
pub(crate) mod conversion;
pub(crate) mod permutation;
pub(crate) mod side_by_side;
pub(crate) mod sign;
pub(crate) mod twice;
pub(crate) mod vector;
pub(crate) mod view;
