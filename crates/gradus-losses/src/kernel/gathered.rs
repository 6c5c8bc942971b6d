//! The columns of a matrix side by side in double precision, whatever they come from.

use crate::error::LossError;
use gradus_numeric::{Float, MatrixMut, MatrixRef, Order, Shape};

/// Columns in double precision, each contiguous.
#[derive(Debug)]
pub(crate) struct Gathered {
    rows: usize,
    data: Vec<f64>,
}

impl Gathered {
    pub(crate) fn of<T: Float>(matrix: MatrixRef<'_, T>) -> Self {
        let columns = (0..matrix.columns()).flat_map(|j| matrix.column(j));
        Self {
            rows: matrix.rows(),
            data: columns.map(T::to_f64).collect(),
        }
    }

    pub(crate) fn zeros(shape: Shape) -> Self {
        Self {
            rows: shape.rows,
            data: vec![0.0; shape.rows * shape.columns], // as many as a matrix in memory has
        }
    }

    /// Nothing if there is no such column.
    #[inline(always)]
    pub(crate) fn column(&self, j: usize) -> &[f64] {
        let all = self.data.get(j * self.rows..(j + 1) * self.rows);
        all.unwrap_or(&[])
    }

    #[inline(always)]
    pub(crate) fn column_mut(&mut self, j: usize) -> &mut [f64] {
        let all = self.data.get_mut(j * self.rows..(j + 1) * self.rows);
        all.unwrap_or(&mut [])
    }

    /// Every entry of the matrix, rounded once.
    pub(crate) fn write<T: Float>(&self, mut matrix: MatrixMut<'_, T>) {
        let Shape { rows, columns } = matrix.shape();
        let order = matrix.order();
        for (at, entry) in matrix.as_mut_slice().iter_mut().enumerate() {
            let from = match order {
                Order::Columns => at,
                Order::Rows => at / columns + at % columns * rows,
            };
            *entry = T::from_f64(self.data[from]);
        }
    }
}

/// The memory for the gradient has the shape of the prediction.
pub(crate) fn check_gradient<T>(
    prediction: Shape,
    memory: &MatrixMut<'_, T>,
) -> Result<(), LossError> {
    let gradient = memory.shape();
    if gradient == prediction {
        return Ok(());
    }
    Err(LossError::GradientShape {
        prediction,
        gradient,
    })
}
