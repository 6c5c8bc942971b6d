//! A network: layers, and where their parameters lie.

use super::Output;
use crate::error::NnError;
use crate::recording::{Batch, Buffers, Declaration, Layer, Mode, Pass};
use crate::sample_shape::SampleShape;
use gradus_autodiff::{Footprint, MatrixVar, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{Order, Shape};
use gradus_optim::{Entry, Layout};
use gradus_random::Key;

/// A feed-forward network: a sequence of layers and the layout of their parameters in one vector θ.
///
/// ```math
/// f_\theta = f_L \circ \dots \circ f_2 \circ f_1
/// ```
///
/// The network itself holds no parameters; [`initialize`](Self::initialize) draws them. Parameters are
/// named as by `torch.nn.Sequential`: the index over all layers, then the name within the layer.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | names, shapes and what does not fit are known at once | `names_shapes_and_misfits_are_known_when_a_network_is_made` |
/// | a layer that asks for something else when it trains is refused | `a_layer_that_asks_in_another_order_is_refused` |
/// | sizes are checked before memory is asked for | `sizes_without_memory_are_refused` |
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
    /// [`NnError::NoLayers`]; [`NnError::Layer`], [`NnError::Domain`], [`NnError::Request`],
    /// [`NnError::Tied`] or [`NnError::Optim`] if layers do not make sense.
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
        let tape = Tape::dry(); // shapes alone: nothing is computed, and nothing is as large as the network
        let x = Batch {
            matrix: samples(&tape, input, 1),
            sample: input,
        };
        let mut pass = Pass::declaring(&tape, &mut declaration);
        let y = run(&layers, x, &mut pass, |_, _, y| Ok(y))?;
        let network = Self {
            input,
            output_shape: y.sample,
            layers,
            output,
            declaration,
        };
        network.footprint(2, TRAINING)?; // whether it asks for the same in training
        Ok(network)
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

    /// Freezes the parameters with such names, and frees all others.
    ///
    /// What is frozen stays as it is in a training that begins afterwards: nothing flows back into it, the
    /// optimizer keeps no state of it, and a layer that has parameters and all of them frozen is in
    /// evaluation: batch normalization uses its running moments, and dropout within it does nothing.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | frozen parameters and buffers keep their bits | `what_is_frozen_stays_to_the_bit` |
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Network, Output, layers::{dense, relu}};
    ///
    /// let layers = vec![dense(10), relu(), dense(3)];
    /// let network = Network::<f32>::new(8, layers, Output::Softmax)?.freeze(|name| name.starts_with("0."));
    /// assert!(network.is_frozen("0.weight") && !network.is_frozen("2.weight"));
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    #[must_use]
    pub fn freeze(mut self, which: impl Fn(&str) -> bool) -> Self {
        self.declaration.freeze(which);
        self
    }

    /// Whether the parameter of that name is frozen.
    #[must_use]
    pub fn is_frozen(&self, name: &str) -> bool {
        let found = self
            .declaration
            .entries()
            .find(|(entry, _)| entry.name == name);
        found.is_some_and(|(_, parameter)| parameter.frozen)
    }

    /// What a file of the model holds: name and window, dimensions, and whether it is trained.
    pub(crate) fn tensors(&self) -> impl Iterator<Item = (&Entry, Vec<usize>, bool)> {
        let parameters = self.declaration.entries();
        let trained = parameters.map(|(entry, p)| (entry, p.dimensions.clone(), true));
        let buffers = self.buffer_layout().entries().iter();
        trained.chain(buffers.map(|entry| (entry, vec![entry.shape.rows], false)))
    }

    /// The layers, first to last.
    pub(crate) fn layers(&self) -> &[Box<dyn Layer<T>>] {
        &self.layers
    }

    pub(crate) const fn declaration(&self) -> &Declaration<T> {
        &self.declaration
    }

    /// What a recording of that many samples and its way back take, with a loss at its end.
    ///
    /// # Errors
    ///
    /// What a layer says that cannot take so many samples.
    pub fn footprint(&self, count: usize, mode: Mode) -> Result<Footprint, NnError> {
        let tape = Tape::dry();
        let x = samples(&tape, self.input, count);
        let y = self.logits(&tape, x, mode, Buffers::default())?;
        let _ = y.loss(|_, _| Err(())); // its memory counts, and nothing is computed
        Ok(tape.footprint()?)
    }

    /// Records the network's logits of the batch `x` (features × samples).
    ///
    /// # Errors
    ///
    /// [`NnError::Layer`] if a layer cannot take so many samples.
    ///
    /// # Examples
    ///
    /// A step with a loss that compares samples with each other. It is no sum over samples, which is what
    /// [`Training`](crate::Training) cuts into shards, but a tape takes any loss that gives its gradient:
    ///
    /// ```
    /// use gradus_nn::autodiff::Arena;
    /// use gradus_nn::layers::{Buffers, Mode, dense};
    /// use gradus_nn::losses::{Comparison, Triplet, Weights};
    /// use gradus_nn::{Network, Order, Output, Shape};
    ///
    /// let network = Network::<f64>::new(1, vec![dense(1)], Output::Identity)?;
    /// let (theta, mut gradient) = ([1.0, 0.0], [0.0; 2]); // z = 1 x + 0
    /// let (samples, triplets) = ([0.0, 1.0, 1.5], [[0, 1, 2]]); // |0 − 1| and |0 − 1.5|
    /// let loss = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
    ///     let x = tape.constant(Shape::new(1, 3), Order::Columns, |x| x.copy_from_slice(&samples));
    ///     let z = network.logits(tape, x, Mode::Evaluation, Buffers::default()).unwrap_or(x);
    ///     z.loss(|z, slopes| {
    ///         Triplet::default().value_and_gradient(z, &triplets, Weights::Equal, 1.0, slopes)
    ///     })
    /// })?;
    /// assert_eq!(loss, 1.0 - 1.5 + 1.0);
    /// assert_eq!(gradient, [1.0 - 1.5, 0.0]); // a larger weight spreads; the bias moves all
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn logits<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
        mode: Mode,
        buffers: Buffers<'_, T>,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let pass = Pass::following(tape, mode, &self.declaration, buffers);
        self.follow(x, pass, |_, _, y| Ok(y))
    }

    /// Records the logits as a function of `x` alone: in evaluation, with parameters that nothing flows back into.
    /// `after` may change what layer `i` hands on.
    pub(crate) fn trace<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
        buffers: &[T],
        mut after: impl FnMut(usize, Batch<'t, T>) -> Batch<'t, T>,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let buffers = Buffers {
            now: buffers,
            next: &mut [],
        };
        let pass = Pass::following(tape, Mode::Evaluation, &self.declaration, buffers);
        self.follow(x, pass.with_constant_parameters(), |i, _, y| {
            Ok(after(i, y))
        })
    }

    /// Records the logits, and shows `look` number and kind of every layer with what it makes.
    pub(crate) fn each_layer<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
        mode: Mode,
        buffers: Buffers<'_, T>,
        mut look: impl FnMut(usize, &'static str, MatrixVar<'t, T>) -> Result<(), NnError>,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let pass = Pass::following(tape, mode, &self.declaration, buffers);
        self.follow(x, pass, |i, kind, y| look(i, kind, y.matrix).map(|()| y))
    }

    /// Whether all parameters belong to dense layers, each to one, none is frozen, and no sample depends on others.
    pub(crate) fn tells_lengths(&self) -> bool {
        let mut dense = self.declaration.dense.clone();
        dense.sort_unstable();
        let parameters = &self.declaration.parameters;
        dense.into_iter().eq(0..parameters.len())
            && parameters.iter().all(|parameter| !parameter.frozen)
            && self.layers.iter().all(|layer| layer.is_samplewise())
    }

    fn follow<'t>(
        &self,
        x: MatrixVar<'t, T>,
        mut pass: Pass<'_, 't, T>,
        after: impl FnMut(usize, &'static str, Batch<'t, T>) -> Result<Batch<'t, T>, NnError>,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let x = Batch {
            matrix: x,
            sample: self.input,
        };
        let y = run(&self.layers, x, &mut pass, after)?;
        pass.finish()?;
        Ok(y.matrix)
    }
}

/// Samples of which only the shape is known.
fn samples<'t, T: Scalar>(
    tape: &'t Tape<'t, T>,
    sample: SampleShape,
    count: usize,
) -> MatrixVar<'t, T> {
    tape.constant(Shape::new(sample.len(), count), Order::Columns, |_| {})
}

/// The layers one after the other; their names are their indices.
fn run<'t, T: Scalar>(
    layers: &[Box<dyn Layer<T>>],
    x: Batch<'t, T>,
    pass: &mut Pass<'_, 't, T>,
    mut after: impl FnMut(usize, &'static str, Batch<'t, T>) -> Result<Batch<'t, T>, NnError>,
) -> Result<Batch<'t, T>, NnError> {
    let mut layers = layers.iter().enumerate();
    layers.try_fold(x, |x, (i, layer)| {
        let y = pass.layer(i, &**layer, x)?;
        after(i, layer.kind(), y)
    })
}

/// Some training.
const TRAINING: Mode = Mode::Training {
    key: Key::new(0),
    first: 0,
};
