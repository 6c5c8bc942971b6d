//! How far predicted numbers are from the truth.

mod deviance;
mod errors;
mod explained;
mod merged;
mod pinball;
mod residuals;

pub use deviance::mean_tweedie_deviance;
pub use errors::{
    mean_absolute_error, mean_absolute_percentage_error, mean_squared_error,
    root_mean_squared_error,
};
pub use explained::{explained_variance, r_squared};
pub use merged::RegressionErrors;
pub use pinball::mean_pinball_loss;
