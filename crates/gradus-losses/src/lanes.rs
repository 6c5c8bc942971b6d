//! Sixteen samples side by side, in `f64`, whatever the storage order of the matrix they come from.

use gradus_numeric::{Float, MatrixMut, MatrixRef, Order};
use std::iter::zip;

/// How many samples go side by side.
pub(crate) const LANES: usize = 16;

/// One number per sample of a block.
pub(crate) type Lanes<T = f64> = [T; LANES];

/// Numbers `start..start + LANES` of a slice; `filler` where it has ended.
#[inline(always)]
pub(crate) fn block<T: Copy>(numbers: &[T], start: usize, filler: T) -> Lanes<T> {
    let rest = &numbers[start..]; // blocks start inside of the batch
    if let Some(full) = rest.first_chunk() {
        return *full;
    }
    let mut lanes = [filler; LANES];
    zip(&mut lanes, rest).for_each(|(lane, &number)| *lane = number);
    lanes
}

/// Row `i` of the samples `start..start + LANES`; zeros where the matrix has ended.
#[inline(always)]
pub(crate) fn load<T: Float>(matrix: MatrixRef<'_, T>, i: usize, start: usize) -> Lanes<T> {
    let (rows, columns, data) = (matrix.rows(), matrix.columns(), matrix.as_slice());
    let zero = T::from_f64(0.0);
    match matrix.order() {
        Order::Rows => block(&data[i * columns..(i + 1) * columns], start, zero), // i < rows
        Order::Columns => {
            let mut lanes = [zero; LANES];
            let samples = data[start * rows..].chunks_exact(rows.max(1)); // start < columns
            zip(&mut lanes, samples).for_each(|(lane, sample)| *lane = sample[i]);
            lanes
        }
    }
}

/// Writes row `i` of the samples `start..start + LANES` as far as the matrix goes.
#[inline(always)]
pub(crate) fn store<T: Float>(
    matrix: &mut MatrixMut<'_, T>,
    i: usize,
    start: usize,
    lanes: &Lanes<T>,
) {
    let (rows, columns, order) = (matrix.rows(), matrix.columns(), matrix.order());
    let data = matrix.as_mut_slice();
    match order {
        Order::Rows => {
            let row = &mut data[i * columns + start..(i + 1) * columns]; // as in `load`
            if let Some(full) = row.first_chunk_mut() {
                *full = *lanes;
            } else {
                zip(row, lanes).for_each(|(entry, &lane)| *entry = lane);
            }
        }
        Order::Columns => {
            let samples = data[start * rows..].chunks_exact_mut(rows.max(1));
            zip(samples, lanes).for_each(|(sample, &lane)| sample[i] = lane);
        }
    }
}
