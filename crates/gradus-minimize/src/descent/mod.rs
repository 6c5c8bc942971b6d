//! Methods that choose a direction and search along it.

pub(crate) mod bfgs;
pub(crate) mod conjugate_gradients;
pub(crate) mod coordinate_descent;
pub(crate) mod gradient_descent;
pub(crate) mod lbfgs;
pub(crate) mod newton;
pub(crate) mod walk;
