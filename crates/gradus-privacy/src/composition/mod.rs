//! What several private answers cost together, and what sampling saves.

mod amplification;
mod budget;
mod sample;

pub use amplification::amplified;
pub use budget::Budget;
pub use sample::poisson_sample;
