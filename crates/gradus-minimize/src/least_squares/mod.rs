//! Sums of squares of residuals.

pub(crate) mod gauss_newton;
pub(crate) mod levenberg_marquardt;
pub(crate) mod residuals;
