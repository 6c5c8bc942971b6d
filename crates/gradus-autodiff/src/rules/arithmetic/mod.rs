//! Sums, differences, multiples and entrywise products.

mod add_column;
mod difference;
mod hadamard;
mod scale;
mod sum;

pub use add_column::AddColumn;
pub use difference::Difference;
pub use hadamard::Hadamard;
pub use scale::Scale;
pub use sum::Sum;
