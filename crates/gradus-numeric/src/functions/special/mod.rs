//! Special functions: the normal, gamma and beta families.

mod beta_density;
mod continued_fraction;
pub(crate) mod deviance;
pub(crate) mod erf;
pub(crate) mod erfinv;
mod erfinv_middle;
mod erfinv_tail;
pub(crate) mod gamma;
mod gamma_density;
pub(crate) mod incomplete_beta;
pub(crate) mod incomplete_gamma;
pub(crate) mod incomplete_inverse;
pub(crate) mod ln_beta;
pub(crate) mod ln_binomial;
pub(crate) mod normal;
pub(crate) mod polygamma;
mod polynomial;
pub(crate) mod power_deviance;
mod scaled_tail;
mod stirling;
pub(crate) mod stirling_error;
mod tail;
mod taylor;
mod upper_tail;
