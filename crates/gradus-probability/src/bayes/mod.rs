//! Bayes' rule: how data change a belief.

mod check;
pub(crate) mod conjugate;
mod counts;
pub(crate) mod evidence;
pub(crate) mod normal_inverse_gamma;
pub(crate) mod normal_mean;
pub(crate) mod odds;
pub(crate) mod posterior;
