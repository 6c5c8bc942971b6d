//! Losses of numbers.

pub(crate) mod absolute_error;
pub(crate) mod absolute_percentage_error;
pub(crate) mod cauchy;
pub(crate) mod gaussian;
pub(crate) mod gaussian_mean;
pub(crate) mod huber;
pub(crate) mod log_cosh;
pub(crate) mod pinball;
pub(crate) mod poisson;
pub(crate) mod smooth_l1;
pub(crate) mod squared_error;
pub(crate) mod squared_logarithmic_error;
pub(crate) mod tukey;
pub(crate) mod tweedie;
