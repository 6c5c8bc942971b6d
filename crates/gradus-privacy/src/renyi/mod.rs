//! An accountant: the Rényi divergence of noise on samples, added up over steps.

mod any_order;
mod calibration;
mod exact;
mod ledger;
mod sampled_gaussian;
mod whole_order;

pub use calibration::noise_for;
pub use exact::{exact_delta, exact_epsilon};
pub use ledger::{Ledger, Spent};
pub use sampled_gaussian::SampledGaussian;
