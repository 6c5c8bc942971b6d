//! Shards: the parts of a batch that threads work on.

use super::count::{BatchWeights, Count};
use super::curvature::Outcomes;
use super::metric::Metric;
use super::settings::Cut;
use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::memory::filled;
use crate::network::Network;
use crate::recording::{Buffers, Mode};
use gradus_autodiff::{Arena, Footprint};
use gradus_linalg::Scalar;
use gradus_losses::Loss;
use gradus_numeric::{Order, Shape};
use gradus_optim::is_ordinary;
use gradus_random::Key;
use std::iter::zip;
use std::mem::take;

/// A place where shards are worked on, one after the other; after the first steps nothing is allocated any more.
#[derive(Debug)]
pub(super) struct Place<T: Scalar> {
    arena: Arena<T>,
    targets: TargetBuffer<T>,
    /// The gradient of a second shard, before it is added to that of the first.
    more: Vec<T>,
    /// What the buffers will be after the step, as one shard sees it.
    wish: Vec<T>,
    /// What all shards of the place add to the rest.
    pub(super) sum: Sum<T>,
    /// The part of the mean loss, or what went wrong.
    pub(super) loss: Result<f64, NnError>,
}

/// What the shards of a place add to the rest.
#[derive(Debug)]
pub(super) struct Sum<T> {
    /// Their part of the gradient of the mean loss, laid out like θ.
    pub(super) gradient: Vec<T>,
    /// Whether every entry of the gradient is finite.
    pub(super) finite: bool,
    /// Their part of the buffers after the step, weighted by samples.
    pub(super) buffers: Vec<T>,
    /// Sums of the metrics.
    pub(super) metrics: Vec<f64>,
}

/// What all shards of a step have in common.
pub(super) struct Task<'a, T: Scalar> {
    pub(super) network: &'a Network<T>,
    pub(super) theta: &'a [T],
    pub(super) buffers: &'a [T],
    pub(super) loss: &'a dyn Loss<T>,
    pub(super) metrics: &'a [Metric<T>],
    /// What is drawn from the model in the place of the targets, if anything.
    pub(super) outcomes: Option<Outcomes>,
    pub(super) samples: &'a dyn Samples<T>,
    /// The samples of the batch.
    pub(super) batch: &'a [u32],
    pub(super) weights: &'a BatchWeights<T>,
    /// How much the batch counts.
    pub(super) count: Count,
    pub(super) cut: Cut,
    /// What the layers draw from in this step.
    pub(super) key: Key,
}

impl<T: Scalar> Place<T> {
    /// A place with memory for a shard of that footprint.
    pub(super) fn new(
        network: &Network<T>,
        footprint: &Footprint,
        metrics: usize,
    ) -> Result<Self, NnError> {
        let zero = T::from_f64(0.0);
        let (parameters, buffers) = (network.layout().len(), network.buffer_layout().len());
        Ok(Self {
            arena: Arena::with_room(footprint)?,
            targets: TargetBuffer::default(),
            more: Vec::new(),
            wish: filled("buffers", buffers, zero)?,
            sum: Sum {
                gradient: filled("gradients", parameters, zero)?,
                finite: true,
                buffers: filled("buffers", buffers, zero)?,
                metrics: vec![0.0; metrics],
            },
            loss: Ok(0.0),
        })
    }

    /// Loss, metrics and gradient of the shards of this place.
    pub(super) fn run(&mut self, place: usize, task: &Task<'_, T>) {
        self.sum.metrics.fill(0.0);
        self.sum.buffers.fill(T::from_f64(0.0));
        let mut total = 0.0;
        for (i, shard) in task.cut.shards_of(place).enumerate() {
            let loss = if i == 0 {
                let mut gradient = take(&mut self.sum.gradient);
                let loss = self.value_and_gradient(shard, task, &mut gradient);
                self.sum.gradient = gradient;
                loss
            } else {
                self.add(shard, task)
            };
            match loss {
                Ok(loss) => total += loss,
                Err(error) => return self.loss = Err(error),
            }
        }
        self.loss = Ok(total);
        self.sum.finite = is_ordinary(&self.sum.gradient, task.cut.places());
    }

    /// Adds the gradient of a further shard.
    fn add(&mut self, shard: usize, task: &Task<'_, T>) -> Result<f64, NnError> {
        let mut more = take(&mut self.more);
        if more.len() != task.theta.len() {
            more = filled("gradients", task.theta.len(), T::from_f64(0.0))?; // once
        }
        let loss = self.value_and_gradient(shard, task, &mut more);
        for (sum, &more) in zip(&mut self.sum.gradient, &more) {
            *sum += more;
        }
        self.more = more;
        loss
    }

    fn value_and_gradient(
        &mut self,
        shard: usize,
        task: &Task<'_, T>,
        gradient: &mut [T],
    ) -> Result<f64, NnError> {
        let samples = task.cut.samples_of(shard);
        let (first, weights) = (samples.start, task.weights.of(samples.clone()));
        let index = task.batch.get(samples).unwrap_or(&[]);
        task.samples.gather_targets(index, &mut self.targets);
        let targets = &mut self.targets;
        let shape = Shape::new(task.samples.features(), index.len());
        let key = task.key;
        let mut outcome = Ok(0.0);
        let recorded = self.arena.value_and_gradient(task.theta, gradient, |tape| {
            let x = tape.constant(shape, Order::Columns, |memory| {
                task.samples.gather(index, memory);
            });
            let (now, next) = (task.buffers, &mut self.wish[..]);
            let mode = Mode::Training { key, first };
            let logits = task.network.logits(tape, x, mode, Buffers { now, next });
            let logits = logits.unwrap_or_else(|error| {
                outcome = Err(error);
                x
            });
            logits.loss(|z, gradient| {
                if outcome.is_err() {
                    return Err(()); // told already
                }
                if let Some(outcomes) = task.outcomes {
                    outcomes.draw(z, first as u64, targets);
                }
                let target = targets.as_target();
                for (sum, metric) in zip(&mut self.sum.metrics, task.metrics) {
                    *sum += metric.sum(z, target, weights);
                }
                let (loss, denominator) = (task.loss, task.count.denominator);
                let loss = loss.value_and_gradient(z, target, weights, denominator, gradient);
                outcome = loss.map_err(NnError::from);
                outcome
                    .as_ref()
                    .map_or(Err(()), |&loss| Ok(T::from_f64(loss)))
            })
        });
        let loss = outcome?;
        recorded?;
        let share = T::from_f64(index.len() as f64 / task.batch.len() as f64);
        for (sum, &wish) in zip(&mut self.sum.buffers, &self.wish) {
            *sum += share * wish;
        }
        Ok(loss)
    }
}
