//! What a sample says: intervals, tests, correlation, densities.

pub(crate) mod binomial_test;
pub(crate) mod calibration;
pub(crate) mod correlation;
pub(crate) mod histogram;
pub(crate) mod kernel_density;
pub(crate) mod kolmogorov;
mod level;
pub(crate) mod pearson;
pub(crate) mod permutation;
pub(crate) mod proportion;
pub(crate) mod significance;
pub(crate) mod smirnov;
pub(crate) mod student;
mod supremum;
