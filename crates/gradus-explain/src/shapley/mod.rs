//! Shapley values: what each feature contributes, averaged over all orders in which features may become known.

mod coalitions;
mod exact;
mod kernel;
mod sampling;

pub use coalitions::coalition_values;
pub use exact::shapley;
pub use kernel::{kernel_shap, shapley_kernel};
pub use sampling::{hoeffding_rounds, shapley_sampled};
