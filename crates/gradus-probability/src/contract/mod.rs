//! What every distribution of one variable can be asked.

pub(crate) mod continuous;
pub(crate) mod discrete;
pub(crate) mod draw;
pub(crate) mod expectation;
pub(crate) mod mode;
pub(crate) mod search;
pub(crate) mod standardized_moments;
