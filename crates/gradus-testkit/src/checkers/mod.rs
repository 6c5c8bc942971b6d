//! Checkers of what laws alone do not reach: derivatives.

pub mod gradient;
