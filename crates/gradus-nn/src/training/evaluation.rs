//! Loss and metrics of a model on samples.

use super::shard::Shard;
use gradus_linalg::Scalar;

/// Loss and metrics, averaged over samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Mean loss.
    pub loss: f64,
    /// Mean of each metric, in the order in which they were given.
    pub metrics: Vec<f64>,
}

/// Sums on the way to an evaluation; memory is reused from epoch to epoch.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    samples: usize,
    total: Evaluation,
    mean: Evaluation,
}

impl Sums {
    pub(crate) fn new(metrics: usize) -> Self {
        let zero = Evaluation {
            loss: 0.0,
            metrics: vec![0.0; metrics],
        };
        Self {
            samples: 0,
            total: zero.clone(),
            mean: zero,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.samples = 0;
        self.total.loss = 0.0;
        self.total.metrics.fill(0.0);
    }

    /// Adds a mean loss over `samples` samples.
    pub(crate) fn add_loss(&mut self, samples: usize, mean_loss: f64) {
        self.samples += samples;
        self.total.loss += mean_loss * samples as f64;
    }

    /// Adds sums of metrics over samples.
    pub(crate) fn add_metrics(&mut self, sums: &[f64]) {
        self.total
            .metrics
            .iter_mut()
            .zip(sums)
            .for_each(|(total, sum)| *total += sum);
    }

    /// Adds a step: the mean loss of a batch of `samples`, and the metrics of its shards.
    pub(crate) fn add<T: Scalar>(&mut self, samples: usize, mean_loss: f64, shards: &[Shard<T>]) {
        self.add_loss(samples, mean_loss);
        for shard in shards {
            self.add_metrics(&shard.metrics);
        }
    }

    pub(crate) const fn samples(&self) -> usize {
        self.samples
    }

    /// The means so far.
    pub(crate) fn mean(&mut self) -> &Evaluation {
        let n = self.samples.max(1) as f64;
        self.mean.loss = self.total.loss / n;
        let pairs = self.mean.metrics.iter_mut().zip(&self.total.metrics);
        pairs.for_each(|(mean, total)| *mean = total / n);
        &self.mean
    }
}
