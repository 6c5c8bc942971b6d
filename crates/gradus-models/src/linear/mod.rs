//! Models of numbers that are linear in the features.

mod centered;
mod elastic_net;
mod linear_model;
mod linear_regression;
mod ridge;
mod summary;

pub use elastic_net::{ElasticNet, elastic_net_path, largest_penalty};
pub use linear_model::LinearModel;
pub use linear_regression::LinearRegression;
pub use ridge::{Ridge, RidgePath};
pub use summary::{Coefficient, RegressionSummary};
