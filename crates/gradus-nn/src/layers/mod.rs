//! Layers: what they compute, and which parameters they need.

mod activation;
mod container;
mod convolution;
mod linear;
mod normalization;
mod regularization;
mod shape;

pub use crate::recording::{Batch, Buffers, Export, Layer, Mode, Name, Pass, Value};
pub use activation::{Activation, Prelu, Softmax};
pub use container::{Function, Residual, Sequential, Tied};
pub use convolution::{
    Convolution, GlobalPool, Pool, Pooling, SequenceConvolution, turned_windows,
};
pub use linear::{Dense, Embedding};
pub use normalization::{BatchNorm, GroupNorm, LayerNorm, RmsNorm, RunningVariance};
pub use regularization::{AlphaDropout, ChannelDropout, Dropout};
pub use shape::Flatten;

use crate::error::NnError;
use crate::recording::Initializer;
use gradus_linalg::Scalar;
use gradus_numeric::Unary;
use gradus_numeric::functions::{Relu, Sigmoid, Tanh};

/// A dense layer of `units` outputs with Glorot's uniform weights and zero biases.
#[must_use]
pub fn dense<T: Scalar>(units: usize) -> Box<dyn Layer<T>> {
    Box::new(Dense::new(units))
}

/// Any activation: a function of one number, entry by entry.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::{activation, dense};
/// use gradus_nn::numeric::functions::{Gelu, LeakyRelu};
/// use gradus_nn::{Network, Output};
///
/// let layers = vec![dense(8), activation(Gelu), dense(8), activation(LeakyRelu { slope: 0.01 }), dense(3)];
/// assert!(Network::<f32>::new(4, layers, Output::Softmax).is_ok());
/// ```
#[must_use]
pub fn activation<T: Scalar>(f: impl Unary) -> Box<dyn Layer<T>> {
    Box::new(Activation(f))
}

/// The activation $`\max(x, 0)`$.
#[must_use]
pub fn relu<T: Scalar>() -> Box<dyn Layer<T>> {
    activation(Relu)
}

/// The activation $`1 / (1 + e^{-x})`$.
#[must_use]
pub fn sigmoid<T: Scalar>() -> Box<dyn Layer<T>> {
    activation(Sigmoid)
}

/// The activation $`\tanh x`$.
#[must_use]
pub fn tanh<T: Scalar>() -> Box<dyn Layer<T>> {
    activation(Tanh)
}

/// Softmax of the numbers of a vector, inside of a network.
#[must_use]
pub fn softmax<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Softmax)
}

/// Dropout with probability `rate` of zero.
#[must_use]
pub fn dropout<T: Scalar>(rate: f64) -> Box<dyn Layer<T>> {
    Box::new(Dropout { rate })
}

/// Dropout of whole channels with probability `rate` of zero.
#[must_use]
pub fn channel_dropout<T: Scalar>(rate: f64) -> Box<dyn Layer<T>> {
    Box::new(ChannelDropout { rate })
}

/// Dropout for networks of SELU, with probability `rate`.
#[must_use]
pub fn alpha_dropout<T: Scalar>(rate: f64) -> Box<dyn Layer<T>> {
    Box::new(AlphaDropout { rate })
}

/// A rectifier whose slope for negative numbers is learned, from ¼ on.
#[must_use]
pub fn prelu<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(Prelu::default())
}

/// A convolution of sequences to `outputs` features with a window of `size` steps, that keeps the number of steps if
/// `size` is odd.
#[must_use]
pub fn sequence_convolution<T: Scalar>(outputs: usize, size: usize) -> Box<dyn Layer<T>> {
    Box::new(SequenceConvolution {
        outputs,
        kernel: size,
        stride: 1,
        padding: size / 2,
        dilation: 1,
        weights: Initializer::default(),
        bias: true,
    })
}

/// A convolution of `outputs` images with a square window of `size` pixels, that keeps the size of the images
/// if `size` is odd.
#[must_use]
pub fn convolution<T: Scalar>(outputs: usize, size: usize) -> Box<dyn Layer<T>> {
    Box::new(Convolution::same(outputs, size))
}

/// The largest pixel of each square of `size` pixels.
#[must_use]
pub fn max_pool<T: Scalar>(size: usize) -> Box<dyn Layer<T>> {
    Box::new(Pool::squares(Pooling::Max, size))
}

/// The mean of each square of `size` pixels.
#[must_use]
pub fn average_pool<T: Scalar>(size: usize) -> Box<dyn Layer<T>> {
    Box::new(Pool::squares(Pooling::Average, size))
}

/// The mean of each channel.
#[must_use]
pub fn global_average_pool<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(GlobalPool(Pooling::Average))
}

/// The largest number of each channel.
#[must_use]
pub fn global_max_pool<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(GlobalPool(Pooling::Max))
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

/// Normalization of `groups` groups of channels.
#[must_use]
pub fn group_norm<T: Scalar>(groups: usize) -> Box<dyn Layer<T>> {
    let epsilon = LayerNorm::default().epsilon;
    Box::new(GroupNorm { groups, epsilon })
}

/// Normalization by the root mean square.
#[must_use]
pub fn rms_norm<T: Scalar>() -> Box<dyn Layer<T>> {
    Box::new(RmsNorm::default())
}

/// A table of `count` rows of `dimensions` normal draws, looked up by their numbers.
#[must_use]
pub fn embedding<T: Scalar>(count: usize, dimensions: usize) -> Box<dyn Layer<T>> {
    let weights = Initializer::Normal { deviation: 1.0 };
    Box::new(Embedding {
        count,
        dimensions,
        weights,
    })
}

/// Layers and a way around them.
#[must_use]
pub fn residual<T: Scalar>(layers: Vec<Box<dyn Layer<T>>>) -> Box<dyn Layer<T>> {
    Box::new(Residual {
        body: Sequential { layers },
    })
}

/// A layer that shares its parameters with all others of that path.
///
/// # Examples
///
/// An autoencoder whose two middle layers are the same map:
///
/// ```
/// use gradus_nn::layers::{dense, tanh, tied};
/// use gradus_nn::{Network, Output};
///
/// let layers = vec![dense(4), tied("middle", dense(4)), tanh(), tied("middle", dense(4)), dense(9)];
/// let network = Network::<f32>::new(9, layers, Output::Identity)?;
/// let names: Vec<_> = network.layout().entries().iter().map(|entry| &*entry.name).collect();
/// assert_eq!(names, ["0.weight", "0.bias", "middle.weight", "middle.bias", "4.weight", "4.bias"]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[must_use]
pub fn tied<T: Scalar>(path: &str, layer: Box<dyn Layer<T>>) -> Box<dyn Layer<T>> {
    Box::new(Tied {
        path: path.to_owned(),
        layer,
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
