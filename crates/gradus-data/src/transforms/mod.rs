//! From a table to one that a model learns from.

mod balance;
mod imputer;
mod one_hot;
mod polynomial;
mod rows;
mod scaler;
mod smote;

pub use balance::{class_weights, oversampled, undersampled};
pub use imputer::Imputer;
pub use one_hot::one_hot;
pub use polynomial::polynomial;
pub use scaler::Scaler;
