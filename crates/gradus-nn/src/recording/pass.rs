//! What a layer is told, and what it may ask for, while it records.

use super::declaration::{Buffer, Declaration, Parameter};
use super::initializer::Initializer;
use super::summary_row::SummaryRow;
use super::{Batch, Layer};
use crate::error::{Misfit, NnError};
use gradus_autodiff::{MatrixVar, Rule, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{Order, Shape};
use gradus_random::Key;
use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

/// One recording of a network: the tape, what has been asked for so far, and whether it is training.
#[derive(Debug)]
pub struct Pass<'p, 't, T: Scalar> {
    tape: &'t Tape<'t, T>,
    mode: Mode,
    plan: Plan<'p, T>,
    asked: Asked,
    buffers: Buffers<'p, T>,
}

/// The numbers that are no parameters: as they are, and as this pass would have them.
#[derive(Debug, Default)]
pub struct Buffers<'p, T> {
    /// The buffers of the model.
    pub now: &'p [T],
    /// As long as `now`, or empty when nobody wants to know.
    pub next: &'p mut [T],
}

/// Writing down what a network needs, or following what was written down.
#[derive(Debug)]
enum Plan<'p, T: Scalar> {
    Declare(&'p mut Declaration<T>, Place),
    Follow(&'p Declaration<T>),
}

/// Where in the network the declaration stands.
#[derive(Debug, Default)]
struct Place {
    path: String,
    depth: usize,
    kind: &'static str,
}

/// How much of everything has been asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    parameters: usize,
    buffers: usize,
    rules: usize,
    streams: u64,
}

/// Training or evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is a fixed function of its input.
    Evaluation,
    /// What is random is drawn.
    Training {
        /// The key of this step: seed, first stream of the layers and, as `epoch`, the number of the step.
        key: Key,
        /// The place in the batch of the first sample of this shard.
        first: usize,
    },
}

impl<'p, 't, T: Scalar> Pass<'p, 't, T> {
    pub(crate) fn declaring(tape: &'t Tape<'t, T>, declaration: &'p mut Declaration<T>) -> Self {
        let plan = Plan::Declare(declaration, Place::default());
        Self {
            tape,
            mode: Mode::Evaluation,
            plan,
            asked: Asked::default(),
            buffers: Buffers::default(),
        }
    }

    pub(crate) fn following(
        tape: &'t Tape<'t, T>,
        mode: Mode,
        declaration: &'p Declaration<T>,
        buffers: Buffers<'p, T>,
    ) -> Self {
        let plan = Plan::Follow(declaration);
        Self {
            tape,
            mode,
            plan,
            asked: Asked::default(),
            buffers,
        }
    }

    /// Where everything is recorded.
    #[must_use]
    pub const fn tape(&self) -> &'t Tape<'t, T> {
        self.tape
    }

    /// Training or evaluation.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The parameter `name` of the layer. Of its dimensions, which are those in a file, the first counts the
    /// rows: `[units]` is a column, `[outputs, channels, 3, 3]` an outputs × 9·channels matrix.
    ///
    /// # Errors
    ///
    /// [`NnError::Optim`] if the layer has that name already or if there are too many numbers.
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

    /// Windows of θ that lie one after the other, as one matrix.
    fn window<const N: usize>(
        &mut self,
        names: [&str; N],
        dimensions: &[usize],
        initializers: [Initializer; N],
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let each = matrix(dimensions);
        let shape = if N == 1 {
            each
        } else {
            Shape::new(N, each.rows)
        };
        let first = self.asked.parameters;
        self.asked.parameters += N;
        match &mut self.plan {
            Plan::Declare(declaration, place) => {
                for (name, initializer) in names.into_iter().zip(initializers) {
                    declaration
                        .layout
                        .push(format!("{}{name}", place.path), each)?;
                    declaration.parameters.push(Parameter {
                        dimensions: dimensions.into(),
                        initializer,
                    });
                }
                Ok(self
                    .tape
                    .constant(shape, Order::Rows, |w| w.fill(T::from_f64(0.0))))
            }
            Plan::Follow(declaration) => {
                let entry = declaration.layout.entries().get(first);
                Ok(self
                    .tape
                    .parameter(entry.map_or(usize::MAX, |entry| entry.offset), shape))
            }
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
        let first = self.asked.buffers;
        self.asked.buffers += 2;
        if let Plan::Declare(declaration, place) = &mut self.plan {
            for (name, initial) in names.into_iter().zip(initial) {
                declaration
                    .buffer_layout
                    .push(format!("{}{name}", place.path), matrix(&[n]))?;
                declaration.buffers.push(Buffer { initial });
            }
        }
        let layout = match &self.plan {
            Plan::Declare(declaration, _) => &declaration.buffer_layout,
            Plan::Follow(declaration) => &declaration.buffer_layout,
        };
        let start = layout.entries().get(first).map_or(0, |entry| entry.offset);
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

    /// What the buffers shall be after the step, by what they are and what this pass has seen.
    ///
    /// The pass sees a shard: the model gets the mean of what all shards wish, weighted by their samples.
    pub fn update(
        &mut self,
        buffers: Range<usize>,
        seen: MatrixVar<'t, T>,
        f: impl Fn(usize, T, T) -> T,
    ) {
        let (now, next) = (
            self.buffers.now.get(buffers.clone()),
            self.buffers.next.get_mut(buffers),
        );
        if let (Some(now), Some(next)) = (now, next) {
            // A mistake on the tape is told by whoever asks for the gradient.
            let _ = seen.with(|seen| {
                for (i, ((next, &now), &seen)) in
                    next.iter_mut().zip(now).zip(seen.as_slice()).enumerate()
                {
                    *next = f(i, now, seen);
                }
            });
        }
    }

    /// A rule with data of its own, which is made once, when the network is.
    pub fn rule<R: Rule<T> + 'static>(&mut self, make: impl FnOnce() -> R) -> Arc<dyn Rule<T>> {
        let number = self.asked.rules;
        self.asked.rules += 1;
        match &mut self.plan {
            Plan::Declare(declaration, _) => {
                let rule: Arc<dyn Rule<T>> = Arc::new(make());
                declaration.rules.push(Arc::clone(&rule));
                rule
            }
            Plan::Follow(declaration) => match declaration.rules.get(number) {
                Some(rule) => Arc::clone(rule),
                None => Arc::new(make()),
            },
        }
    }

    /// The number of a random stream that no other layer draws from.
    pub fn stream(&mut self) -> u64 {
        self.asked.streams += 1;
        self.asked.streams - 1
    }

    /// Records a layer as a part of this one; the names of what it asks for begin with `name` and a dot.
    ///
    /// # Errors
    ///
    /// What the layer says.
    pub fn layer(
        &mut self,
        name: impl Display,
        layer: &dyn Layer<T>,
        x: Batch<'t, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let Plan::Declare(declaration, place) = &mut self.plan else {
            return layer.forward(x, self);
        };
        let (outer, depth, before) = (place.path.clone(), place.depth, declaration.layout.len());
        *place = Place {
            path: format!("{outer}{name}."),
            depth: depth + 1,
            kind: layer.kind(),
        };
        let y = layer.forward(x, self)?;
        if let Plan::Declare(declaration, place) = &mut self.plan {
            if depth == 0 {
                let (kind, outputs) = (layer.kind(), y.sample);
                let parameters = declaration.layout.len() - before;
                declaration.rows.push(SummaryRow {
                    kind,
                    outputs,
                    parameters,
                });
            }
            (place.path, place.depth) = (outer, depth);
        }
        Ok(y)
    }

    /// The error of a layer that cannot take `x`.
    #[must_use]
    pub fn misfit(&self, x: Batch<'t, T>, why: Misfit) -> NnError {
        let (layer, kind) = match &self.plan {
            Plan::Declare(_, place) => (place.path.trim_end_matches('.').to_owned(), place.kind),
            Plan::Follow(_) => (String::new(), ""),
        };
        NnError::Layer {
            layer,
            kind,
            input: x.sample,
            why: Box::new(why),
        }
    }
}

/// The first dimension counts the rows.
fn matrix(dimensions: &[usize]) -> Shape {
    let (rows, rest) = dimensions.split_first().unwrap_or((&1, &[]));
    Shape::new(*rows, rest.iter().fold(1, |n, &d| n.saturating_mul(d)))
}
