//! Samples with their means taken off.

use super::linear_model::LinearModel;
use crate::error::ModelError;
use crate::samples::{check_numbers, check_pairs, design};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::{MatrixRef, compensated_dot, mean};

/// $`A = X^\top`$ and $`b = y`$, their means taken off if there is an intercept.
///
/// A penalty on the weights alone leaves the intercept free, and its best value is $`\bar{y} - w^\top \bar{x}`$ whatever
/// the weights are: what is left is a problem without intercept.
#[derive(Clone, Debug)]
pub(super) struct Centered {
    pub(super) a: DMatrix<f64>,
    pub(super) b: DVector<f64>,
    means: Vec<f64>,
    target_mean: f64,
}

impl Centered {
    pub(super) fn new(
        x: MatrixRef<'_, f64>,
        y: &[f64],
        intercept: bool,
    ) -> Result<Self, ModelError> {
        check_pairs(x, y.len())?;
        check_numbers(y)?;
        let (mut a, mut b) = (design(x, false), DVector::from_column_slice(y));
        let n = a.nrows();
        let (mut means, mut target_mean) = (vec![0.0; a.ncols()], 0.0);
        if intercept {
            for (column, mean) in a.as_mut_slice().chunks_exact_mut(n).zip(&mut means) {
                *mean = take_off_mean(column)?;
            }
            target_mean = take_off_mean(b.as_mut_slice())?;
        }
        Ok(Self {
            a,
            b,
            means,
            target_mean,
        })
    }

    /// The model with these weights and the best intercept.
    pub(super) fn model(&self, weights: Vec<f64>) -> Result<LinearModel, ModelError> {
        let shift = compensated_dot(&weights, &self.means)?;
        LinearModel::new(weights, self.target_mean - shift)
    }
}

fn take_off_mean(x: &mut [f64]) -> Result<f64, ModelError> {
    let mean = mean(x)?;
    for x in x.iter_mut() {
        *x -= mean;
    }
    if x.iter().all(|x| x.is_finite()) {
        Ok(mean)
    } else {
        Err(ModelError::Overflow {
            what: "a deviation from the mean",
        })
    }
}
