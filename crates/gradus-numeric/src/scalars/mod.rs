//! Numbers that a formula can be written for, and the functions that every such number knows.
//!
//! [`Real`](crate::Real) names the elementary functions and each of them asks for a `Real`, so both are in one room.

pub(crate) mod elementary;
pub(crate) mod extremum;
pub(crate) mod float;
pub(crate) mod function;
pub(crate) mod kink;
pub(crate) mod power;
pub(crate) mod powers_of_two;
pub(crate) mod real;
pub(crate) mod simd;
pub(crate) mod single;
