//! Functions of one number, entry by entry, and softmax, which is one of all.

#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod activation;
mod operations;
mod prelu;
mod softmax;

pub use activation::Activation;
pub use prelu::Prelu;
pub use softmax::Softmax;
