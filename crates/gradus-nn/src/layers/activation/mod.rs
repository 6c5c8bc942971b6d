//! Functions of one number, entry by entry.

#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod activation;
mod operations;
mod prelu;

pub use activation::Activation;
pub use prelu::Prelu;
