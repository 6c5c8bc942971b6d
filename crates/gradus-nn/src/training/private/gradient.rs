//! The gradient of one sample, and the sum of the shortened ones of a shard.

use super::ways_back::WaysBack;
use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::network::Network;
use crate::recording::{Buffers, Mode};
use gradus_autodiff::{Arena, MatrixVar, Tape, Var};
use gradus_linalg::Scalar;
use gradus_losses::{Loss, Weights};
use gradus_numeric::{Order, Shape};
use gradus_random::Key;
use std::iter::zip;
use std::mem::take;

/// What all gradients of a step have in common.
pub(super) struct Task<'a, T: Scalar> {
    pub(super) network: &'a Network<T>,
    pub(super) theta: &'a [T],
    pub(super) loss: &'a dyn Loss<T>,
    pub(super) samples: &'a dyn Samples<T>,
    /// What the layers draw from in this step.
    pub(super) key: Key,
}

/// Memory of recordings, which one after the other reuse.
#[derive(Debug)]
pub(super) struct Recorder<T: Scalar> {
    arena: Arena<T>,
    targets: TargetBuffer<T>,
    ways: WaysBack<T>,
    factors: Vec<T>,
    /// By θ.
    pub(super) gradient: Vec<T>,
}

impl<T: Scalar> Recorder<T> {
    pub(super) fn new(gradient: Vec<T>) -> Self {
        Self {
            arena: Arena::new(),
            targets: TargetBuffer::default(),
            ways: WaysBack::new(),
            factors: Vec::new(),
            gradient,
        }
    }

    /// Differentiates the sum of the losses of the samples at `index`; layers draw for the first of them as for a sample
    /// at that place.
    pub(super) fn differentiate(
        &mut self,
        index: &[u32],
        first: usize,
        task: &Task<'_, T>,
    ) -> Result<(), NnError> {
        self.record(index, first, task, |tape, y, _, _, gradient| {
            Ok(tape.pull_back(y, gradient)?)
        })
    }

    /// Sums the gradients of the samples at `index`, each times what `factor` says of its sample and its length.
    pub(super) fn sum_shortened(
        &mut self,
        index: &[u32],
        task: &Task<'_, T>,
        factor: impl Fn(u32, f64) -> Result<f64, NnError>,
    ) -> Result<(), NnError> {
        self.record(index, 0, task, |tape, y, ways, factors, gradient| {
            let squares = ways.squares(tape, y, index.len(), gradient)?;
            factors.clear();
            for (&sample, square) in zip(index, squares) {
                factors.push(T::from_f64(factor(sample, square.sqrt())?));
            }
            ways.sum(tape, y, factors, gradient)
        })
    }

    /// Records the sum of the losses, and goes `back`.
    fn record(
        &mut self,
        index: &[u32],
        first: usize,
        task: &Task<'_, T>,
        back: impl FnOnce(
            &Tape<'_, T>,
            Var<'_, T>,
            &mut WaysBack<T>,
            &mut Vec<T>,
            &mut [T],
        ) -> Result<(), NnError>,
    ) -> Result<(), NnError> {
        task.samples.gather_targets(index, &mut self.targets);
        let target = self.targets.as_target();
        let tape = Tape::with_arena(task.theta, take(&mut self.arena));
        let x = samples(&tape, index, task.samples);
        let mode = Mode::training(task.key, first);
        let logits = task.network.logits(&tape, x, mode, Buffers::default())?;
        let mut refused = None;
        let y = logits.loss(|z, slope| {
            let loss = task
                .loss
                .value_and_gradient(z, target, Weights::Equal, 1.0, slope);
            loss.map(T::from_f64).map_err(|error| refused = Some(error))
        });
        let outcome = match refused {
            Some(error) => Err(error.into()),
            None => back(
                &tape,
                y,
                &mut self.ways,
                &mut self.factors,
                &mut self.gradient,
            ),
        };
        self.arena = tape.into_arena();
        outcome
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
