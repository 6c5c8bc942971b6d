//! Layers: what they compute, and which parameters they need.

mod activation;
mod dense;
mod dropout;
mod layer;

pub use activation::{Relu, Sigmoid, Tanh};
pub use dense::Dense;
pub use dropout::Dropout;
pub use layer::{Layer, Mode, Parameter, Pass};

use crate::initializer::Initializer;
use crate::number::Number;

/// A dense layer of `units` outputs with Glorot's uniform weights and zero biases.
#[must_use]
pub fn dense<T: Number>(units: usize) -> Box<dyn Layer<T>> {
    Box::new(Dense {
        units,
        weights: Initializer::default(),
    })
}

/// The activation $`\max(x, 0)`$.
#[must_use]
pub fn relu<T: Number>() -> Box<dyn Layer<T>> {
    Box::new(Relu)
}

/// The activation $`1 / (1 + e^{-x})`$.
#[must_use]
pub fn sigmoid<T: Number>() -> Box<dyn Layer<T>> {
    Box::new(Sigmoid)
}

/// The activation $`\tanh x`$.
#[must_use]
pub fn tanh<T: Number>() -> Box<dyn Layer<T>> {
    Box::new(Tanh)
}

/// Dropout with probability `rate` of zero.
#[must_use]
pub fn dropout<T: Number>(rate: f64) -> Box<dyn Layer<T>> {
    Box::new(Dropout { rate })
}
