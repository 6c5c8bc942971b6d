//! Convex sets, and the nearest point of each.

pub(crate) mod affine;
pub(crate) mod ball;
pub(crate) mod bounds;
pub(crate) mod half_space;
pub(crate) mod set;
pub(crate) mod simplex;
