//! A model: a network and its parameters.

use super::Network;
use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::memory::{filled, zeros};
use crate::recording::{Buffers, Mode};
use gradus_autodiff::{Arena, Tape};
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Target, Weights};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_optim::Layout;
use gradus_pages::LargePages;
use gradus_random::Key;
use std::iter::zip;
use std::mem::take;

/// A network with its parameters.
///
/// # Examples
///
/// ```
/// use gradus_nn::{Key, Network, Output, layers::dense};
///
/// let mut model = Network::<f64>::new(2, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![2.0, 3.0, 1.0])?; // weight (2, 3), bias 1
/// assert_eq!(model.predict_one(&[10.0, 100.0])?, [321.0]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Debug)]
pub struct Model<T: Scalar> {
    network: Network<T>,
    theta: LargePages<T>,
    buffers: Vec<T>,
}

impl<T: Scalar> Model<T> {
    /// The network.
    #[must_use]
    pub const fn network(&self) -> &Network<T> {
        &self.network
    }

    /// The parameters, one vector with the network's layout.
    #[must_use]
    pub fn theta(&self) -> &[T] {
        &self.theta
    }

    /// The numbers that are not trained, one vector with the network's layout of buffers.
    #[must_use]
    pub fn buffers(&self) -> &[T] {
        &self.buffers
    }

    /// Replaces the parameters.
    ///
    /// # Errors
    ///
    /// [`NnError::ParameterCount`] if there are more or fewer than the network has,
    /// [`NnError::NonFiniteParameter`] if one is NaN or infinite; nothing has changed.
    pub fn set_theta(&mut self, theta: Vec<T>) -> Result<(), NnError> {
        check(self.network.layout(), &theta)?;
        self.theta = theta.into();
        Ok(())
    }

    /// Replaces the numbers that are not trained.
    ///
    /// # Errors
    ///
    /// As [`set_theta`](Self::set_theta).
    pub fn set_buffers(&mut self, buffers: Vec<T>) -> Result<(), NnError> {
        check(self.network.buffer_layout(), &buffers)?;
        self.buffers = buffers;
        Ok(())
    }

    /// The same model with other parameters frozen; see [`Network::freeze`].
    #[must_use]
    pub fn freeze(mut self, which: impl Fn(&str) -> bool) -> Self {
        self.network = self.network.freeze(which);
        self
    }

    pub(crate) fn parts_mut(&mut self) -> (&Network<T>, &mut [T], &mut Vec<T>) {
        (&self.network, &mut self.theta, &mut self.buffers)
    }

    /// The prediction for one sample.
    ///
    /// # Errors
    ///
    /// As [`predict`](Self::predict).
    pub fn predict_one(&self, sample: &[T]) -> Result<Vec<T>, NnError> {
        let prediction = self.predict(MatrixRef::from_column(sample))?;
        Ok(prediction.as_slice().to_vec())
    }

    /// The predictions for many samples.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples in either order; the result is outputs × samples.
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`] if `x` has another number of rows than the network inputs.
    pub fn predict(&self, x: MatrixRef<'_, T>) -> Result<DMatrix<T>, NnError> {
        let columns = |first, last| (first..last).flat_map(move |j| x.column(j));
        self.collect(x.rows(), x.columns(), |first, last, memory| {
            memory
                .iter_mut()
                .zip(columns(first, last))
                .for_each(|(m, x)| *m = x);
        })
    }

    /// The predictions for all samples of a data set, in their order.
    ///
    /// # Errors
    ///
    /// As [`predict`](Self::predict).
    pub fn predict_samples(&self, samples: &dyn Samples<T>) -> Result<DMatrix<T>, NnError> {
        let index = all(samples.len())?;
        self.collect(samples.features(), index.len(), |first, last, memory| {
            samples.gather(&index[first..last], memory); // last ≤ index.len()
        })
    }

    /// Passes samples through the layers, in evaluation, and shows `look` the number and the kind of each layer with what it
    /// makes: numbers × samples of a chunk, in the order of memory, one chunk of samples after the other.
    ///
    /// # Errors
    ///
    /// As [`predict_samples`](Self::predict_samples).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::{dense, relu};
    /// use gradus_nn::losses::Target;
    /// use gradus_nn::{Dataset, Features, Key, Network, Output};
    ///
    /// let mut model = Network::new(1, vec![dense(1), relu()], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![-2.0, 0.0])?;
    /// let features = Features::Bytes { bytes: &[3], features: 1, scale: 1.0 };
    /// let mut seen = vec![];
    /// model.activations(&Dataset::new(features, Target::Labels(&[0]))?, |layer, kind, x| {
    ///     seen.push((layer, kind, x.as_slice().to_vec()));
    /// })?;
    /// assert_eq!(seen, [(0, "dense", vec![-6.0]), (1, "Relu", vec![0.0])]);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    pub fn activations(
        &self,
        samples: &dyn Samples<T>,
        mut look: impl FnMut(usize, &'static str, MatrixRef<'_, T>),
    ) -> Result<(), NnError> {
        let (expected, got) = (self.network.inputs(), samples.features());
        if expected != got {
            return Err(NnError::FeatureCount { expected, got });
        }
        let mut arena = Arena::new();
        for index in all(samples.len())?.chunks(CHUNK) {
            let tape = Tape::with_arena(&self.theta, take(&mut arena));
            let shape = Shape::new(expected, index.len());
            let x = tape.constant(shape, Order::Columns, |x| samples.gather(index, x));
            let (now, next) = (&self.buffers[..], &mut [][..]);
            let buffers = Buffers { now, next };
            self.network
                .each_layer(&tape, x, Mode::Evaluation, buffers, |layer, kind, y| {
                    Ok(y.with(|y| look(layer, kind, y))?)
                })?;
            arena = tape.into_arena();
        }
        Ok(())
    }

    /// Calls `look` with the logits, targets and weights of one chunk of samples after the other, for parameters `theta`.
    pub(crate) fn for_each_chunk(
        &self,
        theta: &[T],
        samples: &dyn Samples<T>,
        mut look: impl FnMut(MatrixRef<'_, T>, Target<'_, T>, Weights<'_, T>) -> Result<(), NnError>,
    ) -> Result<(), NnError> {
        let index = all(samples.len())?;
        let (mut arena, mut targets) = (Arena::new(), TargetBuffer::default());
        let mut weights = Vec::new();
        for index in index.chunks(CHUNK) {
            samples.gather_targets(index, &mut targets);
            weights.clear();
            samples.gather_weights(index, &mut weights);
            let weights = match &weights[..] {
                [] => Weights::Equal,
                weights => Weights::PerSample(weights),
            };
            let target = targets.as_target();
            let gather = |memory: &mut [T]| samples.gather(index, memory);
            self.logits(theta, &mut arena, index.len(), gather, |logits| {
                look(logits, target, weights)
            })?;
        }
        Ok(())
    }

    /// Predictions of `count` samples; `write(first, last, memory)` puts a range of them into memory.
    fn collect(
        &self,
        features: usize,
        count: usize,
        write: impl Fn(usize, usize, &mut [T]),
    ) -> Result<DMatrix<T>, NnError> {
        let expected = self.network.inputs();
        if features != expected {
            return Err(NnError::FeatureCount {
                expected,
                got: features,
            });
        }
        let outputs = self.network.outputs();
        let all = outputs.saturating_mul(count);
        let zeros = filled("predictions", all, T::from_f64(0.0))?;
        let mut predictions = DMatrix::from_vec(outputs, count, zeros);
        let (mut arena, output) = (Arena::new(), self.network.output());
        for first in (0..count).step_by(CHUNK) {
            let last = (first + CHUNK).min(count);
            self.logits(
                &self.theta,
                &mut arena,
                last - first,
                |memory| write(first, last, memory),
                |logits| {
                    for j in first..last {
                        let mut column = predictions.column_mut(j);
                        column
                            .iter_mut()
                            .zip(logits.column(j - first))
                            .for_each(|(p, z)| *p = z);
                        output.apply(column.as_mut_slice())?;
                    }
                    Ok(())
                },
            )?;
        }
        Ok(predictions)
    }

    /// Shows `look` the logits of `count` samples, which `write` puts into memory.
    fn logits(
        &self,
        theta: &[T],
        arena: &mut Arena<T>,
        count: usize,
        write: impl FnOnce(&mut [T]),
        look: impl FnOnce(MatrixRef<'_, T>) -> Result<(), NnError>,
    ) -> Result<(), NnError> {
        let tape = Tape::with_arena(theta, take(arena));
        let x = tape.constant(
            Shape::new(self.network.inputs(), count),
            Order::Columns,
            write,
        );
        self.network
            .logits(
                &tape,
                x,
                Mode::Evaluation,
                Buffers {
                    now: &self.buffers,
                    next: &mut [],
                },
            )?
            .with(look)??;
        *arena = tape.into_arena();
        Ok(())
    }
}

impl<T: Scalar> Network<T> {
    /// A model with freshly drawn parameters; the same key draws the same bits.
    ///
    /// Every parameter has a stream of its own, so that a further layer leaves the others as they were.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the same key draws the same bits | `initialization_is_keyed` |
    ///
    /// # Errors
    ///
    /// [`NnError::TooLarge`] if there is no memory for so many parameters.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, Network, Output, layers::dense};
    ///
    /// let network = || Network::<f32>::new(3, vec![dense(2)], Output::Identity);
    /// let [first, again] = [network()?.initialize(Key::new(7))?, network()?.initialize(Key::new(7))?];
    /// assert_eq!(first.theta(), again.theta());
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    pub fn initialize(self, key: Key) -> Result<Model<T>, NnError> {
        let zero = T::from_f64(0.0);
        let mut theta = zeros("parameters", self.layout().len())?;
        for (i, (entry, parameter)) in self.declaration().entries().enumerate() {
            let mut rng = key.index(i as u64).rng();
            let window = &mut theta[entry.window()]; // θ has the layout's length
            let dimensions = &parameter.dimensions;
            parameter.initializer.fill(window, dimensions, &mut rng)?;
        }
        let mut buffers = filled("buffers", self.buffer_layout().len(), zero)?;
        for (entry, &initial) in zip(self.buffer_layout().entries(), &self.declaration().buffers) {
            buffers[entry.window()].fill(T::from_f64(initial)); // of the layout's length
        }
        Ok(Model {
            network: self,
            theta,
            buffers,
        })
    }
}

/// Whether `numbers` can stand for a vector of that length.
fn check<T: Scalar>(layout: &Layout, numbers: &[T]) -> Result<(), NnError> {
    let (expected, got) = (layout.len(), numbers.len());
    if expected != got {
        return Err(NnError::ParameterCount { expected, got });
    }
    match numbers.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(at) => Err(not_finite(layout, numbers, at)),
    }
}

/// The error of a number that is not finite.
pub(crate) fn not_finite<T: Scalar>(layout: &Layout, numbers: &[T], at: usize) -> NnError {
    let entry = layout.at(at);
    NnError::NonFiniteParameter {
        name: entry.map_or_else(String::new, |entry| entry.name.clone()),
        index: at - entry.map_or(0, |entry| entry.offset),
        value: numbers.get(at).map_or(f64::NAN, |x| x.to_f64()),
    }
}

fn all(samples: usize) -> Result<Vec<u32>, NnError> {
    let count = u32::try_from(samples).map_err(|_| NnError::SampleCount { samples })?;
    Ok((0..count).collect())
}

/// How many samples are predicted at once.
const CHUNK: usize = 256;
