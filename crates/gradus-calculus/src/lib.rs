#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bisect;
mod derivative;
mod difference;
mod error;
mod estimate;
mod evaluation;
mod gauss_kronrod;
mod integrate;
mod jacobian;
mod newton;

pub use bisect::bisect;
pub use derivative::{derivative, ridders};
pub use difference::{central_difference, five_point_difference, forward_difference};
pub use error::CalculusError;
pub use estimate::Estimate;
pub use gauss_kronrod::gauss_kronrod;
pub use integrate::integrate;
pub use jacobian::{gradient, jacobian};
pub use newton::{newton, safeguarded_newton};
