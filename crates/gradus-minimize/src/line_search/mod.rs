//! How far to go along a direction.

pub(crate) mod rule;
pub(crate) mod wolfe;
