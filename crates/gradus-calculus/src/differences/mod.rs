//! Derivatives by differences: quotients, derivatives with an error estimate, gradients and Jacobians.

mod derivative;
mod difference;
mod jacobian;

pub use derivative::{derivative, ridders};
pub use difference::{central_difference, five_point_difference, forward_difference};
pub use jacobian::{gradient, jacobian};
