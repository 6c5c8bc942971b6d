//! The matrix product.

use crate::error::LinalgError;
use crate::kernels::as_faer::{readable, writable};
use crate::scalar::Scalar;
use faer::{Accum, MatRef};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// The matrix product, written to `c`.
///
/// ```math
/// C = A B, \qquad c_{ij} = \sum_{l=1}^{k} a_{il} \, b_{lj}
/// ```
///
/// Each column of `c` is the linear map `a` applied to a column of `b`.
///
/// # Shapes
///
/// `a: m × k`, `b: k × n`, `c: m × n`, each in either storage order; a transposed operand is
/// `a.transposed()`, which costs nothing. With `k = 0` the product is zero.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert C - \hat C \rvert \le \gamma_k \lvert A \rvert \lvert B \rvert`$ entry by entry | `product_is_within_its_rounding_bound` |
/// | products of small integers are exact | `integer_product_is_exact` |
/// | $`(AB)^\top = B^\top A^\top`$ in every storage order | `product_does_not_depend_on_storage_order` |
///
/// # Numerics
///
/// Blocked, vectorized and on one thread. The order of summation depends on shape and processor, not on
/// the data: the same call gives the same bits on the same machine. It is fastest where the rows of
/// `c` and `b` are contiguous. NaN and infinities flow through; nothing is checked but shapes.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if the inner dimensions differ or `c` has another shape than `a b`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::product;
/// use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
///
/// let a = MatrixRef::new(&[1.0, 2.0, 3.0, 4.0], Shape::new(2, 2), Order::Rows)?;
/// let x = MatrixRef::from_column(&[5.0, 6.0]);
/// let mut y = [0.0; 2];
/// product(a, x, MatrixMut::new(&mut y, Shape::new(2, 1), Order::Columns)?)?;
/// assert_eq!(y, [17.0, 39.0]); // 1·5 + 2·6 and 3·5 + 4·6
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., SIAM 2002, §3.5, (3.13).
#[doc(alias = "gemm")]
#[doc(alias = "matrix multiplication")]
pub fn product<T: Scalar>(
    a: MatrixRef<'_, T>,
    b: MatrixRef<'_, T>,
    c: MatrixMut<'_, T>,
) -> Result<(), LinalgError> {
    multiply(a, b, c, Accum::Replace)
}

/// Adds the matrix product to `c`: $`C \leftarrow C + A B`$.
///
/// Shapes and numerics are those of [`product`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`C + AB`$ accumulates | `accumulate_adds_the_product` |
/// | $`A + B I = B + A I`$, to the bit | `adding_commutes_to_the_bit` |
/// | $`(A + B I) + C I = A + (B + C I) I`$ within three roundings | `adding_nearly_associates` |
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if the inner dimensions differ or `c` has another shape than `a b`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::accumulate;
/// use gradus_numeric::{MatrixMut, MatrixRef, Shape, Order};
///
/// let (a, b) = ([2.0], [3.0]);
/// let mut c = [10.0];
/// let one = Shape::new(1, 1);
/// accumulate(
///     MatrixRef::from_column(&a),
///     MatrixRef::from_column(&b),
///     MatrixMut::new(&mut c, one, Order::Rows)?,
/// )?;
/// assert_eq!(c, [16.0]);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
pub fn accumulate<T: Scalar>(
    a: MatrixRef<'_, T>,
    b: MatrixRef<'_, T>,
    c: MatrixMut<'_, T>,
) -> Result<(), LinalgError> {
    multiply(a, b, c, Accum::Add)
}

fn multiply<T: Scalar>(
    a: MatrixRef<'_, T>,
    b: MatrixRef<'_, T>,
    c: MatrixMut<'_, T>,
    accumulate: Accum,
) -> Result<(), LinalgError> {
    let mismatch = |left, right| {
        Err(LinalgError::ShapeMismatch {
            operation: "matrix product",
            left,
            right,
        })
    };
    if a.columns() != b.rows() {
        return mismatch(a.shape(), b.shape());
    }
    if (a.rows(), b.columns()) != (c.rows(), c.columns()) {
        return mismatch(Shape::new(a.rows(), b.columns()), c.shape());
    }
    if (a.order(), b.order()) == (Order::Columns, Order::Rows) {
        add_slices(a, b, c, accumulate);
    } else {
        T::multiply(writable(c), accumulate, readable(a), readable(b));
    }
    Ok(())
}

/// $`A B = \sum_s A_s B_s`$ over slices of the inner dimension.
///
/// Where the columns of `a` and the rows of `b` are contiguous, slices are contiguous too. A walk along
/// the inner dimension then jumps by a whole column at every step; a slice keeps the walk within what
/// the caches and the page table of the processor can hold (at 512 × 512 × 64: 57 GFLOP/s in one piece,
/// 112 in slices of 64; `benches/linalg.rs`, group `linalg/product 512x512x64`).
fn add_slices<T: Scalar>(
    a: MatrixRef<'_, T>,
    b: MatrixRef<'_, T>,
    mut c: MatrixMut<'_, T>,
    accumulate: Accum,
) {
    const LONG: usize = 256;
    let (m, n) = (a.rows(), b.columns());
    let depth = depth::<T>(m.max(n));
    if m.max(n) < LONG || a.columns() <= depth || m.min(n) == 0 {
        return T::multiply(writable(c), accumulate, readable(a), readable(b));
    }
    let mut accumulate = accumulate;
    for (a, b) in a
        .as_slice()
        .chunks(depth * m)
        .zip(b.as_slice().chunks(depth * n))
    {
        let k = a.len() / m;
        let (a, b) = (
            MatRef::from_column_major_slice(a, m, k),
            MatRef::from_row_major_slice(b, k, n),
        );
        T::multiply(writable(c.reborrow()), accumulate, a, b);
        accumulate = Accum::Add;
    }
}

/// How many steps a slice walks along the inner dimension if each step jumps by so many numbers.
///
/// Every slice reads and writes all of `c`, so long slices are better, until each step needs a page of memory of its own. Slices
/// of 128 gained 6 % over 64 for jumps of 1 and 2 KiB and 3 % for 4 KiB, and lost 9 % for 12 KiB and 30 % for
/// 16 KiB (one thread, products beside each other; `benches/linalg.rs`, group `linalg/product 512x512x64`).
const fn depth<T>(jump: usize) -> usize {
    const PAGE: usize = 4096;
    if jump * size_of::<T>() <= PAGE {
        128
    } else {
        64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_dimension_zero_gives_zeros() {
        let empty: [f64; 0] = [];
        let mut c = [7.0; 4];
        let a = MatrixRef::new(&empty, Shape::new(2, 0), Order::Rows).unwrap();
        let b = MatrixRef::new(&empty, Shape::new(0, 2), Order::Rows).unwrap();
        product(
            a,
            b,
            MatrixMut::new(&mut c, Shape::new(2, 2), Order::Rows).unwrap(),
        )
        .unwrap();
        assert_eq!(c, [0.0; 4]);
    }

    #[test]
    fn shapes_that_do_not_fit_are_named() {
        let a = MatrixRef::from_column(&[1.0, 2.0]);
        let mut c = [0.0; 4];
        let wrong = product(
            a,
            a,
            MatrixMut::new(&mut c, Shape::new(2, 2), Order::Rows).unwrap(),
        );
        let (left, right) = (Shape::new(2, 1), Shape::new(2, 1));
        let operation = "matrix product";
        assert_eq!(
            wrong,
            Err(LinalgError::ShapeMismatch {
                operation,
                left,
                right
            })
        );
    }

    /// Small integers, so that every order of summation gives the same bits.
    fn integers(length: usize) -> Vec<f64> {
        (0..length).map(|i| ((i * 37) % 19) as f64 - 9.0).collect()
    }

    #[test]
    fn slices_add_up_to_the_product() {
        for m in [300, 600] {
            check_slices(m); // slices of 128 steps and of 64
        }
    }

    fn check_slices(m: usize) {
        let (k, n) = (150, 5);
        let (a, b) = (integers(m * k), integers(k * n));
        let a = MatrixRef::new(&a, Shape::new(m, k), Order::Columns).unwrap();
        let b = MatrixRef::new(&b, Shape::new(k, n), Order::Rows).unwrap();
        let mut c = vec![1.0; m * n];
        accumulate(
            a,
            b,
            MatrixMut::new(&mut c, Shape::new(m, n), Order::Rows).unwrap(),
        )
        .unwrap();
        for (i, j) in [(0, 0), (299, 4), (150, 2), (7, 3)] {
            let entry: f64 = a.row(i).zip(b.column(j)).map(|(a, b)| a * b).sum();
            assert_eq!(c[i * n + j], 1.0 + entry);
        }
        let mut again = vec![7.0; m * n];
        product(
            a,
            b,
            MatrixMut::new(&mut again, Shape::new(m, n), Order::Rows).unwrap(),
        )
        .unwrap();
        assert!(again.iter().zip(&c).all(|(p, c)| p + 1.0 == *c));
    }
}
