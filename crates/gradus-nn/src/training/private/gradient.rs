//! The gradient of the samples of a shard, or how long it is for each of them.

use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::network::Network;
use crate::recording::{Buffers, Mode};
use gradus_autodiff::{Arena, MatrixVar, Tape};
use gradus_linalg::Scalar;
use gradus_losses::{Loss, Weights};
use gradus_numeric::{Order, Shape};
use gradus_random::Key;

/// What all gradients of a step have in common.
pub(super) struct Task<'a, T: Scalar> {
    pub(super) network: &'a Network<T>,
    /// θ, and as many zeros behind it as a shard has samples.
    pub(super) extended: &'a [T],
    pub(super) loss: &'a dyn Loss<T>,
    pub(super) samples: &'a dyn Samples<T>,
    /// What the layers draw from in this step.
    pub(super) key: Key,
}

/// What is asked of a recording.
#[derive(Clone, Copy)]
pub(super) enum Ask<'a, T> {
    /// The gradient of the weighted sum of the losses.
    Sum(Weights<'a, T>),
    /// The square of the length of each sample's gradient.
    Squares,
}

/// Memory of recordings, which one after the other reuse.
#[derive(Debug)]
pub(super) struct Recorder<T: Scalar> {
    arena: Arena<T>,
    targets: TargetBuffer<T>,
    /// By θ, and behind it the squares of lengths, one a sample.
    pub(super) gradient: Vec<T>,
}

impl<T: Scalar> Recorder<T> {
    pub(super) fn new(gradient: Vec<T>) -> Self {
        Self {
            arena: Arena::new(),
            targets: TargetBuffer::default(),
            gradient,
        }
    }

    /// Differentiates the samples at `index`; layers draw for the first of them as for a sample at that place.
    pub(super) fn differentiate(
        &mut self,
        index: &[u32],
        first: usize,
        ask: Ask<'_, T>,
        task: &Task<'_, T>,
    ) -> Result<(), NnError> {
        task.samples.gather_targets(index, &mut self.targets);
        let target = self.targets.as_target();
        let parameters = task.network.layout().len();
        let (length, weights) = match ask {
            Ask::Sum(weights) => (parameters, weights),
            Ask::Squares => (parameters + index.len(), Weights::Equal),
        };
        let mode = Mode::training(task.key, first);
        let mut outcome = Ok(());
        let (theta, gradient) = (&task.extended[..length], &mut self.gradient[..length]); // both long enough
        let recorded = self.arena.value_and_gradient(theta, gradient, |tape| {
            let x = samples(tape, index, task.samples);
            let logits = match ask {
                Ask::Sum(_) => task.network.logits(tape, x, mode, Buffers::default()),
                Ask::Squares => task.network.witnessed_logits(tape, x, mode, parameters),
            };
            let logits = logits.unwrap_or_else(|error| {
                outcome = Err(error);
                x
            });
            logits.loss(|z, slope| {
                if outcome.is_err() {
                    return Err(()); // told already
                }
                let loss = task.loss.value_and_gradient(z, target, weights, 1.0, slope);
                loss.map(T::from_f64)
                    .map_err(|error| outcome = Err(error.into()))
            })
        });
        outcome?;
        recorded?;
        Ok(())
    }
}

fn samples<'t, T: Scalar>(
    tape: &'t Tape<'t, T>,
    index: &[u32],
    samples: &dyn Samples<T>,
) -> MatrixVar<'t, T> {
    let shape = Shape::new(samples.features(), index.len());
    tape.constant(shape, Order::Columns, |memory| {
        samples.gather(index, memory);
    })
}
