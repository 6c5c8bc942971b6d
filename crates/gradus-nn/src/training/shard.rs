//! A shard: the part of a batch that one thread works on.

use super::metric::Metric;
use super::settings::Settings;
use crate::error::NnError;
use crate::layers::{Buffers, Mode};
use crate::network::Network;
use crate::number::Number;
use crate::samples::{Samples, TargetBuffer};
use gradus_autodiff::Arena;
use gradus_losses::{Loss, Weights};
use gradus_numeric::{Order, Shape};
use gradus_optim::is_ordinary;
use gradus_random::Key;

/// The memory of a shard; after the first steps nothing is allocated any more.
#[derive(Debug)]
pub(crate) struct Shard<T: Number> {
    arena: Arena<T>,
    targets: TargetBuffer<T>,
    /// Gradient of the shard's part of the mean loss, laid out like θ.
    pub(crate) gradient: Vec<T>,
    /// What the buffers shall be after the step, as this shard sees it.
    pub(crate) buffers: Vec<T>,
    /// How many samples the shard has seen.
    pub(crate) samples: usize,
    /// Whether every entry of the gradient is finite.
    pub(crate) finite: bool,
    /// Sums of the metrics over the shard.
    pub(crate) metrics: Vec<f64>,
    /// The shard's part of the mean loss, or what went wrong.
    pub(crate) loss: Result<f64, NnError>,
}

/// What all shards of a step have in common.
pub(crate) struct Task<'a, T: Number> {
    pub(crate) network: &'a Network<T>,
    pub(crate) theta: &'a [T],
    pub(crate) buffers: &'a [T],
    pub(crate) loss: &'a dyn Loss<T>,
    pub(crate) metrics: &'a [Metric<T>],
    pub(crate) samples: &'a dyn Samples<T>,
    /// The samples of the batch.
    pub(crate) batch: &'a [u32],
    pub(crate) settings: &'a Settings,
    /// What the layers draw from in this step.
    pub(crate) key: Key,
}

impl<T: Number> Task<'_, T> {
    /// How many shards share the batch.
    pub(crate) const fn shards(&self) -> usize {
        self.batch.len().div_ceil(self.settings.shard)
    }
}

impl<T: Number> Shard<T> {
    pub(crate) fn new(parameters: usize, buffers: usize, metrics: usize) -> Self {
        Self {
            arena: Arena::new(),
            targets: TargetBuffer::default(),
            gradient: vec![T::from_f64(0.0); parameters],
            buffers: vec![T::from_f64(0.0); buffers],
            samples: 0,
            finite: true,
            metrics: vec![0.0; metrics],
            loss: Ok(0.0),
        }
    }

    /// Loss, metrics and gradient of the shard `number` of the batch.
    pub(crate) fn run(&mut self, number: usize, task: &Task<'_, T>) {
        let width = task.settings.shard;
        let first = number * width;
        let last = (first + width).min(task.batch.len());
        let index = task.batch.get(first..last).unwrap_or(&[]);
        self.samples = index.len();
        self.loss = self.value_and_gradient(first, index, task);
        self.finite = is_ordinary(&self.gradient, task.shards());
    }

    fn value_and_gradient(
        &mut self,
        first: usize,
        index: &[u32],
        task: &Task<'_, T>,
    ) -> Result<f64, NnError> {
        let Self {
            arena,
            targets,
            gradient,
            buffers,
            metrics,
            ..
        } = self;
        task.samples.gather_targets(index, targets);
        let target = targets.as_target();
        let shape = Shape::new(task.samples.features(), index.len());
        let mut outcome = Ok(0.0);
        let recorded = arena.value_and_gradient(task.theta, gradient, |tape| {
            let x = tape.constant(shape, Order::Columns, |memory| {
                task.samples.gather(index, memory);
            });
            let logits = task.network.logits(
                tape,
                x,
                Mode::Training {
                    key: task.key,
                    first,
                },
                Buffers {
                    now: task.buffers,
                    next: buffers,
                },
            );
            logits.loss(|z, gradient| {
                for (sum, metric) in metrics.iter_mut().zip(task.metrics) {
                    *sum = metric.sum(z, target);
                }
                let denominator = task.batch.len() as f64;
                outcome =
                    task.loss
                        .value_and_gradient(z, target, Weights::Equal, denominator, gradient);
                outcome.map(T::from_f64)
            })
        });
        let loss = outcome?;
        recorded?;
        Ok(loss)
    }
}
