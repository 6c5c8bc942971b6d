//! Loss and metrics of a model on samples.

use gradus_numeric::CompensatedSum;
use std::iter::zip;

/// Loss and metrics, averaged over samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Mean loss.
    pub loss: f64,
    /// Mean of each metric, in the order in which they were given.
    pub metrics: Vec<f64>,
}

/// Sums on the way to an evaluation, compensated; memory is reused from epoch to epoch.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    samples: usize,
    loss: CompensatedSum,
    metrics: Vec<CompensatedSum>,
    mean: Evaluation,
}

impl Sums {
    pub(crate) fn new(metrics: usize) -> Self {
        Self {
            samples: 0,
            loss: CompensatedSum::default(),
            metrics: vec![CompensatedSum::default(); metrics],
            mean: Evaluation {
                loss: 0.0,
                metrics: vec![0.0; metrics],
            },
        }
    }

    pub(crate) fn clear(&mut self) {
        self.samples = 0;
        self.loss = CompensatedSum::default();
        self.metrics.fill(CompensatedSum::default());
    }

    /// Adds a mean loss over `samples` samples.
    pub(crate) fn add_loss(&mut self, samples: usize, mean_loss: f64) {
        self.samples += samples;
        self.loss.add(mean_loss * samples as f64);
    }

    /// Adds sums of metrics over samples.
    pub(crate) fn add_metrics(&mut self, sums: &[f64]) {
        zip(&mut self.metrics, sums).for_each(|(total, &sum)| total.add(sum));
    }

    pub(crate) const fn samples(&self) -> usize {
        self.samples
    }

    /// Takes the means so far.
    pub(crate) fn update(&mut self) {
        let n = self.samples.max(1) as f64;
        self.mean.loss = self.loss.value() / n;
        let pairs = zip(&mut self.mean.metrics, &self.metrics);
        pairs.for_each(|(mean, total)| *mean = total.value() / n);
    }

    /// The means that were taken last.
    pub(crate) const fn latest(&self) -> &Evaluation {
        &self.mean
    }

    /// The means so far.
    pub(crate) fn mean(&mut self) -> &Evaluation {
        self.update();
        &self.mean
    }

    /// What is kept of all sums, loss first.
    pub(crate) fn parts(&self) -> Vec<f64> {
        let sums = [self.loss].into_iter().chain(self.metrics.iter().copied());
        sums.flat_map(CompensatedSum::parts).collect()
    }

    /// The sums of which [`parts`](Self::parts) was told.
    pub(crate) fn from_parts(samples: usize, parts: &[f64]) -> Self {
        let (pairs, _) = parts.as_chunks::<2>();
        let mut sums = pairs.iter().map(|&pair| CompensatedSum::from_parts(pair));
        let loss = sums.next().unwrap_or_default();
        let metrics: Vec<_> = sums.collect();
        let Self { mean, .. } = Self::new(metrics.len());
        Self {
            samples,
            loss,
            metrics,
            mean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_many_losses_is_exact_to_rounding() {
        let mut sums = Sums::new(1);
        for _ in 0..1_000_000 {
            sums.add_loss(1, 0.1);
            sums.add_metrics(&[0.1]);
        }
        let mean = sums.mean();
        assert_eq!((mean.loss, mean.metrics[0]), (0.1, 0.1));
    }
}
