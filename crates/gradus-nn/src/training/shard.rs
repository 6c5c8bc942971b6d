//! Shards: the parts of a batch that threads work on.

use super::count::{BatchWeights, Count};
use super::curvature::Outcomes;
use super::metric::Metric;
use super::settings::Cut;
use super::workspace::{Workspace, Workspaces};
use crate::data::Samples;
use crate::error::NnError;
use crate::memory::{filled, zeros};
use crate::network::Network;
use crate::recording::{Buffers, Mode};
use gradus_linalg::Scalar;
use gradus_losses::Loss;
use gradus_numeric::{Float, Order, Shape};
use gradus_optim::is_ordinary;
use gradus_pages::LargePages;
use gradus_random::Key;
use std::iter::zip;
use std::mem::take;

/// A place where shards are worked on, one after the other, in a [`Workspace`].
#[derive(Debug)]
pub(super) struct Place<T: Scalar> {
    /// What all shards of the place add to the rest.
    pub(super) sum: Sum<T>,
    /// The part of the mean loss, or what went wrong.
    pub(super) loss: Result<f64, NnError>,
}

/// What the shards of a place add to the rest.
#[derive(Debug)]
pub(super) struct Sum<T: Float> {
    /// Their part of the gradient of the mean loss, laid out like θ.
    pub(super) gradient: LargePages<T>,
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
    pub(super) workspaces: &'a Workspaces<T>,
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
    /// A place with memory for its sums.
    pub(super) fn new(network: &Network<T>, metrics: usize) -> Result<Self, NnError> {
        let zero = T::from_f64(0.0);
        let (parameters, buffers) = (network.layout().len(), network.buffer_layout().len());
        Ok(Self {
            sum: Sum {
                gradient: zeros("gradients", parameters)?,
                finite: true,
                buffers: filled("buffers", buffers, zero)?,
                metrics: vec![0.0; metrics],
            },
            loss: Ok(0.0),
        })
    }

    /// Loss, metrics and gradient of the shards of this place.
    pub(super) fn run(&mut self, place: usize, task: &Task<'_, T>) {
        self.loss = task
            .workspaces
            .take(task.network)
            .and_then(|mut workspace| {
                let loss = self.sum.run(&mut workspace, place, task);
                task.workspaces.give_back(workspace);
                loss
            });
    }
}

impl<T: Scalar> Sum<T> {
    /// Starts at nothing and adds all shards of a place; the part of the mean loss.
    fn run(
        &mut self,
        workspace: &mut Workspace<T>,
        place: usize,
        task: &Task<'_, T>,
    ) -> Result<f64, NnError> {
        self.metrics.fill(0.0);
        self.buffers.fill(T::from_f64(0.0));
        let mut total = 0.0;
        for (i, shard) in task.cut.shards_of(place).enumerate() {
            total += if i == 0 {
                let mut gradient = take(&mut self.gradient);
                let loss = self.value_and_gradient(workspace, shard, task, &mut gradient);
                self.gradient = gradient;
                loss?
            } else {
                self.add(workspace, shard, task)?
            };
        }
        self.finite = is_ordinary(&self.gradient, task.cut.places());
        Ok(total)
    }

    /// Adds the gradient of a further shard.
    fn add(
        &mut self,
        workspace: &mut Workspace<T>,
        shard: usize,
        task: &Task<'_, T>,
    ) -> Result<f64, NnError> {
        let mut more = take(&mut workspace.more);
        if more.len() != task.theta.len() {
            more = zeros("gradients", task.theta.len())?; // once
        }
        let loss = self.value_and_gradient(workspace, shard, task, &mut more);
        for (sum, &more) in zip(&mut *self.gradient, &*more) {
            *sum += more;
        }
        workspace.more = more;
        loss
    }

    fn value_and_gradient(
        &mut self,
        workspace: &mut Workspace<T>,
        shard: usize,
        task: &Task<'_, T>,
        gradient: &mut [T],
    ) -> Result<f64, NnError> {
        let Workspace {
            arena,
            targets,
            wish,
            ..
        } = workspace;
        let samples = task.cut.samples_of(shard);
        let (first, weights) = (samples.start, task.weights.of(samples.clone()));
        let index = task.batch.get(samples).unwrap_or(&[]);
        task.samples.gather_targets(index, targets);
        let shape = Shape::new(task.samples.features(), index.len());
        let key = task.key;
        let mut outcome = Ok(0.0);
        let recorded = arena.value_and_gradient(task.theta, gradient, |tape| {
            let x = tape.constant(shape, Order::Columns, |memory| {
                task.samples.gather(index, memory);
            });
            let (now, next) = (task.buffers, &mut wish[..]);
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
                for (sum, metric) in zip(&mut self.metrics, task.metrics) {
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
        for (sum, &wish) in zip(&mut self.buffers, &*wish) {
            *sum += share * wish;
        }
        Ok(loss)
    }
}
