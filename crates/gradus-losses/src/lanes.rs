//! Sixteen samples side by side, in `f64`, whatever the storage order of the matrix they come from.

use gradus_numeric::{Float, MatrixMut, MatrixRef, Order};
use std::iter::zip;

/// How many samples go side by side.
pub(crate) const LANES: usize = 16;

/// One number per sample of a block.
pub(crate) type Lanes<T = f64> = [T; LANES];

/// Row `i` of the samples `start..start + LANES`; zeros where the matrix has ended.
#[inline(always)]
pub(crate) fn load<T: Float>(matrix: MatrixRef<'_, T>, i: usize, start: usize) -> Lanes<T> {
    let (rows, columns, data) = (matrix.rows(), matrix.columns(), matrix.as_slice());
    let width = LANES.min(columns - start);
    let mut lanes = [T::from_f64(0.0); LANES];
    match matrix.order() {
        Order::Rows => {
            let row = &data[i * columns + start..(i + 1) * columns]; // i < rows, start < columns
            if let Some(full) = row.first_chunk() {
                return *full;
            }
            zip(&mut lanes, row).for_each(|(lane, &entry)| *lane = entry);
        }
        Order::Columns => {
            let column = data[start * rows..].chunks_exact(rows.max(1)).take(width);
            zip(&mut lanes, column).for_each(|(lane, column)| *lane = column[i]);
        }
    }
    lanes
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
    let width = LANES.min(columns - start);
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
            let columns = data[start * rows..]
                .chunks_exact_mut(rows.max(1))
                .take(width);
            zip(columns, lanes).for_each(|(column, &lane)| column[i] = lane);
        }
    }
}
