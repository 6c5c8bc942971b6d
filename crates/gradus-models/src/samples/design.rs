//! The matrices in which a model sees its samples.

use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixRef, Order};

/// $`A = X^\top`$, a line a sample, with a first column of ones if there is an intercept.
pub(crate) fn design(x: MatrixRef<'_, f64>, intercept: bool) -> DMatrix<f64> {
    let (p, n) = (x.rows(), x.columns());
    let ones = usize::from(intercept);
    let mut a = DMatrix::from_element(n, p + ones, 1.0);
    let features = &mut a.as_mut_slice()[n * ones..];
    match x.order() {
        Order::Rows => features.copy_from_slice(x.as_slice()),
        // Some samples at a time, so that what is read and what is written stay in the cache.
        Order::Columns => {
            for start in (0..n).step_by(TILE) {
                for j in start..n.min(start + TILE) {
                    for i in 0..p {
                        features[i * n + j] = x.as_slice()[j * p + i];
                    }
                }
            }
        }
    }
    a
}

/// The samples as columns, with a last row of ones if there is an intercept.
pub(crate) fn augmented(x: MatrixRef<'_, f64>, intercept: bool) -> DMatrix<f64> {
    let one = intercept.then_some(1.0);
    let columns = (0..x.columns()).flat_map(|j| x.column(j).chain(one));
    let rows = x.rows() + usize::from(intercept);
    DMatrix::from_vec(rows, x.columns(), columns.collect())
}

/// Samples whose features fit into the fastest cache for some hundred features; not measured.
const TILE: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::Shape;

    #[test]
    fn ones_come_first_or_last() {
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]; // two features, three samples
        for order in [Order::Columns, Order::Rows] {
            let x = MatrixRef::new(&x, Shape::new(2, 3), order).unwrap();
            let a = design(x, true);
            let b = augmented(x, true);
            assert_eq!((a.shape(), b.shape()), ((3, 3), (3, 3)));
            for (i, j) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
                assert_eq!(Some(a[(j, i + 1)]), x.get(i, j));
                assert_eq!(Some(b[(i, j)]), x.get(i, j));
            }
            assert!((0..3).all(|j| a[(j, 0)] == 1.0 && b[(2, j)] == 1.0));
        }
    }
}
