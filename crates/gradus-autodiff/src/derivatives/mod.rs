//! Questions about functions: derivative, gradient, Jacobian, Hessian, and their products with vectors.

mod derivative;
mod gradient;
mod hessian;
mod hessian_vector_product;
mod jacobian;
mod jvp;
mod line;
mod vjp;

pub use derivative::derivative;
pub use gradient::{gradient, value_and_gradient};
pub use hessian::hessian;
pub use hessian_vector_product::hessian_vector_product;
pub use jacobian::jacobian;
pub use jvp::jvp;
pub use vjp::vjp;
