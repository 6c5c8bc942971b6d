//! Forward mode.

mod dual;

pub use dual::Dual;
