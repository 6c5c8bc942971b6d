//! The optimizers everybody knows, as chains of transformations.

pub(crate) mod sam;
pub(crate) mod sentences;
