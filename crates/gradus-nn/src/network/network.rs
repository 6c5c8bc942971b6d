//! A network: layers, and where their parameters lie.

use super::Output;
use crate::error::NnError;
use crate::recording::{Batch, Buffers, Declaration, Layer, Mode, Pass};
use crate::sample_shape::SampleShape;
use gradus_autodiff::{MatrixVar, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{Order, Shape};
use gradus_optim::{Entry, Layout};
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
pub struct Network<T: Scalar> {
    input: SampleShape,
    output_shape: SampleShape,
    layers: Vec<Box<dyn Layer<T>>>,
    output: Output,
    declaration: Declaration<T>,
}

impl<T: Scalar> Network<T> {
    /// A network that takes samples of that shape: a number of features, a sequence or images.
    ///
    /// # Errors
    ///
    /// [`NnError::NoLayers`], [`NnError::Layer`] or [`NnError::Domain`] if layers do not make sense.
    pub fn new(
        input: impl Into<SampleShape>,
        layers: Vec<Box<dyn Layer<T>>>,
        output: Output,
    ) -> Result<Self, NnError> {
        if layers.is_empty() {
            return Err(NnError::NoLayers);
        }
        let input = input.into();
        let mut declaration = Declaration::default();
        // Recorded on no samples: all shapes are there, and nothing is computed.
        let tape = Tape::new(&[]);
        let matrix = tape.constant(Shape::new(input.len(), 0), Order::Columns, |_| {});
        let x = Batch {
            matrix,
            sample: input,
        };
        let y = run(&layers, x, &mut Pass::declaring(&tape, &mut declaration))?;
        y.matrix.with(|_| ())?;
        Ok(Self {
            input,
            output_shape: y.sample,
            layers,
            output,
            declaration,
        })
    }

    /// What a sample is that it takes.
    #[must_use]
    pub const fn input_shape(&self) -> SampleShape {
        self.input
    }

    /// What a sample is that it makes.
    #[must_use]
    pub const fn output_shape(&self) -> SampleShape {
        self.output_shape
    }

    /// How many features it takes.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        self.input.len()
    }

    /// How many numbers it makes of a sample.
    #[must_use]
    pub const fn outputs(&self) -> usize {
        self.output_shape.len()
    }

    /// The activation of a prediction.
    #[must_use]
    pub const fn output(&self) -> Output {
        self.output
    }

    /// Names and windows of the parameters in θ.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.declaration.layout
    }

    /// Names and windows of the buffers: numbers of the model that are not trained.
    #[must_use]
    pub const fn buffer_layout(&self) -> &Layout {
        &self.declaration.buffer_layout
    }

    /// What a file of the model holds: name and window, dimensions, and whether it is trained.
    pub(crate) fn tensors(&self) -> impl Iterator<Item = (&Entry, Vec<usize>, bool)> {
        let parameters = self
            .declaration
            .parameters
            .iter()
            .map(|p| p.dimensions.clone());
        let trained = zip(self.layout().entries(), parameters)
            .map(|(entry, dimensions)| (entry, dimensions, true));
        let buffers = self.buffer_layout().entries().iter();
        trained.chain(buffers.map(|entry| (entry, vec![entry.shape.rows], false)))
    }

    pub(crate) const fn declaration(&self) -> &Declaration<T> {
        &self.declaration
    }

    /// Records the network's logits of the batch `x` (features × samples).
    pub fn logits<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
        mode: Mode,
        buffers: Buffers<'_, T>,
    ) -> MatrixVar<'t, T> {
        let x = Batch {
            matrix: x,
            sample: self.input,
        };
        let mut pass = Pass::following(tape, mode, &self.declaration, buffers);
        // What could not be recorded was refused when the network was made.
        run(&self.layers, x, &mut pass).map_or(x, |y| y).matrix
    }
}

/// The layers one after the other; their names are their indices.
fn run<'t, T: Scalar>(
    layers: &[Box<dyn Layer<T>>],
    x: Batch<'t, T>,
    pass: &mut Pass<'_, 't, T>,
) -> Result<Batch<'t, T>, NnError> {
    let mut layers = layers.iter().enumerate();
    layers.try_fold(x, |x, (i, layer)| pass.layer(i, &**layer, x))
}
