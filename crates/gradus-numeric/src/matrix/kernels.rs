//! Element-wise loops and reductions along rows: the kernels of a training step.

use super::matrix_mut::MatrixMut;
use super::matrix_ref::MatrixRef;
use crate::scalars::real::Real;
use crate::scalars::simd::vectorized;
use crate::shape::Order;
use std::iter::zip;

/// How many partial sums a contiguous row is summed in.
const LANES: usize = 16;

/// Writes a function of each number, vectorized.
///
/// ```math
/// y_i = f(x_i)
/// ```
///
/// Total: the loop ends with the shorter slice, what lies beyond it is not touched.
///
/// # Numerics
///
/// `f` must be `#[inline(always)]` and own what it captures (`move`), else the loop is compiled for the
/// baseline instruction set; the bits are the same, the time is not.
///
/// # Examples
///
/// ```
/// use gradus_numeric::map;
///
/// let pixels = [0_u8, 51, 255];
/// let mut x = [0.0_f32; 3];
/// map(&pixels, &mut x, #[inline(always)] move |pixel| f32::from(pixel) / 255.0);
/// assert_eq!(x, [0.0, 0.2, 1.0]);
/// ```
#[inline(always)]
pub fn map<T: Copy, U>(x: &[T], y: &mut [U], f: impl Fn(T) -> U) {
    #[inline(always)]
    fn body<T: Copy, U>(x: &[T], y: &mut [U], f: impl Fn(T) -> U) {
        for (y, &x) in zip(y, x) {
            *y = f(x);
        }
    }
    vectorized(
        #[inline(always)]
        move || body(x, y, f),
    );
}

/// Writes a function of each pair of numbers, vectorized; see [`map`](map()).
///
/// ```math
/// y_i = f(a_i, b_i)
/// ```
///
/// # Examples
///
/// ```
/// use gradus_numeric::map2;
///
/// let mut y = [0.0; 2];
/// map2(&[1.0, 2.0], &[3.0, 4.0], &mut y, #[inline(always)] |a, b| a * b);
/// assert_eq!(y, [3.0, 8.0]);
/// ```
#[inline(always)]
pub fn map2<T: Copy, U>(a: &[T], b: &[T], y: &mut [U], f: impl Fn(T, T) -> U) {
    #[inline(always)]
    fn body<T: Copy, U>(a: &[T], b: &[T], y: &mut [U], f: impl Fn(T, T) -> U) {
        for (y, (&a, &b)) in zip(y, zip(a, b)) {
            *y = f(a, b);
        }
    }
    vectorized(
        #[inline(always)]
        move || body(a, b, y, f),
    );
}

/// Writes a function of each triple of numbers, vectorized; see [`map`](map()).
///
/// ```math
/// y_i = f(a_i, b_i, c_i)
/// ```
///
/// # Examples
///
/// ```
/// use gradus_numeric::map3;
///
/// let mut y = [0.0; 2];
/// map3(&[1.0, 2.0], &[3.0, 4.0], &[5.0, 6.0], &mut y, #[inline(always)] |a, b, c| a * b + c);
/// assert_eq!(y, [8.0, 14.0]);
/// ```
#[inline(always)]
pub fn map3<T: Copy, U>(a: &[T], b: &[T], c: &[T], y: &mut [U], f: impl Fn(T, T, T) -> U) {
    #[inline(always)]
    fn body<T: Copy, U>(a: &[T], b: &[T], c: &[T], y: &mut [U], f: impl Fn(T, T, T) -> U) {
        for (y, ((&a, &b), &c)) in zip(y, zip(zip(a, b), c)) {
            *y = f(a, b, c);
        }
    }
    vectorized(
        #[inline(always)]
        move || body(a, b, c, y, f),
    );
}

/// Adds a column to every column of a matrix.
///
/// ```math
/// Y \leftarrow Y + b\,1^\top, \qquad y_{ij} \leftarrow y_{ij} + b_i
/// ```
///
/// The bias of a layer: row `i` of the matrix is one feature of all samples. Total: rows without a
/// number in `b` are not touched.
///
/// # Shapes
///
/// `y: m × n`, `b: m`.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixMut, Order, Shape, add_column};
///
/// let mut memory = [1.0, 2.0, 3.0, 4.0];
/// let y = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?;
/// add_column(y, &[10.0, 20.0]);
/// assert_eq!(memory, [11.0, 12.0, 23.0, 24.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
#[doc(alias = "bias")]
pub fn add_column<R: Real>(y: MatrixMut<'_, R>, b: &[R]) {
    #[inline(always)]
    fn rows<R: Real>(y: &mut [R], columns: usize, b: &[R]) {
        for (row, &b) in zip(y.chunks_exact_mut(columns), b) {
            for y in row {
                *y += b;
            }
        }
    }
    #[inline(always)]
    fn columns<R: Real>(y: &mut [R], rows: usize, b: &[R]) {
        for column in y.chunks_exact_mut(rows) {
            for (y, &b) in zip(column, b) {
                *y += b;
            }
        }
    }
    let (shape, order) = (y.shape(), y.order());
    let y = y.into_slice();
    match order {
        Order::Rows => vectorized(
            #[inline(always)]
            move || rows(y, shape.columns.max(1), b),
        ),
        Order::Columns => vectorized(
            #[inline(always)]
            move || columns(y, shape.rows.max(1), b),
        ),
    }
}

/// Sums each row of a matrix.
///
/// ```math
/// s = A\,1, \qquad s_i = \sum_j a_{ij}
/// ```
///
/// The gradient of a bias: [`add_column`] read backward. Total: surplus sums are set to zero.
///
/// # Shapes
///
/// `a: m × n`, `sums: m`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\langle b\,1^\top, A \rangle = \langle b, A\,1 \rangle`$ | `sum_rows_is_the_transpose_of_add_column` |
///
/// # Numerics
///
/// A contiguous row is summed in 16 interleaved partial sums, which a fixed tree adds up: the same bits on
/// every machine, and an error bound of $`\gamma_{\lceil n / 16 \rceil + 4} \sum_j \lvert a_{ij} \rvert`$.
/// With contiguous columns each row is summed from left to right, with $`\gamma_{n - 1}`$. The sum is
/// computed in the type of the entries: this is a kernel of training steps.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixRef, Order, Shape, sum_rows};
///
/// let a = MatrixRef::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], Shape::new(2, 3), Order::Rows)?;
/// let mut sums = [0.0; 2];
/// sum_rows(a, &mut sums);
/// assert_eq!(sums, [6.0, 15.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
pub fn sum_rows<R: Real>(a: MatrixRef<'_, R>, sums: &mut [R]) {
    #[inline(always)]
    fn rows<R: Real>(a: &[R], columns: usize, sums: &mut [R]) {
        for (row, sum) in zip(a.chunks_exact(columns), sums) {
            *sum = sum_in_lanes(row);
        }
    }
    #[inline(always)]
    fn columns<R: Real>(a: &[R], rows: usize, sums: &mut [R]) {
        for column in a.chunks_exact(rows) {
            for (sum, &a) in zip(&mut *sums, column) {
                *sum += a;
            }
        }
    }
    sums.fill(R::from_f64(0.0));
    let (entries, shape) = (a.as_slice(), a.shape());
    match a.order() {
        Order::Rows => vectorized(
            #[inline(always)]
            move || rows(entries, shape.columns.max(1), sums),
        ),
        Order::Columns => vectorized(
            #[inline(always)]
            move || columns(entries, shape.rows.max(1), sums),
        ),
    }
}

/// The sum of a contiguous row: number `k` goes to lane `k mod 16`, halves are folded onto halves.
#[inline(always)]
fn sum_in_lanes<R: Real>(row: &[R]) -> R {
    let mut lanes = [R::from_f64(0.0); LANES];
    let (blocks, rest) = row.as_chunks::<LANES>();
    for block in blocks {
        for (lane, &x) in zip(&mut lanes, block) {
            *lane += x;
        }
    }
    for (lane, &x) in zip(&mut lanes, rest) {
        *lane += x;
    }
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half]; // i + half < 2 · half ≤ LANES
        }
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::shape::Shape;

    #[test]
    fn the_shorter_slice_ends_the_loop() {
        let mut y = [7.0; 3];
        map(&[1.0, 2.0], &mut y, |x| -x);
        assert_eq!(y, [-1.0, -2.0, 7.0]);
        map2(&[1.0], &[1.0, 2.0], &mut y, |a, b| a + b);
        assert_eq!(y, [2.0, -2.0, 7.0]);
        map3(&[], &[1.0], &[1.0], &mut y, |a: f64, b, c| a + b + c);
        assert_eq!(y, [2.0, -2.0, 7.0]);
    }

    #[test]
    fn both_orders_add_the_same_column() {
        let b = [10.0, 20.0];
        let mut rows = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let mut columns = [1.0, 4.0, 2.0, 5.0, 3.0, 6.0];
        let shape = Shape::new(2, 3);
        add_column(MatrixMut::new(&mut rows, shape, Order::Rows).unwrap(), &b);
        add_column(
            MatrixMut::new(&mut columns, shape, Order::Columns).unwrap(),
            &b,
        );
        assert_eq!(rows, [11.0, 12.0, 13.0, 24.0, 25.0, 26.0]);
        assert_eq!(columns, [11.0, 24.0, 12.0, 25.0, 13.0, 26.0]);
    }

    #[test]
    fn a_short_column_leaves_the_other_rows() {
        for order in [Order::Rows, Order::Columns] {
            let mut y = [0.0; 4];
            add_column(
                MatrixMut::new(&mut y, Shape::new(2, 2), order).unwrap(),
                &[1.0],
            );
            let y = MatrixRef::new(&y, Shape::new(2, 2), order).unwrap();
            assert_eq!((y.get(0, 1), y.get(1, 1)), (Some(1.0), Some(0.0)));
        }
    }

    #[test]
    fn a_matrix_without_columns_sums_to_zero() {
        for order in [Order::Rows, Order::Columns] {
            let mut sums = [7.0; 3];
            sum_rows(
                MatrixRef::<f64>::new(&[], Shape::new(3, 0), order).unwrap(),
                &mut sums,
            );
            assert_eq!(sums, [0.0; 3]);
            sum_rows(
                MatrixRef::<f64>::new(&[], Shape::new(0, 5), order).unwrap(),
                &mut [],
            );
        }
    }

    #[test]
    fn the_order_of_the_sum_is_fixed() {
        // 17 numbers: 2^53 and the last one share lane 0, where the 1 is rounded away.
        let mut row = [1.0; 17];
        row[0] = 9007199254740992.0;
        assert_eq!(sum_in_lanes(&row), 9007199254740992.0 + 14.0);
        row[15] = 2.0;
        assert_eq!(sum_in_lanes(&row), 9007199254740992.0 + 16.0);
    }
}
