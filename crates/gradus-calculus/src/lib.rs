#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod differences;
mod error;
mod estimate;
mod evaluation;
mod quadrature;
mod roots;

pub use differences::{
    central_difference, derivative, five_point_difference, forward_difference, gradient, jacobian,
    ridders,
};
pub use error::CalculusError;
pub use estimate::Estimate;
pub use quadrature::{gauss_kronrod, integrate};
pub use roots::{bisect, newton, safeguarded_newton};
