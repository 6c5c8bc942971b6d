//! Two ways back over one recording: how long the gradient of each sample is, and the sum of them, shortened.

use crate::error::NnError;
use gradus_autodiff::rules::Affine;
use gradus_autodiff::{Rule, Tape, Var, Visit};
use gradus_linalg::{Scalar, product};
use gradus_numeric::{MatrixRef, Order, Shape, sum_rows, vectorized};
use std::iter::zip;

/// What came back to the dense layers of a recording, and what it says of each sample.
///
/// The gradient of a sample by a weight is $`\bar z\, x^\top`$ and by the bias $`\bar z`$, so the square of its length is
///
/// ```math
/// \lVert \bar z \rVert^2 \, (\lVert x \rVert^2 + 1)
/// ```
///
/// and the sum of the gradients with a factor $`f_i`$ for each sample is $`(\bar Z F)\, X^\top`$, one product for the whole shard. Both need the same
/// $`\bar Z`$ and $`X`$: the first way back keeps the one, the tape has the other, and the second way back computes nothing but the products.
#[derive(Debug)]
pub(super) struct WaysBack<T> {
    deltas: Vec<Delta<T>>,
}

/// What came back to a dense layer: outputs × samples.
#[derive(Debug)]
struct Delta<T> {
    /// The layer's number on the tape.
    number: usize,
    order: Order,
    numbers: Vec<T>,
}

impl<T: Scalar> WaysBack<T> {
    pub(super) const fn new() -> Self {
        Self { deltas: Vec::new() }
    }

    /// The square of the length of each sample's gradient by θ, where all parameters belong to dense layers.
    ///
    /// It is never told too small by underflow: as much as squares can lose there is added again.
    ///
    /// # Errors
    ///
    /// [`NnError::ColumnCount`] if a dense layer does not see one column a sample.
    pub(super) fn squares(
        &mut self,
        tape: &Tape<'_, T>,
        y: Var<'_, T>,
        samples: usize,
        gradient: &mut [T],
    ) -> Result<Vec<f64>, NnError> {
        let (mut sums, deltas) = (vec![0.0; samples], &mut self.deltas);
        let mut regrouped = None;
        deltas.clear();
        let back = tape.pull_back_by(y, gradient, &mut |visit, mut x_bar| {
            let delta = visit.at.y_bar;
            match parameter(visit) {
                Some(WEIGHT) if delta.columns() != samples => {
                    regrouped = Some(delta.columns());
                    return Err(visit.refuse());
                }
                Some(WEIGHT) => {
                    let lost = delta.rows() as f64 * SMALLEST;
                    let lengths = zip(squares(delta), squares(visit.at.x[1]));
                    for (sum, (delta, x)) in zip(&mut sums, lengths) {
                        *sum += (delta + lost) * (x + 1.0);
                    }
                    deltas.push(Delta {
                        number: visit.number,
                        order: delta.order(),
                        numbers: delta.as_slice().to_vec(),
                    });
                    x_bar.as_mut_slice().fill(T::from_f64(0.0));
                }
                Some(_) => x_bar.as_mut_slice().fill(T::from_f64(0.0)),
                None => visit.pull_back(x_bar),
            }
            Ok(())
        });
        if let Some(columns) = regrouped {
            return Err(NnError::ColumnCount { samples, columns });
        }
        back?;
        Ok(sums)
    }

    /// Writes the sum of the gradients, each times its factor; [`squares`](Self::squares) has gone back before.
    pub(super) fn sum(
        &mut self,
        tape: &Tape<'_, T>,
        y: Var<'_, T>,
        factors: &[T],
        gradient: &mut [T],
    ) -> Result<(), NnError> {
        for delta in &mut self.deltas {
            delta.scale(factors);
        }
        tape.pull_back_by(y, gradient, &mut |visit, mut x_bar| {
            let of_layer = |delta: &&Delta<T>| delta.number == visit.number;
            let delta = self.deltas.iter().find(of_layer);
            let delta = delta.map(|delta| delta.in_the_shape_of(visit.at.y_bar));
            match (delta.flatten(), parameter(visit)) {
                (Some(delta), Some(WEIGHT)) => {
                    let summed = product(delta, visit.at.x[1].transposed(), x_bar);
                    summed.map_err(|_| visit.refuse())?;
                }
                (Some(delta), Some(_)) => sum_rows(delta, x_bar.into_slice()),
                // Nothing more is asked of what lies before.
                _ => x_bar.as_mut_slice().fill(T::from_f64(0.0)),
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl<T: Scalar> Delta<T> {
    /// As a matrix, if it has as many numbers as this one.
    fn in_the_shape_of(&self, other: MatrixRef<'_, T>) -> Option<MatrixRef<'_, T>> {
        MatrixRef::new(&self.numbers, other.shape(), self.order).ok()
    }

    /// Times a factor for each sample.
    fn scale(&mut self, factors: &[T]) {
        let samples = factors.len().max(1);
        match self.order {
            Order::Rows => {
                for row in self.numbers.chunks_exact_mut(samples) {
                    for (delta, &factor) in zip(row, factors) {
                        *delta = *delta * factor;
                    }
                }
            }
            Order::Columns => {
                let rows = (self.numbers.len() / samples).max(1);
                for (column, &factor) in zip(self.numbers.chunks_exact_mut(rows), factors) {
                    for delta in column {
                        *delta = *delta * factor;
                    }
                }
            }
        }
    }
}

/// The parameter whose turn it is on the way back of a dense layer.
fn parameter<T: Scalar>(visit: &Visit<'_, T>) -> Option<usize> {
    let dense = visit.rule.name() == Rule::<T>::name(&Affine);
    (dense && visit.input != SAMPLES).then_some(visit.input)
}

/// The squared length of every column, in double precision.
fn squares<T: Scalar>(matrix: MatrixRef<'_, T>) -> Vec<f64> {
    let Shape { rows, columns } = matrix.shape();
    let mut sums = vec![0.0; columns];
    let (numbers, each) = (matrix.as_slice(), &mut sums[..]);
    // Other orders of adding than one after the other let vectors add many numbers at once.
    vectorized(
        #[inline(always)]
        move || match matrix.order() {
            Order::Columns => {
                for (sum, column) in zip(each, numbers.chunks_exact(rows.max(1))) {
                    *sum = square(column);
                }
            }
            Order::Rows => {
                for row in numbers.chunks_exact(columns.max(1)) {
                    add_squares(row, each);
                }
            }
        },
    );
    sums
}

#[inline(always)]
fn square<T: Scalar>(numbers: &[T]) -> f64 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        add_squares(chunk, &mut lanes);
    }
    add_squares(rest, &mut lanes);
    lanes.iter().sum()
}

#[inline(always)]
fn add_squares<T: Scalar>(numbers: &[T], sums: &mut [f64]) {
    for (sum, x) in zip(sums, numbers) {
        *sum += x.to_f64() * x.to_f64();
    }
}

/// Sums that are added up side by side: two vectors of the widest kind, while one waits for its sum.
const LANES: usize = 16;

/// 2⁻¹⁰⁷⁴, the smallest number: a square that underflows is rounded by at most half of it.
const SMALLEST: f64 = f64::from_bits(1);

/// Inputs of an affine map, beside the bias.
const WEIGHT: usize = 0;
const SAMPLES: usize = 1;
