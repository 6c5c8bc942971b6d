//! What large parameters cost.

pub(crate) mod regularizer;
