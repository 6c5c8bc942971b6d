//! Sixteen samples side by side, in `f64`, whatever the storage order of the matrix they come from.

use gradus_numeric::{Float, MatrixMut, MatrixRef, Order};
use std::iter::zip;

/// How many samples go side by side.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_losses::LANES, 16); // two registers of AVX-512 in double precision
/// ```
pub const LANES: usize = 16;

/// One number per sample of a block.
pub type Lanes<T = f64> = [T; LANES];

/// A block of samples: where it starts, and whether it is *whole*.
///
/// A whole block has all of its samples, and in every matrix of the batch a row of it lies together. The
/// loops for whole blocks are compiled apart: without the other cases in them they are vectorized better, which
/// saves a fifth of the time.
///
/// # Examples
///
/// See [`Batch`](crate::Batch).
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub(crate) start: usize,
    pub(crate) whole: bool,
}

impl Block {
    /// The block of the samples from `start` on, as far as there are any.
    #[must_use]
    pub const fn from_sample(start: usize) -> Self {
        let whole = false;
        Self { start, whole }
    }
}

/// The numbers of a block; `filler` where the slice has ended.
#[inline(always)]
pub(crate) fn block<T: Copy>(numbers: &[T], at: Block, filler: T) -> Lanes<T> {
    let mut lanes = [filler; LANES];
    if at.whole {
        lanes.copy_from_slice(&numbers[at.start..at.start + LANES]); // whole blocks end inside of the batch
    } else {
        zip(&mut lanes, &numbers[at.start..]).for_each(|(lane, &number)| *lane = number);
    }
    lanes
}

/// Row `i` of a block of samples; zeros where the matrix has ended.
#[inline(always)]
pub(crate) fn load<T: Float>(matrix: MatrixRef<'_, T>, i: usize, at: Block) -> Lanes<T> {
    let (rows, columns, data) = (matrix.rows(), matrix.columns(), matrix.as_slice());
    let zero = T::from_f64(0.0);
    if at.whole || matrix.order() == Order::Rows {
        return block(&data[i * columns..(i + 1) * columns], at, zero); // i < rows
    }
    let mut lanes = [zero; LANES];
    let samples = data[at.start * rows..].chunks_exact(rows.max(1)); // start < columns
    zip(&mut lanes, samples).for_each(|(lane, sample)| *lane = sample[i]);
    lanes
}

/// Writes row `i` of a block of samples as far as the matrix goes.
#[inline(always)]
pub(crate) fn store<T: Float>(
    matrix: &mut MatrixMut<'_, T>,
    i: usize,
    at: Block,
    lanes: &Lanes<T>,
) {
    let (rows, columns, order) = (matrix.rows(), matrix.columns(), matrix.order());
    let data = matrix.as_mut_slice();
    if at.whole {
        let first = i * columns + at.start;
        data[first..first + LANES].copy_from_slice(lanes);
    } else if order == Order::Rows {
        let row = &mut data[i * columns + at.start..(i + 1) * columns];
        zip(row, lanes).for_each(|(entry, &lane)| *entry = lane);
    } else {
        let samples = data[at.start * rows..].chunks_exact_mut(rows.max(1));
        zip(samples, lanes).for_each(|(sample, &lane)| sample[i] = lane);
    }
}
