//! The nearest that the columns of a matrix can do.

pub(crate) mod dependent;
pub(crate) mod independent;
pub(crate) mod least_squares;
pub(crate) mod projector;
pub(crate) mod pseudo_inverse;
