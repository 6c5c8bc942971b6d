//! The rows themselves: one type per function, for [`Real::apply`](crate::Real::apply) and for matrices on a tape.

mod elementary;
mod extremum;
mod kink;
mod power;

pub use elementary::{Cos, Exp, ExpM1, Ln, Ln1p, Sin, Sqrt, Tanh};
pub use extremum::{Max, Min};
pub use kink::{Abs, Clamp};
pub use power::{Powf, Powi};
