//! Loss and metrics of a model on samples.

use super::count::Count;
use super::metric::Metric;
use gradus_numeric::CompensatedSum;
use std::iter::zip;

/// Loss and metrics, averaged over samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Mean loss, weighted where samples or classes are, and the price of the parameters.
    pub loss: f64,
    /// Mean of each metric, in the order in which they were given.
    pub metrics: Vec<f64>,
}

/// Sums on the way to an evaluation, compensated; memory is reused from epoch to epoch.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    samples: usize,
    weight: CompensatedSum,
    denominator: CompensatedSum,
    loss: CompensatedSum,
    metrics: Vec<CompensatedSum>,
    /// Which metrics are divided by the weight and not by the number of samples.
    weighted: Vec<bool>,
    mean: Evaluation,
}

impl Sums {
    pub(super) fn new<T>(metrics: &[Metric<T>]) -> Self {
        Self::of(metrics.iter().map(Metric::is_weighted).collect())
    }

    fn of(weighted: Vec<bool>) -> Self {
        let metrics = weighted.len();
        Self {
            samples: 0,
            weight: CompensatedSum::default(),
            denominator: CompensatedSum::default(),
            loss: CompensatedSum::default(),
            metrics: vec![CompensatedSum::default(); metrics],
            weighted,
            mean: Evaluation {
                loss: 0.0,
                metrics: vec![0.0; metrics],
            },
        }
    }

    pub(super) fn clear(&mut self) {
        self.samples = 0;
        for sum in [&mut self.weight, &mut self.denominator, &mut self.loss] {
            *sum = CompensatedSum::default();
        }
        self.metrics.fill(CompensatedSum::default());
    }

    /// Adds a mean loss over samples that count so much.
    pub(super) fn add_loss(&mut self, count: Count, mean_loss: f64) {
        self.samples += count.samples;
        self.weight.add(count.weight);
        self.denominator.add(count.denominator);
        self.loss.add(mean_loss * count.denominator);
    }

    /// Adds sums of metrics over samples.
    pub(super) fn add_metrics(&mut self, sums: &[f64]) {
        zip(&mut self.metrics, sums).for_each(|(total, &sum)| total.add(sum));
    }

    pub(super) const fn samples(&self) -> usize {
        self.samples
    }

    /// Whether nothing counts.
    pub(super) fn is_empty(&self) -> bool {
        self.denominator.value() == 0.0
    }

    /// Takes the means so far.
    pub(super) fn update(&mut self) {
        let or_one = |sum: f64| if sum == 0.0 { 1.0 } else { sum };
        let (n, weight) = (self.samples.max(1) as f64, or_one(self.weight.value()));
        self.mean.loss = if self.samples == 0 {
            f64::NAN // every step so far was skipped
        } else {
            self.loss.value() / or_one(self.denominator.value())
        };
        let sums = zip(&self.metrics, &self.weighted);
        for (mean, (total, &weighted)) in zip(&mut self.mean.metrics, sums) {
            *mean = total.value() / if weighted { weight } else { n };
        }
    }

    /// The means that were taken last.
    pub(super) const fn latest(&self) -> &Evaluation {
        &self.mean
    }

    /// The means so far.
    pub(super) fn mean(&mut self) -> &Evaluation {
        self.update();
        &self.mean
    }

    /// How many numbers [`parts`](Self::parts) tells.
    pub(super) const fn count_of_parts(&self) -> usize {
        2 * (3 + self.metrics.len())
    }

    /// What is kept of all sums, loss first.
    pub(super) fn parts(&self) -> Vec<f64> {
        let sums = [self.loss, self.weight, self.denominator];
        let sums = sums.into_iter().chain(self.metrics.iter().copied());
        sums.flat_map(CompensatedSum::parts).collect()
    }

    /// These sums with the numbers of which [`parts`](Self::parts) was told.
    pub(super) fn with_parts(&self, samples: usize, parts: &[f64]) -> Self {
        let (pairs, _) = parts.as_chunks::<2>();
        let mut sums = pairs.iter().map(|&pair| CompensatedSum::from_parts(pair));
        let mut next = || sums.next().unwrap_or_default();
        let (loss, weight, denominator) = (next(), next(), next());
        Self {
            samples,
            loss,
            weight,
            denominator,
            metrics: sums.collect(),
            ..Self::of(self.weighted.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_many_losses_is_exact_to_rounding() {
        let mut sums = Sums::of(vec![false]);
        let one = Count {
            samples: 1,
            weight: 1.0,
            denominator: 1.0,
        };
        for _ in 0..1_000_000 {
            sums.add_loss(one, 0.1);
            sums.add_metrics(&[0.1]);
        }
        let mean = sums.mean();
        assert_eq!((mean.loss, mean.metrics[0]), (0.1, 0.1));
    }
}
