//! Residuals and their Jacobian, counted and checked.

use crate::core::counted::{all_finite, of_length};
use crate::error::MinimizeError;
use gradus_linalg::nalgebra::{DMatrix, DVector};

/// The residuals as a function.
pub(crate) struct Residuals<'f> {
    r: &'f mut dyn FnMut(&[f64]) -> Vec<f64>,
    j: &'f mut dyn FnMut(&[f64]) -> DMatrix<f64>,
    pub(crate) evaluations: usize,
}

/// A point with its residuals $`r`$ and half of their sum of squares.
pub(crate) struct Fit {
    pub(crate) x: Vec<f64>,
    pub(crate) r: DVector<f64>,
    pub(crate) value: f64,
}

impl<'f> Residuals<'f> {
    pub(crate) fn new(
        r: &'f mut dyn FnMut(&[f64]) -> Vec<f64>,
        j: &'f mut dyn FnMut(&[f64]) -> DMatrix<f64>,
    ) -> Self {
        Self {
            r,
            j,
            evaluations: 0,
        }
    }

    /// The first point; the residuals must be finite there.
    pub(crate) fn start(&mut self, x: &[f64]) -> Result<Fit, MinimizeError> {
        all_finite("start", x)?;
        let fit = self.at(x);
        let value = fit.value;
        if value.is_finite() {
            Ok(fit)
        } else {
            Err(MinimizeError::StartOutside { value })
        }
    }

    /// Any other point; a residual that is no number makes the value infinite.
    pub(crate) fn at(&mut self, x: &[f64]) -> Fit {
        self.evaluations += 1;
        let r = DVector::from_vec((self.r)(x));
        let squares = 0.5 * r.dot(&r);
        let value = if squares.is_nan() {
            f64::INFINITY
        } else {
            squares
        };
        Fit {
            x: x.to_vec(),
            r,
            value,
        }
    }

    /// The Jacobian, of the right shape and finite.
    pub(crate) fn jacobian(&mut self, at: &Fit) -> Result<DMatrix<f64>, MinimizeError> {
        let j = (self.j)(&at.x);
        of_length("the rows of the Jacobian", j.nrows(), at.r.len())?;
        of_length("the columns of the Jacobian", j.ncols(), at.x.len())?;
        all_finite("jacobian", j.as_slice())?;
        Ok(j)
    }
}
