//! How much samples count.

use crate::data::{Samples, TargetBuffer, check_weights};
use crate::error::NnError;
use gradus_linalg::Scalar;
use gradus_losses::{Loss, Target, Weights};
use std::ops::Range;

/// How much a batch counts.
///
/// ```math
/// w = \sum_{i \in B} w_i, \qquad d = \sum_{i \in B} w_i\, c_{y_i}
/// ```
///
/// where $`w_i`$ are the weights of the samples and $`c`$ those of the classes. Without either both are the number of
/// samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) samples: usize,
    /// $`w`$, which means of weighted metrics divide by.
    pub(super) weight: f64,
    /// $`d`$, which the mean loss divides by.
    pub(super) denominator: f64,
}

impl Count {
    /// How much samples with these weights and targets count for that loss.
    ///
    /// PyTorch divides by the weights of classes where targets are labels, and not where they are probabilities.
    pub(super) fn of<T: Scalar>(
        loss: &dyn Loss<T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
        samples: usize,
    ) -> Self {
        let weight = match weights {
            Weights::Equal => samples as f64,
            Weights::PerSample(weights) => weights.iter().map(|w| w.to_f64()).sum(),
        };
        let denominator = match (loss.class_weights(), target) {
            (Some(classes), Target::Labels(labels)) => {
                // A label that is none is refused by the loss, unless the sample is ignored.
                let class = |&label: &u32| classes.get(label as usize).copied().unwrap_or(1.0);
                let weight = |j: usize| match weights {
                    Weights::Equal => 1.0,
                    Weights::PerSample(weights) => weights.get(j).map_or(0.0, |w| w.to_f64()),
                };
                let each = labels.iter().enumerate();
                each.map(|(j, label)| weight(j) * class(label)).sum()
            }
            _ => weight,
        };
        Self {
            samples,
            weight,
            denominator,
        }
    }
}

/// Memory for the weights of a batch.
#[derive(Debug)]
pub(super) struct BatchWeights<T> {
    weights: Vec<T>,
    targets: TargetBuffer<T>,
}

impl<T: Scalar> Default for BatchWeights<T> {
    fn default() -> Self {
        Self {
            weights: Vec::new(),
            targets: TargetBuffer::default(),
        }
    }
}

impl<T: Scalar> BatchWeights<T> {
    /// Gathers the weights of a batch, and tells how much it counts.
    pub(super) fn gather(
        &mut self,
        loss: &dyn Loss<T>,
        samples: &dyn Samples<T>,
        batch: &[u32],
    ) -> Result<Count, NnError> {
        self.weights.clear();
        samples.gather_weights(batch, &mut self.weights);
        let (expected, got) = (batch.len(), self.weights.len());
        if got != 0 && got != expected {
            let (samples, weights) = (expected, got);
            return Err(NnError::WeightCount { samples, weights });
        }
        check_weights(&self.weights, |at| {
            batch.get(at).map_or(at, |&i| i as usize)
        })?;
        let target = if loss.class_weights().is_some() {
            samples.gather_targets(batch, &mut self.targets);
            self.targets.as_target()
        } else {
            Target::Labels(&[]) // is not looked at
        };
        Ok(Count::of(loss, target, self.all(), expected))
    }

    /// The root of every weight instead of it.
    pub(super) fn take_roots(&mut self) {
        self.weights.iter_mut().for_each(|w| *w = w.sqrt());
    }

    /// The weights of all samples of the batch.
    pub(super) fn all(&self) -> Weights<'_, T> {
        self.of(0..self.weights.len())
    }

    /// The weights of some samples of the batch.
    pub(super) fn of(&self, samples: Range<usize>) -> Weights<'_, T> {
        match self.weights.get(samples) {
            Some(weights) if !self.weights.is_empty() => Weights::PerSample(weights),
            _ => Weights::Equal,
        }
    }
}
