//! Blocks of long samples, turned so that a row of a block lies together.

use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::LANES;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// From so many rows on, turning a block costs less than going down sixteen samples side by side, each of which lies in
/// memory of its own: `benches/losses.rs`, "samples one after the other".
const LONG: usize = 16;

/// A block of sixteen samples that are stored one after the other, in a copy that is stored row by row.
pub(crate) struct Turned<T> {
    shape: Shape,
    prediction: Vec<T>,
    target: Vec<T>,
    gradient: Vec<T>,
}

impl<T: Copy> Turned<T> {
    /// Room for a block, if the samples of the batch are long and each of them lies together, in the gradient as well.
    pub(crate) fn of_long_samples(batch: Batch<'_, T>, gradient: Order, zero: T) -> Option<Self> {
        let (prediction, samples) = (batch.prediction, batch.prediction.columns());
        let (values, target) = match batch.target {
            Target::Labels(_) => (0, Order::Columns),
            Target::Values(values) => (values.rows(), values.order()),
        };
        let by_samples = [prediction.order(), target, gradient] == [Order::Columns; 3];
        if !by_samples || prediction.rows() < LONG || samples < LANES {
            return None;
        }
        let room = |rows: usize| vec![zero; rows * LANES];
        Some(Self {
            shape: Shape {
                rows: prediction.rows(),
                columns: LANES,
            },
            prediction: room(prediction.rows()),
            target: room(values),
            gradient: room(prediction.rows()),
        })
    }

    /// The block of the samples from `start` on, their weights, and where their gradient goes; there always is one.
    #[inline(always)]
    pub(crate) fn block<'a>(
        &'a mut self,
        batch: Batch<'a, T>,
        weights: Weights<'a, T>,
        start: usize,
    ) -> Option<(Batch<'a, T>, Weights<'a, T>, MatrixMut<'a, T>)> {
        let samples = start..start + LANES;
        turn(batch.prediction, start, &mut self.prediction);
        let prediction = MatrixRef::new(&self.prediction, self.shape, Order::Rows).ok()?;
        let target = match batch.target {
            Target::Labels(labels) => Target::Labels(&labels[samples.clone()]),
            Target::Values(values) => {
                turn(values, start, &mut self.target);
                Target::Values(MatrixRef::new(&self.target, self.shape, Order::Rows).ok()?)
            }
        };
        let weights = match weights {
            Weights::Equal => Weights::Equal,
            Weights::PerSample(weights) => Weights::PerSample(&weights[samples]),
        };
        let gradient = MatrixMut::new(&mut self.gradient, self.shape, Order::Rows).ok()?;
        Some((Batch { prediction, target }, weights, gradient))
    }

    /// Brings the gradient of the block home.
    #[inline(always)]
    pub(crate) fn store(&self, gradient: &mut MatrixMut<'_, T>, start: usize) {
        let rows = self.shape.rows;
        let home = &mut gradient.as_mut_slice()[start * rows..(start + LANES) * rows];
        for (tile, lanes) in self.gradient.chunks(TILE).enumerate() {
            for (lane, sample) in home.chunks_exact_mut(rows).enumerate() {
                let piece = sample[tile * LANES..].iter_mut();
                let slopes = lanes[lane..].iter().step_by(LANES);
                piece.zip(slopes).for_each(|(x, &slope)| *x = slope);
            }
        }
    }
}

/// A square of sixteen rows of sixteen samples: every line of memory that was fetched is used up.
const TILE: usize = LANES * LANES;

/// Sixteen samples from `start` on, row by row.
#[inline(always)]
fn turn<T: Copy>(samples: MatrixRef<'_, T>, start: usize, into: &mut [T]) {
    let rows = samples.rows();
    let block = &samples.as_slice()[start * rows..(start + LANES) * rows];
    for (tile, lanes) in into.chunks_mut(TILE).enumerate() {
        for (lane, sample) in block.chunks_exact(rows).enumerate() {
            let piece = sample[tile * LANES..].iter();
            let turned = lanes[lane..].iter_mut().step_by(LANES);
            turned.zip(piece).for_each(|(to, &x)| *to = x);
        }
    }
}
