//! How far predicted numbers are from the truth.

mod d2_pinball;
mod d2_tweedie;
mod deviance;
mod errors;
mod explained;
mod merged;
mod pinball;
mod residuals;

pub use d2_pinball::{
    d2_absolute_error, d2_absolute_error_weighted, d2_pinball, d2_pinball_weighted,
};
pub use d2_tweedie::{d2_tweedie, d2_tweedie_weighted};
pub use deviance::{mean_tweedie_deviance, mean_tweedie_deviance_weighted};
pub use errors::{
    mean_absolute_error, mean_absolute_error_weighted, mean_absolute_percentage_error,
    mean_absolute_percentage_error_weighted, mean_squared_error, mean_squared_error_weighted,
    root_mean_squared_error, root_mean_squared_error_weighted,
};
pub use explained::{
    explained_variance, explained_variance_weighted, r_squared, r_squared_weighted,
};
pub use merged::RegressionErrors;
pub use pinball::{mean_pinball_loss, mean_pinball_loss_weighted};
