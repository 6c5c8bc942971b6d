//! Roots: bisection, and Newton's method with and without a bracket.

mod bisect;
mod newton;

pub use bisect::bisect;
pub use newton::{newton, safeguarded_newton};
