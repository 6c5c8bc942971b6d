//! Samples with their means taken off.

use super::linear_model::LinearModel;
use crate::error::ModelError;
use crate::samples::{Weighted, check_numbers, check_pairs, design};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::view;
use gradus_numeric::{MatrixRef, NumericError, compensated_dot, compensated_sum, mean};
use std::iter::zip;

/// $`A = X^\top`$ and $`b = y`$, their means taken off if there is an intercept, each line times the root of its weight.
///
/// A penalty on the weights alone leaves the intercept free, and its best value is $`\bar{y} - w^\top \bar{x}`$ whatever
/// the weights are: what is left is a problem without intercept.
#[derive(Clone, Debug)]
pub(super) struct Centered {
    pub(super) a: DMatrix<f64>,
    pub(super) b: DVector<f64>,
    /// How many samples there are, each counted as often as its weight says.
    pub(super) samples: f64,
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
        Self::about(x, y, y.len() as f64, intercept, mean)
    }

    pub(super) fn weighted(
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
        intercept: bool,
    ) -> Result<Self, ModelError> {
        check_numbers(y)?;
        let counted = Weighted::new(x, y, weights)?;
        let samples = compensated_sum(&counted.weights);
        let shares: Vec<f64> = counted.weights.iter().map(|w| w / samples).collect();
        let mean = |x: &[f64]| compensated_dot(&shares, x);
        let mut data = Self::about(view(&counted.x), &counted.y, samples, intercept, mean)?;
        let roots: Vec<f64> = counted.weights.iter().map(|w| w.sqrt()).collect();
        let columns = data.a.as_mut_slice().chunks_exact_mut(roots.len());
        for column in columns.chain([data.b.as_mut_slice()]) {
            zip(column, &roots).for_each(|(x, root)| *x *= root);
        }
        Ok(data)
    }

    /// The samples about their means.
    fn about(
        x: MatrixRef<'_, f64>,
        y: &[f64],
        samples: f64,
        intercept: bool,
        mean: impl Fn(&[f64]) -> Result<f64, NumericError>,
    ) -> Result<Self, ModelError> {
        let (mut a, mut b) = (design(x, false), DVector::from_column_slice(y));
        let n = a.nrows();
        let (mut means, mut target_mean) = (vec![0.0; a.ncols()], 0.0);
        if intercept {
            for (column, of_column) in a.as_mut_slice().chunks_exact_mut(n).zip(&mut means) {
                *of_column = mean(column)?;
                take_off(column, *of_column)?;
            }
            target_mean = mean(y)?;
            take_off(b.as_mut_slice(), target_mean)?;
        }
        Ok(Self {
            a,
            b,
            samples,
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

fn take_off(x: &mut [f64], mean: f64) -> Result<(), ModelError> {
    for x in x.iter_mut() {
        *x -= mean;
    }
    if x.iter().all(|x| x.is_finite()) {
        Ok(())
    } else {
        Err(ModelError::Overflow {
            what: "a deviation from the mean",
        })
    }
}
