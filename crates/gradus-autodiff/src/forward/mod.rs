//! Forward mode, and other numbers that carry more than a value.

mod dual;
mod watched;

pub use dual::Dual;
pub(crate) use dual::share;
pub use watched::Watched;
