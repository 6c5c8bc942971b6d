//! A model over all samples: which features matter, and how the answer runs with each.

mod dependence;
mod importance;

pub use dependence::{individual_curves, partial_dependence};
pub use importance::permutation_importance;
