#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod arena;
mod dual;
mod element;
mod error;
mod matrix;
mod node;
mod questions;
mod rule;
pub mod rules;
mod sweep;
mod tape;
mod var;

pub use arena::Arena;
pub use dual::Dual;
pub use element::Element;
pub use error::AutodiffError;
pub use matrix::MatrixVar;
pub use questions::{
    derivative, gradient, hessian, hessian_vector_product, jacobian, jvp, value_and_gradient, vjp,
};
pub use rule::{Point, Rule, Stored};
pub use rules::Map;
pub use tape::Tape;
pub use var::Var;
