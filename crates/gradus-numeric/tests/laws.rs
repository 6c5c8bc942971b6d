//! The theorems of this crate, each a property test named as it reads.

#[path = "laws/activations.rs"]
mod activations;
#[path = "laws/differences.rs"]
mod differences;
#[path = "laws/extremes.rs"]
mod extremes;
#[path = "laws/functions.rs"]
mod functions;
#[path = "laws/gamma.rs"]
mod gamma;
#[path = "laws/incomplete.rs"]
mod incomplete;
#[path = "laws/kernels.rs"]
mod kernels;
#[path = "laws/log_sum_exp.rs"]
mod log_sum_exp;
#[path = "laws/logarithms.rs"]
mod logarithms;
#[path = "laws/matrix.rs"]
mod matrix;
#[path = "laws/moments.rs"]
mod moments;
#[path = "laws/norm.rs"]
mod norm;
#[path = "laws/normal.rs"]
mod normal;
#[path = "laws/power_deviance.rs"]
mod power_deviance;
#[path = "laws/quantiles.rs"]
mod quantiles;
#[path = "laws/regressions.rs"]
mod regressions;
#[path = "laws/simplex.rs"]
mod simplex;
#[path = "laws/slopes.rs"]
mod slopes;
#[path = "laws/sums.rs"]
mod sums;
