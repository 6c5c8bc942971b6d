//! The theorems of differential privacy, as properties.

#[path = "laws/composition.rs"]
mod composition;
#[path = "laws/mechanisms.rs"]
mod mechanisms;
#[path = "laws/renyi.rs"]
mod renyi;
