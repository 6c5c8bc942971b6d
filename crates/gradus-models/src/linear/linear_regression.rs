//! Linear regression.

use super::linear_model::LinearModel;
use super::summary::RegressionSummary;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::{check_numbers, check_pairs, check_weights, design};
use gradus_linalg::least_squares;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::MatrixRef;

/// Linear regression: the linear function with the smallest sum of squared errors.
///
/// ```math
/// \min_{w, b} \; \sum_{i=1}^n \omega_i \, (w^\top x_i + b - y_i)^2
/// ```
///
/// where $`\omega_i`$ are weights of the samples, 1 if none are given. If errors are normal, of one variance $`\sigma^2`$
/// (or $`\sigma^2 / \omega_i`$), these are the most likely $`w`$ and $`b`$, and [`summarize`](Self::summarize) tells how
/// far they can be trusted.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | residuals are perpendicular to every feature and sum to 0 | `residuals_are_perpendicular_to_the_features` |
/// | $`w(c X, y) = w / c`$, $`w(X, c y) = c w`$, adding a linear function of $`x`$ to $`y`$ adds it to the model | `linear_regression_follows_its_data` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `weights_count_samples` |
///
/// # Numerics
///
/// [`least_squares`] on the matrix of ones and features, by QR with refinement: digits do not depend on units.
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`], [`ModelError::TargetNotFinite`],
/// [`ModelError::NotAWeight`], [`ModelError::NoWeight`]; [`ModelError::Collinear`] if features depend on each other, or are more than samples:
/// which of the equally good functions should be taken, no data tell.
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, LinearRegression, MatrixRef, Order, Shape};
///
/// // The line through (0, 1), (1, 3), (2, 5).
/// let x = MatrixRef::new(&[0.0, 1.0, 2.0], Shape::new(1, 3), Order::Columns)?;
/// let line = LinearRegression::default().fit(x, &[1.0, 3.0, 5.0])?;
/// assert!((line.weights()[0] - 2.0).abs() < 1e-14 && (line.intercept() - 1.0).abs() < 1e-14);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed. (2009), section 3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "ordinary least squares")]
pub struct LinearRegression {
    /// Whether there is a $`b`$, or $`b = 0`$. Default: there is.
    pub intercept: bool,
}

impl Default for LinearRegression {
    fn default() -> Self {
        Self { intercept: true }
    }
}

impl Fit<f64> for LinearRegression {
    type Model = LinearModel;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[f64]) -> Result<LinearModel, ModelError> {
        self.model(&Equations::new(x, y, self.intercept)?.estimate()?)
    }
}

impl FitWeighted<f64> for LinearRegression {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
    ) -> Result<LinearModel, ModelError> {
        self.model(&Equations::weighted(x, y, weights, self.intercept)?.estimate()?)
    }
}

impl LinearRegression {
    /// The model with its standard errors.
    ///
    /// # Errors
    ///
    /// As [`LinearRegression`], and [`ModelError::TooFewSamples`] unless there are more samples than coefficients.
    pub fn summarize(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[f64],
    ) -> Result<RegressionSummary, ModelError> {
        self.summary(&Equations::new(x, y, self.intercept)?)
    }

    /// The model of weighted samples with its standard errors.
    ///
    /// # Errors
    ///
    /// As [`summarize`](Self::summarize).
    pub fn summarize_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
    ) -> Result<RegressionSummary, ModelError> {
        self.summary(&Equations::weighted(x, y, weights, self.intercept)?)
    }

    fn summary(self, equations: &Equations) -> Result<RegressionSummary, ModelError> {
        let estimate = equations.estimate()?;
        let model = self.model(&estimate)?;
        RegressionSummary::new(model, equations, &estimate, self.intercept)
    }

    /// The coefficients are the intercept, if there is one, and the weights.
    fn model(self, coefficients: &DVector<f64>) -> Result<LinearModel, ModelError> {
        let (intercept, weights) = coefficients
            .as_slice()
            .split_at(usize::from(self.intercept));
        LinearModel::new(weights.to_vec(), intercept.first().copied().unwrap_or(0.0))
    }
}

/// $`A \beta \approx y`$, each line multiplied by the root of its weight.
#[derive(Debug)]
pub(super) struct Equations {
    pub(super) a: DMatrix<f64>,
    pub(super) b: DVector<f64>,
    /// Roots of the weights, if not all are 1.
    pub(super) roots: Option<Vec<f64>>,
}

impl Equations {
    fn new(x: MatrixRef<'_, f64>, y: &[f64], intercept: bool) -> Result<Self, ModelError> {
        check_pairs(x, y.len())?;
        check_numbers(y)?;
        Ok(Self {
            a: design(x, intercept),
            b: DVector::from_column_slice(y),
            roots: None,
        })
    }

    fn weighted(
        x: MatrixRef<'_, f64>,
        y: &[f64],
        weights: &[f64],
        intercept: bool,
    ) -> Result<Self, ModelError> {
        let mut equations = Self::new(x, y, intercept)?;
        check_weights(weights, y.len())?;
        let roots: Vec<f64> = weights.iter().map(|w| w.sqrt()).collect();
        for mut column in equations.a.column_iter_mut() {
            column.iter_mut().zip(&roots).for_each(|(a, w)| *a *= w);
        }
        equations
            .b
            .iter_mut()
            .zip(&roots)
            .for_each(|(b, w)| *b *= w);
        equations.roots = Some(roots);
        Ok(equations)
    }

    fn estimate(&self) -> Result<DVector<f64>, ModelError> {
        let columns = self.a.ncols();
        let best = least_squares(&self.a, &self.b)?;
        if best.rank < columns {
            let rank = best.rank;
            return Err(ModelError::Collinear { rank, columns });
        }
        Ok(best.x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn a_feature_twice_is_one_too_many() {
        let x = [1.0, 1.0, 2.0, 2.0, 4.0, 4.0];
        let x = MatrixRef::new(&x, Shape::new(2, 3), Order::Columns).unwrap();
        let (rank, columns) = (2, 3);
        let collinear = Err(ModelError::Collinear { rank, columns });
        assert_eq!(
            LinearRegression::default().fit(x, &[1.0, 2.0, 3.0]),
            collinear
        );
    }

    #[test]
    fn through_the_origin_without_an_intercept() {
        let x = MatrixRef::new(&[1.0, 2.0], Shape::new(1, 2), Order::Columns).unwrap();
        let line = LinearRegression { intercept: false };
        let model = line.fit(x, &[1.0, 3.0]).unwrap(); // (1 + 6) / 5
        assert!((model.weights()[0] - 1.4).abs() < 1e-15);
        assert_eq!(model.intercept(), 0.0);
    }

    #[test]
    fn weights_are_not_negative() {
        let x = MatrixRef::new(&[1.0, 2.0], Shape::new(1, 2), Order::Columns).unwrap();
        let fit = |w: &[f64]| LinearRegression::default().fit_weighted(x, &[1.0, 2.0], w);
        let (sample, value) = (1, -1.0);
        assert_eq!(
            fit(&[1.0, -1.0]),
            Err(ModelError::NotAWeight { sample, value })
        );
        assert!(fit(&[1.0]).is_err() && fit(&[f64::NAN, 1.0]).is_err());
    }
}
