//! Families of distributions with a density.

pub(crate) mod beta;
pub(crate) mod cauchy;
pub(crate) mod chi_squared;
pub(crate) mod closed_form;
mod digamma_gap;
pub(crate) mod exponential;
pub(crate) mod fisher_f;
pub(crate) mod gamma;
pub(crate) mod gumbel;
pub(crate) mod half_normal;
pub(crate) mod inverse_gamma;
pub(crate) mod laplace;
pub(crate) mod log_normal;
pub(crate) mod logistic;
mod near_end;
pub(crate) mod normal;
pub(crate) mod pareto;
mod standard_normal;
pub(crate) mod student_t;
pub(crate) mod triangular;
pub(crate) mod uniform;
pub(crate) mod von_mises;
pub(crate) mod weibull;
mod weibull_fit;
mod weibull_moments;
