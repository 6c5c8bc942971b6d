//! Information from samples.

pub(crate) mod entropy;
pub(crate) mod kraskov;
pub(crate) mod maximum_entropy;
pub(crate) mod nearest_entropy;
mod neighbors;
pub(crate) mod ross;
pub(crate) mod transfer;
