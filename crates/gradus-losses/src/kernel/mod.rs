//! What all losses share: the interface, targets and weights, and the one loop over a batch.

pub mod check;
pub(crate) mod columnwise;
pub(crate) mod comparison;
pub(crate) mod compensated;
pub(crate) mod decay;
pub(crate) mod gathered;
pub(crate) mod hinge;
pub(crate) mod lanes;
pub(crate) mod logarithm;
pub(crate) mod loss;
pub(crate) mod pointwise;
pub(crate) mod reduction;
pub(crate) mod target;
pub(crate) mod tuplewise;
pub(crate) mod turned;
