//! Turned axes of a matrix: into them, out of them, and how they follow the gradients.

use crate::transformations::adam::flush;
use crate::transformations::eigenbasis::{diagonalize, dot, orthonormalize, sort_rows};
use crate::transformations::muon::Product;
use gradus_numeric::{Float, MatrixMut, MatrixRef, NumericError, Order, Shape};
use std::iter::zip;

/// The axes of both sides of a matrix, and memory to turn it.
pub(crate) struct Axes<'a, T> {
    pub(crate) shape: Shape,
    /// The sides that have a basis, 0 for those that keep their axes.
    pub(crate) sides: [usize; 2],
    pub(crate) product: Product<T>,
    /// Averages of $`G G^\top / n`$ and $`G^\top G / m`$.
    pub(crate) factors: [&'a mut [T]; 2],
    /// Their eigenvectors, one a row.
    pub(crate) bases: [&'a mut [T]; 2],
    /// Scratch memory for a matrix.
    pub(crate) half: &'a mut [T],
    /// Scratch memory for a basis.
    pub(crate) square: &'a mut [T],
}

/// Into the turned axes or out of them.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Way {
    In,
    Out,
}

impl<T: Float> Axes<'_, T> {
    /// $`B_L X B_R^\top`$, or $`B_L^\top X B_R`$ on the way out; a side without a basis stays.
    pub(crate) fn turn(&mut self, way: Way, x: &[T], to: &mut [T]) -> Result<(), NumericError> {
        let [left, right] = self.sides;
        if left == 0 {
            self.half.copy_from_slice(x);
        } else {
            let basis = square(self.bases[0], left)?;
            let basis = if way == Way::In {
                basis
            } else {
                basis.transposed()
            };
            let x = MatrixRef::new(x, self.shape, Order::Rows)?;
            (self.product)(
                basis,
                x,
                MatrixMut::new(self.half, self.shape, Order::Rows)?,
            );
        }
        if right == 0 {
            to.copy_from_slice(self.half);
            return Ok(());
        }
        let basis = square(self.bases[1], right)?;
        let basis = if way == Way::In {
            basis.transposed()
        } else {
            basis
        };
        let half = MatrixRef::new(self.half, self.shape, Order::Rows)?;
        (self.product)(half, basis, MatrixMut::new(to, self.shape, Order::Rows)?);
        Ok(())
    }

    /// $`L \leftarrow \beta L + (1 - \beta)\, G G^\top / n`$ and the same of $`G^\top`$; divided by $`n`$, sums of ordinary squares
    /// are finite, and eigenvectors stay.
    pub(crate) fn average(&mut self, beta: f64, g: &[T]) -> Result<(), NumericError> {
        let [decay, gain] = [beta, 1.0 - beta].map(T::from_f64);
        let counts = [self.shape.columns, self.shape.rows];
        for side in (0..2).filter(|&side| self.sides[side] > 0) {
            let scale = T::from_f64((counts[side] as f64).sqrt().recip());
            zip(&mut *self.half, g).for_each(|(h, &g)| *h = scale * g);
            let n = self.sides[side];
            let half = MatrixRef::new(self.half, self.shape, Order::Rows)?;
            let pair = match side {
                0 => [half, half.transposed()],
                _ => [half.transposed(), half],
            };
            let squares = &mut self.square[..n * n];
            (self.product)(
                pair[0],
                pair[1],
                MatrixMut::new(squares, Shape::new(n, n), Order::Rows)?,
            );
            for (old, &new) in zip(&mut *self.factors[side], &*squares) {
                *old = flush(decay * *old + gain * new);
            }
        }
        Ok(())
    }

    /// The first bases.
    pub(crate) fn begin(&mut self) {
        for side in (0..2).filter(|&side| self.sides[side] > 0) {
            let n = self.sides[side];
            let copy = &mut self.square[..n * n];
            copy.copy_from_slice(self.factors[side]);
            diagonalize(copy, self.bases[side], n);
        }
    }

    /// One step of orthogonal iteration; the mean squares follow their eigenvectors.
    pub(crate) fn renew(&mut self, nu: &mut [T]) -> Result<(), NumericError> {
        let Shape { rows, columns } = self.shape;
        for side in (0..2).filter(|&side| self.sides[side] > 0) {
            let n = self.sides[side];
            let next = &mut self.square[..n * n];
            let (basis, factor) = (square(self.bases[side], n)?, square(self.factors[side], n)?);
            (self.product)(
                basis,
                factor,
                MatrixMut::new(next, Shape::new(n, n), Order::Rows)?,
            );
            if !next.iter().all(|x| x.is_finite()) {
                continue; // squares near the end of the type: the old basis is as good
            }
            let size = &mut self.half[..n];
            let pairs = zip(next.chunks_exact(n), self.bases[side].chunks_exact(n));
            zip(&mut *size, pairs).for_each(|(size, (a, b))| *size = T::from_f64(dot(a, b)));
            sort_rows(next, size, n, |i, j| match side {
                0 => (0..columns).for_each(|k| nu.swap(i * columns + k, j * columns + k)),
                _ => (0..rows).for_each(|k| nu.swap(k * columns + i, k * columns + j)),
            });
            orthonormalize(next, n);
            self.bases[side].copy_from_slice(next);
        }
        Ok(())
    }
}

fn square<T: Float>(x: &[T], n: usize) -> Result<MatrixRef<'_, T>, NumericError> {
    MatrixRef::new(x, Shape::new(n, n), Order::Rows)
}
