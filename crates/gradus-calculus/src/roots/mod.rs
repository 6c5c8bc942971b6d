//! Roots: bisection, Newton's method with and without a bracket, Brent's method.

mod bisect;
mod bracket;
mod brent;
mod newton;

pub use bisect::bisect;
pub use brent::brent;
pub use newton::{newton, safeguarded_newton};
