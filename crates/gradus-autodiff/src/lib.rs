#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod derivatives;
mod element;
mod error;
mod forward;
mod reverse;
pub mod rules;

pub use derivatives::{
    derivative, gradient, hessian, hessian_vector_product, jacobian, jvp, value_and_gradient, vjp,
};
pub use element::Element;
pub use error::AutodiffError;
pub use forward::{Dual, Watched};
pub use reverse::{
    Arena, Footprint, Form, MatrixVar, Point, Rule, Share, Stored, Tape, Var, Visit,
};
pub use rules::Map;

pub use gradus_linalg::nalgebra;
pub use gradus_numeric::{
    Binary, MatrixMut, MatrixRef, Order, Real, Shape, Unary, functions, map, map2, map3, pull,
};
