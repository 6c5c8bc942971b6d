//! The theorems of this crate, each a property test named as it reads.

#[path = "laws/inputs.rs"]
mod inputs;
#[path = "laws/least_squares.rs"]
mod least_squares;
#[path = "laws/norm.rs"]
mod norm;
#[path = "laws/orthogonal.rs"]
mod orthogonal;
#[path = "laws/product.rs"]
mod product;
#[path = "laws/symmetric.rs"]
mod symmetric;
#[path = "laws/system.rs"]
mod system;
