//! Parameters as a matrix, and functions of its singular values.

use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{Scalar, Svd, singular_values, svd};
use gradus_losses::{LossError, check};
use gradus_numeric::Shape;

/// Parameters in double precision, in rows of a given length.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) entries: DMatrix<f64>,
    /// Singular values below this share of the largest are rounding.
    noise: f64,
}

impl Matrix {
    pub(super) fn new<T: Scalar>(theta: &[T], columns: usize) -> Result<Self, LossError> {
        if theta.len().checked_rem(columns) != Some(0) {
            let parameters = theta.len();
            return Err(LossError::UnevenRows {
                parameters,
                columns,
            });
        }
        let rows = theta.len() / columns;
        let numbers = theta.iter().map(|w| w.to_f64());
        let matrix = Self {
            entries: DMatrix::from_row_iterator(rows, columns, numbers),
            noise: rows.max(columns) as f64 * T::EPSILON.to_f64(),
        };
        if matrix.entries.iter().all(|w| w.is_finite()) {
            Ok(matrix)
        } else {
            Err(matrix.unfit())
        }
    }

    pub(super) fn singular_values(&self) -> Result<Vec<f64>, LossError> {
        let sigma = singular_values(&self.entries).map_err(|_| self.unfit())?;
        Ok(sigma.as_slice().to_vec())
    }

    /// $`U f(\Sigma) V^\top`$; `f` is 0 where a singular value is but rounding.
    pub(super) fn map(&self, f: impl Fn(f64) -> f64) -> Result<DMatrix<f64>, LossError> {
        let svd = svd(&self.entries).map_err(|_| self.unfit())?;
        let Svd {
            mut u,
            singular_values,
            v,
        } = svd;
        let largest = singular_values.iter().fold(0.0, |a: f64, &s| a.max(s));
        for (mut column, &sigma) in u.column_iter_mut().zip(&singular_values) {
            column *= if sigma > self.noise * largest {
                f(sigma)
            } else {
                0.0
            };
        }
        Ok(u * v.transpose())
    }

    /// The answer, if it is one.
    pub(super) fn finite(&self, answer: DMatrix<f64>) -> Result<DMatrix<f64>, LossError> {
        if answer.iter().all(|x| x.is_finite()) {
            Ok(answer)
        } else {
            Err(self.unfit())
        }
    }

    /// It is too large, or not finite: there is nothing else that can be wrong.
    pub(super) fn unfit(&self) -> LossError {
        let (rows, columns) = self.entries.shape();
        let shape = Shape::new(rows, columns);
        LossError::UnfitMatrix { shape }
    }
}

/// Adds a matrix to a gradient with contiguous rows.
pub(super) fn add<T: Scalar>(slopes: &DMatrix<f64>, gradient: &mut [T]) -> Result<(), LossError> {
    check::gradient_length(slopes.len(), gradient.len())?;
    for (g, slope) in gradient.iter_mut().zip(slopes.transpose().iter()) {
        *g += T::from_f64(*slope);
    }
    Ok(())
}

/// Writes a matrix into parameters with contiguous rows.
pub(super) fn write<T: Scalar>(entries: &DMatrix<f64>, theta: &mut [T]) {
    for (w, entry) in theta.iter_mut().zip(entries.transpose().iter()) {
        *w = T::from_f64(*entry);
    }
}
