//! How long the gradient of each sample is, without the gradients.

use super::Batch;
use crate::error::NnError;
use gradus_autodiff::{Point, Rule, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape, vectorized};
use std::iter::zip;

/// The identity of what a dense layer makes, which tells on the way back how long the layer's part of each sample's
/// gradient is.
///
/// The gradient of a sample by the weight is $`\bar z\, x^\top`$ and by the bias $`\bar z`$, so the square of its length is
///
/// ```math
/// \lVert \bar z \rVert^2 \, (\lVert x \rVert^2 + 1)
/// ```
///
/// The inputs are $`Z`$, a row of $`\lVert x_i \rVert^2 + 1`$, and a row of zeros whose "adjoint" these squares are. All layers
/// share the last one: the tape adds up what flows back into it.
#[derive(Clone, Copy, Debug)]
struct Witness;

impl<T: Scalar> Rule<T> for Witness {
    fn name(&self) -> &'static str {
        "witness"
    }

    fn inputs(&self) -> usize {
        3
    }

    fn mixes_orders(&self) -> bool {
        true
    }

    fn value(&self, [z, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        y.into_slice().copy_from_slice(z.as_slice());
    }

    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let x_bar = x_bar.into_slice();
        match k {
            0 => x_bar.copy_from_slice(at.y_bar.as_slice()),
            1 => x_bar.fill(T::from_f64(0.0)), // a constant: no one asks
            _ => {
                let lengths = zip(squares(at.y_bar), at.x[1].as_slice());
                for (square, (delta, length)) in zip(x_bar, lengths) {
                    *square = T::from_f64(delta * length.to_f64());
                }
            }
        }
    }
}

/// Records the witness of $`Z`$, made of `x`, with the row of squares at that place of θ.
pub(super) fn witness<'t, T: Scalar>(
    tape: &'t Tape<'t, T>,
    x: Batch<'t, T>,
    z: Batch<'t, T>,
    place: usize,
) -> Result<Batch<'t, T>, NnError> {
    let row = Shape::new(1, z.matrix.shape().columns);
    let lengths: Vec<T> = x.matrix.with(|x| {
        let squares = squares(x).into_iter();
        squares.map(|sum| T::from_f64(sum + 1.0)).collect()
    })?;
    let lengths = tape.constant(row, Order::Rows, |memory| memory.copy_from_slice(&lengths));
    let inputs = [z.matrix, lengths, tape.parameter(place, row)];
    Ok(z.map(|_| tape.apply(&Witness, inputs)))
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
