//! A linear function of the features.

use crate::contract::Predict;
use crate::error::ModelError;
use crate::samples::scores;
use gradus_numeric::{MatrixRef, Order, Shape};

/// A linear function of the features, and a number more.
///
/// ```math
/// \hat{y}(x) = w^\top x + b
/// ```
///
/// Linear regression, ridge and elastic net find one; they differ in what they ask of $`w`$.
///
/// # Examples
///
/// ```
/// use gradus_models::{LinearModel, MatrixRef, Predict};
///
/// let plane = LinearModel::new(vec![2.0, -1.0], 0.5)?;
/// assert_eq!(plane.predict(MatrixRef::from_column(&[3.0, 4.0]))?, [2.5]); // 2·3 − 4 + 0.5
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LinearModel {
    weights: Vec<f64>,
    intercept: f64,
}

impl LinearModel {
    /// A function with these weights, one a feature, and this intercept.
    ///
    /// # Errors
    ///
    /// [`ModelError::Overflow`] if a number is not finite.
    pub fn new(weights: Vec<f64>, intercept: f64) -> Result<Self, ModelError> {
        if weights.iter().all(|w| w.is_finite()) && intercept.is_finite() {
            Ok(Self { weights, intercept })
        } else {
            Err(ModelError::Overflow {
                what: "a weight or the intercept",
            })
        }
    }

    /// $`w`$, one number a feature.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// $`b`$; 0 for a model without intercept.
    #[must_use]
    pub const fn intercept(&self) -> f64 {
        self.intercept
    }
}

impl Predict<f64> for LinearModel {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError> {
        let row = Shape::new(1, self.weights.len());
        let weights = MatrixRef::new(&self.weights, row, Order::Rows)?;
        Ok(scores(weights, &[self.intercept], x)?.as_slice().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_features_and_what_overflows_are_refused() {
        let model = LinearModel::new(vec![1e200, 1.0], 0.0).unwrap();
        let one = model.predict(MatrixRef::from_column(&[1.0]));
        let (expected, found) = (2, 1);
        assert_eq!(one, Err(ModelError::FeatureCount { expected, found }));
        let huge = model.predict(MatrixRef::from_column(&[1e200, 0.0]));
        assert!(matches!(huge, Err(ModelError::Overflow { .. })));
        assert!(LinearModel::new(vec![f64::NAN], 0.0).is_err());
        let none = MatrixRef::new(&[], Shape::new(2, 0), Order::Columns).unwrap();
        assert_eq!(model.predict(none), Ok(vec![]));
    }

    #[test]
    fn without_features_the_intercept_is_left() {
        let constant = LinearModel::new(vec![], 3.0).unwrap();
        let x = MatrixRef::new(&[], Shape::new(0, 2), Order::Columns).unwrap();
        assert_eq!(constant.predict(x), Ok(vec![3.0, 3.0]));
    }
}
