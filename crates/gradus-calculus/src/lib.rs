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
pub use quadrature::{
    Tolerance, gauss_kronrod, gauss_legendre, integrate, integrate_through, romberg, simpson,
    trapezoid,
};
pub use roots::{bisect, brent, newton, safeguarded_newton, secant};
