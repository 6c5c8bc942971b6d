//! Systems of linear equations by elimination.

pub(crate) mod determinant;
pub(crate) mod eliminate;
pub(crate) mod equilibrium;
pub(crate) mod inverse;
pub(crate) mod inverse_norm;
pub(crate) mod lu_factors;
pub(crate) mod solution;
pub(crate) mod solve;
pub(crate) mod step;
pub(crate) mod system;
pub(crate) mod triangular;
