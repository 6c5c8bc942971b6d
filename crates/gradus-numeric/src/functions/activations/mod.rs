//! Activations of networks, and what they are made of.

pub(crate) mod elu;
mod gate;
pub(crate) mod gelu;
pub(crate) mod hard;
pub(crate) mod leaky_relu;
pub(crate) mod log_cosh;
pub(crate) mod log_sigmoid;
pub(crate) mod mish;
pub(crate) mod relu;
pub(crate) mod sigmoid;
pub(crate) mod silu;
pub(crate) mod softplus;
pub(crate) mod softplus_inverse;
pub(crate) mod softsign;
