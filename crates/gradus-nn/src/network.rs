//! A network: layers, and where their parameters lie.

use crate::error::NnError;
use crate::layers::{Layer, Mode, Parameter, Pass};
use crate::model::Model;
use crate::number::Number;
use crate::output::Output;
use gradus_autodiff::{MatrixVar, Tape};
use gradus_optim::Layout;
use gradus_random::Key;
use std::iter::zip;

/// A feed-forward network: a sequence of layers and the layout of their parameters in one vector θ.
///
/// ```math
/// f_\theta = f_L \circ \dots \circ f_2 \circ f_1
/// ```
///
/// The network itself holds no parameters; [`initialize`](Self::initialize) draws them. Parameters are
/// named as by `torch.nn.Sequential`: the index over all layers, then the name within the layer.
///
/// # Examples
///
/// ```
/// use gradus_nn::{Network, Output, layers::{dense, relu}};
///
/// let layers = vec![dense(10), relu(), dense(128), relu(), dense(10)];
/// let network = Network::<f32>::new(784, layers, Output::Softmax)?;
/// assert_eq!(network.layout().len(), 784 * 10 + 10 + 10 * 128 + 128 + 128 * 10 + 10);
/// assert_eq!(network.layout().window("2.bias"), Some(9130..9258));
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Debug)]
pub struct Network<T: Number> {
    inputs: usize,
    outputs: usize,
    layers: Vec<Placed<T>>,
    output: Output,
    layout: Layout,
}

/// A layer and its place.
#[derive(Debug)]
pub(crate) struct Placed<T: Number> {
    pub(crate) layer: Box<dyn Layer<T>>,
    /// Where its parameters begin in θ.
    pub(crate) offset: usize,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) outputs: usize,
}

impl<T: Number> Network<T> {
    /// A network of `inputs` features.
    ///
    /// # Errors
    ///
    /// [`NnError::NoLayers`], [`NnError::LayerSize`] or [`NnError::Domain`] if layers do not make sense.
    pub fn new(
        inputs: usize,
        layers: Vec<Box<dyn Layer<T>>>,
        output: Output,
    ) -> Result<Self, NnError> {
        if layers.is_empty() {
            return Err(NnError::NoLayers);
        }
        let (mut layout, mut width) = (Layout::new(), inputs);
        let mut placed = Vec::with_capacity(layers.len());
        for (i, layer) in layers.into_iter().enumerate() {
            let outputs = layer.outputs(i, width)?;
            let (parameters, offset) = (layer.parameters(width), layout.len());
            for parameter in &parameters {
                layout.push(format!("{i}.{}", parameter.name), parameter.shape)?;
            }
            placed.push(Placed {
                layer,
                offset,
                parameters,
                outputs,
            });
            width = outputs;
        }
        Ok(Self {
            inputs,
            outputs: width,
            layers: placed,
            output,
            layout,
        })
    }

    /// How many features it takes.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers it makes of a sample.
    #[must_use]
    pub const fn outputs(&self) -> usize {
        self.outputs
    }

    /// The activation of a prediction.
    #[must_use]
    pub const fn output(&self) -> Output {
        self.output
    }

    /// Names and windows of the parameters in θ.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(crate) fn layers(&self) -> &[Placed<T>] {
        &self.layers
    }

    /// A model with freshly drawn parameters; the same key draws the same bits.
    ///
    /// Every parameter has a stream of its own, so that a further layer leaves the others as they were.
    #[must_use]
    pub fn initialize(self, key: Key) -> Model<T> {
        let mut theta = vec![T::from_f64(0.0); self.layout.len()];
        let laws = self.layers.iter().flat_map(|placed| &placed.parameters);
        for (i, (entry, parameter)) in zip(self.layout.entries(), laws).enumerate() {
            let mut rng = key.index(i as u64).rng();
            let window = &mut theta[entry.window()]; // θ has the layout's length
            parameter.initializer.fill(window, entry.shape, &mut rng);
        }
        Model::from_parts(self, theta)
    }

    /// Records the network's logits of the batch `x` (features × samples).
    pub fn logits<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
        mode: Mode,
    ) -> MatrixVar<'t, T> {
        let record = |x: MatrixVar<'t, T>, (layer, placed): (usize, &Placed<T>)| {
            placed.layer.forward(
                x,
                &Pass {
                    tape,
                    offset: placed.offset,
                    layer,
                    mode,
                },
            )
        };
        self.layers.iter().enumerate().fold(x, record)
    }
}
