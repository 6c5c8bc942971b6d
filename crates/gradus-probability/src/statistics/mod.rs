//! Parameters from data.

pub(crate) mod fit;
pub(crate) mod sample;
