//! What every distribution of one variable can be asked.

pub(crate) mod continuous;
pub(crate) mod discrete;
pub(crate) mod search;
