//! What a sample says: intervals, tests, correlation.

pub(crate) mod correlation;
pub(crate) mod pearson;
pub(crate) mod permutation;
pub(crate) mod significance;
pub(crate) mod student;
