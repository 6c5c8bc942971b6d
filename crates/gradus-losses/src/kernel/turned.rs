//! Blocks of long samples, in a copy in which all of a block lies together, row by row.

use crate::kernel::columnwise::{Batch, lie_together};
use crate::kernel::lanes::LANES;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// From so many rows on, turning a block costs less than going down sixteen samples side by side, each of which lies in
/// memory of its own: `benches/losses.rs`, "samples one after the other".
const LONG: usize = 16;

/// From so many numbers on, rows lie so far apart that each is on a page of its own: a block is brought near once, and not for every
/// pass over it. `benches/losses.rs`, "of classes 4096x1000".
const FAR: usize = 1 << 17;

/// A block of sixteen samples in a copy that is stored row by row: turned, if the samples are stored one after the other.
pub(crate) struct Turned<T> {
    shape: Shape,
    prediction: Vec<T>,
    target: Vec<T>,
    gradient: Vec<T>,
}

impl<T: Copy> Turned<T> {
    /// Room for a block, if the samples of the batch are long, and each of them lies together, or their rows far apart; in the
    /// gradient as well.
    pub(crate) fn of_long_samples(batch: Batch<'_, T>, gradient: Order, zero: T) -> Option<Self> {
        let (prediction, samples) = (batch.prediction, batch.prediction.columns());
        let (values, target) = match batch.target {
            Target::Labels(_) => (0, Order::Rows),
            Target::Values(values) => (values.rows(), values.order()),
        };
        let rows = prediction.rows();
        let by_rows = [prediction.order(), target, gradient] == [Order::Rows; 3];
        let far = by_rows && rows.saturating_mul(samples) >= FAR;
        if !(lie_together(batch, gradient) || far) || rows < LONG || samples < LANES {
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
        if gradient.order() == Order::Rows {
            let columns = gradient.columns();
            let home = gradient.as_mut_slice().chunks_exact_mut(columns);
            for (row, slopes) in home.zip(self.gradient.chunks_exact(LANES)) {
                row[start..start + LANES].copy_from_slice(slopes);
            }
            return;
        }
        let home = &mut gradient.as_mut_slice()[start * rows..(start + LANES) * rows];
        let (tiles, rest) = self.gradient.as_chunks::<LANES>();
        debug_assert!(rest.is_empty());
        for (tile, lanes) in tiles.chunks(LANES).enumerate() {
            let first = tile * LANES;
            if let Ok(square) = <&Square<T>>::try_from(lanes) {
                let turned = turned(square);
                for (sample, row) in home.chunks_exact_mut(rows).zip(&turned) {
                    sample[first..first + LANES].copy_from_slice(row);
                }
            } else {
                for (lane, sample) in home.chunks_exact_mut(rows).enumerate() {
                    let slopes = lanes.iter().map(|row| row[lane]);
                    sample[first..]
                        .iter_mut()
                        .zip(slopes)
                        .for_each(|(x, slope)| *x = slope);
                }
            }
        }
    }
}

/// Sixteen rows of sixteen samples: every line of memory that was fetched is used up.
type Square<T> = [[T; LANES]; LANES];

/// The square with rows and columns exchanged: four times every pair of rows eight apart is interleaved, which vector units do in
/// one instruction each. (Row i, place j go to row 2 i mod 16 + [j > 7], place 2 j mod 16 + [i > 7]: bits of i and j rotate.)
#[inline(always)]
fn turned<T: Copy>(square: &Square<T>) -> Square<T> {
    let mut square = *square;
    for _ in 0..LANES.ilog2() {
        let from = square;
        for i in 0..LANES / 2 {
            let (a, b) = (from[i], from[i + LANES / 2]);
            for j in 0..LANES / 2 {
                (square[2 * i][2 * j], square[2 * i][2 * j + 1]) = (a[j], b[j]);
                (square[2 * i + 1][2 * j], square[2 * i + 1][2 * j + 1]) =
                    (a[j + LANES / 2], b[j + LANES / 2]);
            }
        }
    }
    square
}

/// Sixteen samples from `start` on, row by row.
#[inline(always)]
fn turn<T: Copy>(samples: MatrixRef<'_, T>, start: usize, into: &mut [T]) {
    let rows = samples.rows();
    if samples.order() == Order::Rows {
        let from = samples.as_slice().chunks_exact(samples.columns());
        for (row, to) in from.zip(into.chunks_exact_mut(LANES)) {
            to.copy_from_slice(&row[start..start + LANES]);
        }
        return;
    }
    let block = &samples.as_slice()[start * rows..(start + LANES) * rows];
    let (into, rest) = into.as_chunks_mut::<LANES>();
    debug_assert!(rest.is_empty());
    for (tile, lanes) in into.chunks_mut(LANES).enumerate() {
        let first = tile * LANES;
        if let Ok(to) = <&mut Square<T>>::try_from(&mut *lanes) {
            for (row, sample) in to.iter_mut().zip(block.chunks_exact(rows)) {
                row.copy_from_slice(&sample[first..first + LANES]);
            }
            *to = turned(to);
        } else {
            for (lane, sample) in block.chunks_exact(rows).enumerate() {
                let piece = sample[first..].iter();
                lanes
                    .iter_mut()
                    .zip(piece)
                    .for_each(|(row, &x)| row[lane] = x);
            }
        }
    }
}
