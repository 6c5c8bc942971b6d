//! How well predicted regions cover true ones.

pub(crate) mod tversky;
