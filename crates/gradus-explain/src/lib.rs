#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod global;
mod gradients;
mod inputs;
mod local;
mod sampled;
mod shapley;

pub use error::ExplainError;
pub use global::{individual_curves, partial_dependence, permutation_importance};
pub use gradients::{
    Counterfactual, PathAttribution, Search, integrated_gradients, nearest_counterfactual,
    smooth_gradient,
};
pub use gradus_calculus::{CalculusError, Tolerance};
pub use gradus_linalg::LinalgError;
pub use gradus_numeric::{MatrixRef, NumericError, Order, Shape};
pub use gradus_random::{Key, RandomError, rand};
pub use local::{LocalLine, Neighborhood, local_line, local_patches, occlusion, windows};
pub use sampled::Sampled;
pub use shapley::{
    coalition_values, hoeffding_rounds, kernel_shap, shapley, shapley_kernel, shapley_sampled,
};
