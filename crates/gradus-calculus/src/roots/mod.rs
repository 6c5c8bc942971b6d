//! Roots: bisection, Newton's method with and without a bracket, secants, Brent's method.

mod bisect;
mod bracket;
mod brent;
mod newton;
mod secant;

pub use bisect::bisect;
pub use brent::brent;
pub use newton::{newton, safeguarded_newton};
pub use secant::secant;
