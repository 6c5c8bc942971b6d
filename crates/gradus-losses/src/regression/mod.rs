//! Losses of numbers.

pub(crate) mod absolute_error;
pub(crate) mod squared_error;
