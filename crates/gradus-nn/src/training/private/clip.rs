//! The sum of clipped gradients.

use super::gradient::{Recorder, Task};
use super::settings::Private;
use crate::error::NnError;
use crate::memory::filled;
use crate::training::settings::Cut;
use gradus_linalg::Scalar;
use gradus_numeric::norm2;
use std::iter::zip;
use std::slice::from_ref;

/// What the places of a step have in common.
pub(super) struct Step<'a, T: Scalar> {
    pub(super) task: Task<'a, T>,
    pub(super) private: &'a Private,
    /// The samples of the step.
    pub(super) sample: &'a [u32],
    pub(super) cut: Cut,
    /// Whether the network tells the lengths of a whole shard.
    pub(super) at_once: bool,
    /// The number of the step.
    pub(super) number: u64,
}

/// A place where shards are clipped and added up, one after the other.
#[derive(Debug)]
pub(super) struct Clipper<T: Scalar> {
    recorder: Recorder<T>,
    /// $`\sum_i \min(1, C / \lVert g_i \rVert)\, g_i`$ over the shards so far.
    pub(super) sum: Vec<T>,
    pub(super) outcome: Result<(), NnError>,
}

impl<T: Scalar> Clipper<T> {
    /// A place for a network of so many parameters.
    pub(super) fn new(parameters: usize) -> Result<Self, NnError> {
        let zeros = || filled("clipped gradients", parameters, T::from_f64(0.0));
        Ok(Self {
            recorder: Recorder::new(zeros()?),
            sum: zeros()?,
            outcome: Ok(()),
        })
    }

    /// Clips and adds the shards of this place.
    pub(super) fn run(&mut self, place: usize, step: &Step<'_, T>) {
        self.sum.fill(T::from_f64(0.0));
        let mut shards = step.cut.shards_of(place);
        self.outcome = shards.try_for_each(|shard| {
            let range = step.cut.samples_of(shard);
            let index = step.sample.get(range).unwrap_or(&[]);
            if step.at_once {
                self.add_shard(index, step)
            } else {
                self.add_one_by_one(index, step)
            }
        });
    }

    /// One recording of a shard: how long the gradients are, and the sum of them, shortened.
    fn add_shard(&mut self, index: &[u32], step: &Step<'_, T>) -> Result<(), NnError> {
        let factor = |sample, length| factor(length, sample, step);
        self.recorder.sum_shortened(index, &step.task, factor)?;
        self.add(1.0);
        Ok(())
    }

    /// A recording of each sample, for networks whose samples cannot be told apart in one.
    fn add_one_by_one(&mut self, index: &[u32], step: &Step<'_, T>) -> Result<(), NnError> {
        for sample in index {
            // What layers draw belongs to the sample, not to its place, which others shift by being there.
            let place = *sample as usize;
            self.recorder
                .differentiate(from_ref(sample), place, &step.task)?;
            let length = norm2(&self.recorder.gradient).to_f64();
            self.add(factor(length, *sample, step)?);
        }
        Ok(())
    }

    /// Adds so many times the gradient.
    fn add(&mut self, times: f64) {
        let times = T::from_f64(times);
        for (sum, &g) in zip(&mut self.sum, &self.recorder.gradient) {
            *sum += times * g;
        }
    }
}

/// By how much to shorten the gradient of a sample.
fn factor<T: Scalar>(length: f64, sample: u32, step: &Step<'_, T>) -> Result<f64, NnError> {
    if length.is_finite() {
        return Ok(step.private.factor(length));
    }
    Err(NnError::SampleGradient {
        step: step.number,
        sample,
        length,
    })
}
