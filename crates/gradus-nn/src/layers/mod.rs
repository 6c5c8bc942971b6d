//! Layers: what they compute, and which parameters they need.

mod activation;
mod container;
mod convolution;
mod linear;
mod normalization;
mod regularization;
mod shape;

pub use crate::recording::{Batch, Buffers, Layer, Mode, Pass};
pub use activation::{Relu, Sigmoid, Tanh};
pub use container::{Function, Residual, Sequential};
pub use convolution::{Convolution, MaxPool};
pub use linear::Dense;
pub use normalization::{BatchNorm, LayerNorm};
pub use regularization::Dropout;
pub use shape::Flatten;

use crate::error::NnError;
use crate::recording::Initializer;
use gradus_linalg::Scalar;

/// A dense layer of `units` outputs with Glorot's uniform weights and zero biases.
#[must_use]
pub fn dense<T: Scalar>(units: usize) -> Box<dyn Layer<T>> {
    Box::new(Dense {
        units,
        weights: Initializer::default(),
    })
}

/// The activation $`\max(x, 0)`$.
#[must_use]
pub fn relu<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Relu)
}

/// The activation $`1 / (1 + e^{-x})`$.
#[must_use]
pub fn sigmoid<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Sigmoid)
}

/// The activation $`\tanh x`$.
#[must_use]
pub fn tanh<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Tanh)
}

/// Dropout with probability `rate` of zero.
#[must_use]
pub fn dropout<T: Scalar>(rate: f64) -> Box<dyn Layer<T>> {
    Box::new(Dropout { rate })
}

/// A convolution of `outputs` images with a square window of `size` pixels, that keeps the size of the images
/// if `size` is odd.
#[must_use]
pub fn convolution<T: Scalar>(outputs: usize, size: usize) -> Box<dyn Layer<T>> {
    Box::new(Convolution {
        outputs,
        kernel: [size; 2],
        stride: [1; 2],
        padding: [size / 2; 2],
        weights: Initializer::default(),
    })
}

/// The greatest pixel of each square of `size` pixels.
#[must_use]
pub fn max_pool<T: Scalar>(size: usize) -> Box<dyn Layer<T>> {
    Box::new(MaxPool { size })
}

/// All numbers of a sample as a vector.
#[must_use]
pub fn flatten<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Flatten)
}

/// Batch normalization.
#[must_use]
pub fn batch_norm<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(BatchNorm::default())
}

/// Layer normalization.
#[must_use]
pub fn layer_norm<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(LayerNorm::default())
}

/// Layers and a way around them.
#[must_use]
pub fn residual<T: Scalar>(layers: Vec<Box<dyn Layer<T>>>) -> Box<dyn Layer<T>> {
    Box::new(Residual {
        body: Sequential { layers },
    })
}

/// Any graph: a function of a batch that may ask the pass for parameters and other layers.
///
/// # Examples
///
/// Two ways that meet, with names of their own:
///
/// ```
/// use gradus_nn::layers::{dense, function};
/// use gradus_nn::{Network, Output};
///
/// let (long, short) = (dense(3), dense(3));
/// let ways = function("two ways", move |x, pass| {
///     let y = pass.layer("long", &*long, x)?;
///     let z = pass.layer("short", &*short, x)?;
///     Ok(y.map(|y| y.tanh() + z.matrix))
/// });
/// let network = Network::<f64>::new(2, vec![ways], Output::Identity)?;
/// let names: Vec<_> = network.layout().entries().iter().map(|entry| &*entry.name).collect();
/// assert_eq!(names, ["0.long.weight", "0.long.bias", "0.short.weight", "0.short.bias"]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[must_use]
pub fn function<T, F>(kind: &'static str, f: F) -> Box<dyn Layer<T>>
where
    T: Scalar,
    F: for<'t> Fn(Batch<'t, T>, &mut Pass<'_, 't, T>) -> Result<Batch<'t, T>, NnError>
        + Send
        + Sync
        + 'static,
{
    Box::new(Function { kind, f })
}
