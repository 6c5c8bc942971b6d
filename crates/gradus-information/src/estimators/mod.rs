//! Information from samples.

pub(crate) mod entropy;
pub(crate) mod maximum_entropy;
pub(crate) mod transfer;
