//! Minima on convex sets, and with penalties that have kinks.

pub(crate) mod compact;
pub(crate) mod frank_wolfe;
pub(crate) mod lbfgs_b;
pub(crate) mod mirror_descent;
pub(crate) mod proximal;
pub(crate) mod proximal_gradient;
