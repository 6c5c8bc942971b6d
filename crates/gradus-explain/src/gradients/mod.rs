//! Attributions from gradients, and the nearest point with another answer.

mod counterfactual;
mod integrated;
mod smooth;

pub use counterfactual::{Counterfactual, Search, nearest_counterfactual};
pub use integrated::{PathAttribution, integrated_gradients};
pub use smooth::smooth_gradient;
