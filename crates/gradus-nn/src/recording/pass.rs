//! What a layer is told, and what it may ask for, while it records.

use super::buffers::Buffers;
use super::declaration::{Declaration, LayerRequest, Parameter, Request};
use super::initializer::Initializer;
use super::mode::Mode;
use super::name::Name;
use super::plan::{Follower, Place, Plan, matrix};
use super::summary_row::SummaryRow;
use super::{Batch, Layer};
use crate::error::{Misfit, NnError};
use gradus_autodiff::{MatrixVar, Rule, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{Order, Shape};
use std::iter::zip;
use std::ops::Range;
use std::sync::Arc;

/// One recording of a network: the tape, what the layers may ask for, and whether it is training.
///
/// The first recording *declares*: names and shapes are written down, nothing is computed. Every later one
/// *follows*: requests are counted, and one that differs from what was written down is an error. So a layer
/// asks for the same things in the same order whether it trains or not.
///
/// # Examples
///
/// A layer that normalizes with a rule of its own, or draws numbers of its own, asks for them:
///
/// ```
/// use gradus_nn::layers::{Mode, function};
/// use gradus_nn::{Initializer, Network, Output};
///
/// let shift = function("shift", |x, pass| {
///     let b = pass.parameter("bias", &[x.sample.len()], Initializer::Zeros)?;
///     assert_eq!(pass.stream()?, 0); // the first stream of the network
///     Ok(x.map(|x| x.add_column(b)))
/// });
/// let network = Network::<f64>::new(3, vec![shift], Output::Identity)?;
/// assert_eq!(network.layout().len(), 3);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Debug)]
pub struct Pass<'p, 't, T: Scalar> {
    tape: &'t Tape<'t, T>,
    mode: Mode,
    plan: Plan<'p, T>,
    buffers: Buffers<'p, T>,
    /// Whether parameters are constants to whatever is computed of them.
    constant: bool,
}

impl<'p, 't, T: Scalar> Pass<'p, 't, T> {
    pub(crate) fn declaring(tape: &'t Tape<'t, T>, declaration: &'p mut Declaration<T>) -> Self {
        Self {
            tape,
            mode: Mode::Evaluation,
            plan: Plan::Declare(declaration, Place::default()),
            buffers: Buffers::default(),
            constant: false,
        }
    }

    pub(crate) fn following(
        tape: &'t Tape<'t, T>,
        mode: Mode,
        declaration: &'p Declaration<T>,
        buffers: Buffers<'p, T>,
    ) -> Self {
        // What no layer updates stays as it is.
        if buffers.next.len() == buffers.now.len() {
            buffers.next.copy_from_slice(buffers.now);
        }
        Self {
            tape,
            mode,
            plan: Plan::Follow(Follower::new(declaration)),
            buffers,
            constant: false,
        }
    }

    /// The same pass with parameters that nothing flows back into.
    pub(crate) fn with_constant_parameters(self) -> Self {
        Self {
            constant: true,
            ..self
        }
    }

    /// Where everything is recorded.
    #[must_use]
    pub const fn tape(&self) -> &'t Tape<'t, T> {
        self.tape
    }

    /// Training or evaluation; a layer whose parameters are all frozen is in evaluation.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The parameter `name` of the layer.
    ///
    /// Of its dimensions, which are those in a file, the first counts the rows: `[units]` is a column,
    /// `[outputs, channels, 3, 3]` an outputs × 9·channels matrix.
    ///
    /// # Errors
    ///
    /// [`NnError::Optim`] if the layer has that name already or if there are too many numbers;
    /// [`NnError::Request`] if it asked for something else when the network was made.
    pub fn parameter(
        &mut self,
        name: &str,
        dimensions: &[usize],
        initializer: Initializer,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        self.window([name], dimensions, [initializer])
    }

    /// Two parameters of `n` numbers each, as the two rows of one matrix.
    ///
    /// # Errors
    ///
    /// As [`parameter`](Self::parameter).
    pub fn pair(
        &mut self,
        names: [&str; 2],
        n: usize,
        initializers: [Initializer; 2],
    ) -> Result<MatrixVar<'t, T>, NnError> {
        self.window(names, &[n], initializers)
    }

    /// The biases of a layer of so many outputs, which start at zero; without them, zeros that are no parameter.
    pub(crate) fn bias(
        &mut self,
        outputs: usize,
        given: bool,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        if given {
            return self.parameter("bias", &[outputs], Initializer::Zeros);
        }
        let zeros = |numbers: &mut [T]| numbers.fill(T::from_f64(0.0));
        Ok(self
            .tape
            .constant(Shape::new(outputs, 1), Order::Columns, zeros))
    }

    /// Windows of θ that lie one after the other, as one matrix.
    fn window<const N: usize>(
        &mut self,
        names: [&str; N],
        dimensions: &[usize],
        initializers: [Initializer; N],
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let each = matrix(dimensions);
        let shape = match N {
            1 => each,
            _ => Shape::new(N, each.rows),
        };
        let (offset, frozen) = match &mut self.plan {
            Plan::Declare(declaration, place) => {
                let first = declaration.layout.entries().len();
                for (name, initializer) in zip(names, initializers) {
                    let parameter = Parameter {
                        dimensions: dimensions.into(),
                        initializer,
                        frozen: false,
                    };
                    place.parameter(declaration, name, each, parameter)?;
                }
                let full = format!("{}{}", place.path, names.first().unwrap_or(&""));
                let place_of = |name: &str| {
                    let entries = declaration.layout.entries();
                    entries.iter().position(|entry| entry.name == name)
                };
                let first = place_of(&full).unwrap_or(first);
                declaration.requests.push(Request::Parameters(first));
                place.used.extend(first..first + N);
                let entry = declaration.layout.entries().get(first);
                (entry.map_or(0, |entry| entry.offset), false)
            }
            Plan::Follow(follower) => follower.parameters(names, each)?,
        };
        Ok(if frozen || self.constant {
            self.tape.frozen(offset, shape)
        } else {
            self.tape.parameter(offset, shape)
        })
    }

    /// Says that the last two parameters that were asked for are the weight and the bias of a dense layer.
    pub(crate) fn note_dense(&mut self) {
        if let Plan::Declare(declaration, _) = &mut self.plan {
            let asked = declaration.requests.iter().rev();
            let last = asked.filter_map(|request| match request {
                Request::Parameters(first) => Some(*first),
                _ => None,
            });
            declaration.dense.extend(last.take(2));
        }
    }

    /// Two buffers of `n` numbers each, which start at `initial`: numbers of the model that are not trained.
    ///
    /// # Errors
    ///
    /// As [`parameter`](Self::parameter).
    pub fn buffers(
        &mut self,
        names: [&str; 2],
        n: usize,
        initial: [f64; 2],
    ) -> Result<Range<usize>, NnError> {
        let start = match &mut self.plan {
            Plan::Declare(declaration, place) => {
                let first = place.buffers(declaration, names, n, initial)?;
                declaration.requests.push(Request::Buffers(first));
                let entry = declaration.buffer_layout.entries().get(first);
                entry.map_or(0, |entry| entry.offset)
            }
            Plan::Follow(follower) => follower.buffers(names, n)?,
        };
        Ok(start..start + 2 * n)
    }

    /// Buffers as a matrix of two rows that is not trained.
    #[must_use]
    pub fn constant(&self, buffers: Range<usize>) -> MatrixVar<'t, T> {
        let shape = Shape::new(2, buffers.len() / 2);
        self.tape.constant(shape, Order::Rows, |c| {
            match self.buffers.now.get(buffers) {
                Some(now) => c.copy_from_slice(now),
                None => c.fill(T::from_f64(1.0)),
            }
        })
    }

    /// Sets what the buffers are after the step, by what they are and what this recording has seen.
    ///
    /// The recording sees a shard: the model gets the mean of what all shards wish, weighted by their samples.
    pub fn update(
        &mut self,
        buffers: Range<usize>,
        seen: MatrixVar<'t, T>,
        f: impl Fn(usize, T, T) -> T,
    ) {
        let Some(next) = self.buffers.next.get_mut(buffers) else {
            return;
        };
        // A mistake on the tape is told by whoever asks for the gradient.
        let _ = seen.with(|seen| {
            for (i, (next, &seen)) in zip(next, seen.as_slice()).enumerate() {
                *next = f(i, *next, seen);
            }
        });
    }

    /// A rule with data of its own, which is made once, when the network is.
    ///
    /// # Errors
    ///
    /// [`NnError::Request`] if the layer asked for something else when the network was made.
    pub fn rule<R: Rule<T> + 'static>(
        &mut self,
        make: impl FnOnce() -> R,
    ) -> Result<Arc<dyn Rule<T>>, NnError> {
        match &mut self.plan {
            Plan::Declare(declaration, _) => {
                let rule: Arc<dyn Rule<T>> = Arc::new(make());
                declaration
                    .requests
                    .push(Request::Rule(declaration.rules.len()));
                declaration.rules.push(Arc::clone(&rule));
                Ok(rule)
            }
            Plan::Follow(follower) => follower.rule(),
        }
    }

    /// The number of a random stream that no other layer draws from.
    ///
    /// # Errors
    ///
    /// As [`rule`](Self::rule).
    pub fn stream(&mut self) -> Result<u64, NnError> {
        match &mut self.plan {
            Plan::Declare(declaration, _) => {
                let stream = declaration.streams;
                declaration.requests.push(Request::Stream(stream));
                declaration.streams += 1;
                Ok(stream)
            }
            Plan::Follow(follower) => follower.stream(),
        }
    }

    /// Records a layer as a part of this one; the names of what it asks for begin with `name` and a dot.
    ///
    /// # Errors
    ///
    /// What the layer says.
    pub fn layer<'n>(
        &mut self,
        name: impl Into<Name<'n>>,
        layer: &dyn Layer<T>,
        x: Batch<'t, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        match &self.plan {
            Plan::Declare(_, place) => {
                let name = name.into();
                let path = format!("{}{name}.", place.path);
                self.declare_layer(name.number(), path, place.shared, layer, x)
            }
            Plan::Follow(_) => self.follow_layer(name.into(), layer, x),
        }
    }

    /// Records a layer with names of its own, wherever it stands: `path` and a dot, and then its names.
    ///
    /// Parameters that have such a name already are used again instead of being declared: two layers with one
    /// path share them, and the tape adds up what flows back into them.
    ///
    /// # Errors
    ///
    /// What the layer says, and [`NnError::Tied`] if a parameter has other dimensions than it had before.
    pub fn tied(
        &mut self,
        path: &str,
        layer: &dyn Layer<T>,
        x: Batch<'t, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        match self.plan {
            Plan::Declare(..) => self.declare_layer(None, format!("{path}."), true, layer, x),
            Plan::Follow(_) => self.follow_layer(Name::Word(path), layer, x),
        }
    }

    fn declare_layer(
        &mut self,
        number: Option<usize>,
        path: String,
        shared: bool,
        layer: &dyn Layer<T>,
        x: Batch<'t, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let before = self.tape.footprint()?.multiply_adds;
        let Plan::Declare(declaration, place) = &mut self.plan else {
            return layer.forward(x, self);
        };
        let (request, known) = (declaration.requests.len(), declaration.layout.len());
        let inner = Place {
            path,
            depth: place.depth + 1,
            kind: layer.kind(),
            shared,
            used: vec![],
        };
        declaration.requests.push(Request::Layer(LayerRequest {
            number,
            path: inner.path.clone(),
            kind: inner.kind,
            parameters: vec![],
            frozen: false,
        }));
        let outer = std::mem::replace(place, inner);
        let y = layer.forward(x, self)?;
        let footprint = self.tape.footprint();
        let footprint = footprint.map_err(|why| self.misfit(x, Misfit::Recording(why)))?;
        let multiply_adds = footprint.multiply_adds - before;
        if let Plan::Declare(declaration, place) = &mut self.plan {
            let inner = std::mem::replace(place, outer);
            place.used.extend(&inner.used);
            if inner.depth == 1 {
                declaration.rows.push(SummaryRow {
                    kind: inner.kind,
                    outputs: y.sample,
                    parameters: declaration.layout.len() - known,
                    multiply_adds,
                    frozen: false,
                    own: inner.used.clone(),
                });
            }
            if let Some(Request::Layer(layer)) = declaration.requests.get_mut(request) {
                layer.parameters = inner.used;
            }
            declaration.requests.push(Request::End);
        }
        Ok(y)
    }

    fn follow_layer(
        &mut self,
        name: Name<'_>,
        layer: &dyn Layer<T>,
        x: Batch<'t, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let Plan::Follow(follower) = &mut self.plan else {
            return layer.forward(x, self);
        };
        let (outer, mode) = (follower.layer, self.mode);
        if follower.begin(name, layer.kind())?.frozen {
            self.mode = Mode::Evaluation;
        }
        let y = layer.forward(x, self)?;
        self.mode = mode;
        if let Plan::Follow(follower) = &mut self.plan {
            follower.end("to end")?;
            follower.layer = outer;
        }
        Ok(y)
    }

    /// Whether everything that was declared has been asked for.
    pub(crate) fn finish(self) -> Result<(), NnError> {
        match self.plan {
            Plan::Declare(..) => Ok(()),
            Plan::Follow(follower) => follower.finish(),
        }
    }

    /// The error of a layer that cannot take `x`.
    #[must_use]
    pub fn misfit(&self, x: Batch<'t, T>, why: Misfit) -> NnError {
        let (path, kind) = match &self.plan {
            Plan::Declare(_, place) => (place.path.as_str(), place.kind),
            Plan::Follow(follower) => follower.place(),
        };
        NnError::Layer {
            layer: path.trim_end_matches('.').to_owned(),
            kind,
            input: x.sample,
            why: Box::new(why),
        }
    }
}
