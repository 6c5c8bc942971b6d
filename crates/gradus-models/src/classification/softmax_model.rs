//! Probabilities of classes from linear scores.

use super::likelihood::probabilities;
use crate::contract::Predict;
use crate::error::ModelError;
use crate::samples::scores;
use gradus_evaluation::argmax;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::view;
use gradus_numeric::MatrixRef;

/// Probabilities of classes whose logarithms are linear in the features, up to one number.
///
/// ```math
/// p(y = k \mid x) = \operatorname{softmax}(W x + b)_k
/// ```
///
/// Softmax regression finds such a model from the classes, given the features; naive Bayes of counts and of yes and no
/// from the features, given the classes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | probabilities of a sample sum to 1 | `softmax_regression_is_at_its_optimum` |
///
/// # Examples
///
/// ```
/// use gradus_models::linalg::nalgebra::DMatrix;
/// use gradus_models::{MatrixRef, Predict, SoftmaxModel};
///
/// let model = SoftmaxModel::new(DMatrix::from_row_slice(2, 1, &[3.0_f64.ln(), 0.0]), vec![0.0, 0.0])?;
/// let x = MatrixRef::from_column(&[1.0]);
/// assert!((model.probabilities(x)?[(0, 0)] - 0.75).abs() < 1e-15); // 3 : 1
/// assert_eq!(model.predict(x)?, [0]);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SoftmaxModel {
    weights: DMatrix<f64>,
    intercepts: Vec<f64>,
}

impl SoftmaxModel {
    /// A model with these weights, classes × features, and an intercept a class.
    ///
    /// # Errors
    ///
    /// [`ModelError::TargetCount`] unless there is an intercept for each row of weights, and two rows at least; [`ModelError::Overflow`] if a
    /// number is not finite.
    pub fn new(weights: DMatrix<f64>, intercepts: Vec<f64>) -> Result<Self, ModelError> {
        let (samples, targets) = (weights.nrows(), intercepts.len());
        if samples != targets || samples < 2 {
            return Err(ModelError::TargetCount { samples, targets });
        }
        if weights.iter().chain(&intercepts).all(|x| x.is_finite()) {
            return Ok(Self {
                weights,
                intercepts,
            });
        }
        Err(ModelError::Overflow {
            what: "a weight or an intercept",
        })
    }

    /// $`W`$, classes × features.
    #[must_use]
    pub const fn weights(&self) -> &DMatrix<f64> {
        &self.weights
    }

    /// $`b`$, one number a class.
    #[must_use]
    pub fn intercepts(&self) -> &[f64] {
        &self.intercepts
    }

    /// The probabilities, classes × samples.
    ///
    /// # Errors
    ///
    /// As [`Predict::predict`].
    pub fn probabilities(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        Ok(probabilities(&self.scores(x)?))
    }

    fn scores(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        scores(view(&self.weights), &self.intercepts, x)
    }
}

/// The most likely class; of equally likely ones, the first.
impl Predict<u32> for SoftmaxModel {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        Ok(argmax(view(&self.scores(x)?))?)
    }
}
