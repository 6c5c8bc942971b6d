//! Muon: the nearest orthogonal matrix, by Newton and Schulz.

use crate::core::layout::Entry;
use crate::core::transformation::{Grain, Part, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::{Float, MatrixMut, MatrixRef, NumericError, Order, Shape};
use std::fmt;

/// A matrix product $`C = A B`$; this crate knows none but [`plain_product`].
pub type Product<T> = fn(MatrixRef<'_, T>, MatrixRef<'_, T>, MatrixMut<'_, T>);

/// Makes the update of a matrix nearly orthogonal; after [`Trace`](crate::Trace) this is Muon.
///
/// ```math
/// X_0 = G / \lVert G \rVert_F, \qquad A = X X^\top, \quad X \leftarrow a X + (b A + c A^2) X, \qquad
/// u = \sqrt{\max(1, m / n)}\, X
/// ```
///
/// # References
///
/// K. Jordan et al., *Muon: an optimizer for hidden layers in neural networks* (2024).
#[derive(Clone, Copy)]
pub struct Orthogonalize<T> {
    /// $`a, b, c`$.
    pub coefficients: [f64; 3],
    /// Iterations.
    pub steps: usize,
    /// The matrix product, such as `gradus_linalg::product`.
    pub product: Product<T>,
}

impl<T: Float> Default for Orthogonalize<T> {
    fn default() -> Self {
        Self {
            coefficients: [3.4445, -4.7750, 2.0315],
            steps: 5,
            product: plain_product,
        }
    }
}

impl<T> fmt::Debug for Orthogonalize<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Orthogonalize")
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

impl<T: Float> Transformation<T> for Orthogonalize<T> {
    fn check(&self) -> Result<(), OptimError> {
        Ok(())
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    /// Memory for $`X`$, $`A`$ and $`bA + cA^2`$; underscored: not saved.
    fn vectors(&self, tensor: &Entry) -> Vec<(&'static str, usize)> {
        let (n, small) = (
            tensor.window().len(),
            tensor.shape.rows.min(tensor.shape.columns),
        );
        vec![("_x", n), ("_a", small * small), ("_b", small * small)]
    }

    fn apply(&self, part: Part<'_, T>) {
        let Shape { rows, columns } = part.tensor.shape;
        let scale = (rows as f64 / columns as f64).max(1.0).sqrt();
        if let [x, a, b] = part.vectors {
            // A wide matrix has the smaller A; which way it lies in memory does not matter.
            let (shape, order) = if rows > columns {
                (Shape::new(columns, rows), Order::Columns)
            } else {
                (Shape::new(rows, columns), Order::Rows)
            };
            // The shapes fit by construction.
            let _ = self.iterate(shape, order, part.update, [&mut **x, &mut **a, &mut **b]);
            part.update
                .iter_mut()
                .for_each(|u| *u = *u * T::from_f64(scale));
        }
    }

    /// Singular values stay below 1.3; an entry is at most the greatest of them.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * reach.n.sqrt()
    }
}

impl<T: Float> Orthogonalize<T> {
    fn iterate(
        &self,
        shape: Shape,
        order: Order,
        g: &mut [T],
        memory: [&mut [T]; 3],
    ) -> Result<(), NumericError> {
        let [x, a, b] = memory;
        let small = Shape::new(shape.rows, shape.rows);
        let [ca, cb, cc] = self.coefficients.map(T::from_f64);
        let norm = g
            .iter()
            .map(|g| g.to_f64() * g.to_f64())
            .sum::<f64>()
            .sqrt();
        let inverse = T::from_f64(if norm > 0.0 { 1.0 / norm } else { 0.0 });
        g.iter_mut().for_each(|g| *g = *g * inverse);
        for _ in 0..self.steps {
            let of = |g| MatrixRef::new(g, shape, order);
            (self.product)(
                of(g)?,
                of(g)?.transposed(),
                MatrixMut::new(a, small, Order::Rows)?,
            );
            let square = MatrixRef::new(a, small, Order::Rows)?;
            (self.product)(square, square, MatrixMut::new(b, small, Order::Rows)?);
            b.iter_mut()
                .zip(&*a)
                .for_each(|(b, &a)| *b = cb * a + cc * *b);
            let b = MatrixRef::new(b, small, Order::Rows)?;
            (self.product)(b, of(g)?, MatrixMut::new(x, shape, order)?);
            g.iter_mut().zip(&*x).for_each(|(g, &x)| *g = ca * *g + x);
        }
        Ok(())
    }
}

/// $`c_{ij} = \sum_l a_{il} b_{lj}`$ as it is written: for small matrices and for tests.
pub fn plain_product<T: Float>(a: MatrixRef<'_, T>, b: MatrixRef<'_, T>, mut c: MatrixMut<'_, T>) {
    for i in 0..a.rows() {
        for j in 0..b.columns() {
            let sum = a
                .row(i)
                .zip(b.column(j))
                .fold(T::default(), |sum, (a, b)| sum + a * b);
            if let Some(c) = c.get_mut(i, j) {
                *c = sum;
            }
        }
    }
}
