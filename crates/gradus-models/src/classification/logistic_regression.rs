//! Logistic regression.

use super::likelihood::Likelihood;
use super::newton::optimum;
use crate::contract::{Fit, FitWeighted, Predict};
use crate::error::ModelError;
use crate::linear::LinearModel;
use crate::samples::{Weighted, check_pairs, check_setting, classes};
use gradus_linalg::view;
use gradus_numeric::{MatrixRef, sigmoid};

/// Logistic regression: the most likely probabilities of two classes whose log-odds are linear.
///
/// ```math
/// p(y = 1 \mid x) = \sigma(w^\top x + b), \qquad
/// \min_{w, b} \; -\sum_{i=1}^n \omega_i \ln p(y_i \mid x_i) + \frac{\lambda}{2} \lVert w \rVert^2
/// ```
///
/// where $`\lambda`$ is `penalty` and $`\omega_i`$ are weights of the samples, 1 if none are given; the intercept is
/// free. $`w_j`$ is how much one unit more of feature $`j`$ adds to the log-odds of class 1.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers 0 or 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sum_i (p_i - y_i) x_i + \lambda w = 0`$ | `logistic_regression_is_at_its_optimum` |
/// | the mean probability is the share of class 1 | `logistic_regression_is_at_its_optimum` |
/// | labels exchanged, weights change their signs | `exchanged_labels_change_the_signs` |
/// | separable classes without a penalty are refused, others are not | `separable_classes_need_a_penalty` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `classifiers_count_weights` |
/// | it is softmax regression of two classes with twice the penalty | `softmax_of_two_classes_is_logistic_regression` |
///
/// # Numerics
///
/// Newton's method with a line search, to a Newton decrement of `tolerance`; then one more step, which squares it. Units
/// of features do not matter without a penalty.
///
/// # Errors
///
/// [`ModelError::TargetCount`], [`ModelError::NoSamples`], [`ModelError::NonFinite`]; [`ModelError::NotBinary`],
/// [`ModelError::OneClass`]; [`ModelError::InvalidSetting`]; without a penalty [`ModelError::Separable`] and
/// [`ModelError::Collinear`]; [`ModelError::DidNotConverge`].
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, LogisticRegression, MatrixRef, Order, Shape};
///
/// // At x = 0 one of four is of class 1, at x = 1 three of four: log-odds -ln 3 and ln 3.
/// let x = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
/// let x = MatrixRef::new(&x, Shape::new(1, 8), Order::Columns)?;
/// let free = LogisticRegression { penalty: 0.0, ..LogisticRegression::default() };
/// let model = free.fit(x, &[0, 0, 0, 1, 0, 1, 1, 1])?;
/// assert!((model.linear().weights()[0] - 2.0 * 3.0_f64.ln()).abs() < 1e-12);
/// assert!((model.probabilities(x)?[0] - 0.25).abs() < 1e-13);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// D. R. Cox, *The regression analysis of binary sequences*, J. R. Statist. Soc. B 20 (1958), 215–242; Hastie, Tibshirani
/// and Friedman (2009), section 4.4; A. Albert and J. A. Anderson, *On the existence of maximum likelihood estimates in
/// logistic regression models*, Biometrika 71 (1984), 1–10 (separable classes). In scikit-learn $`\lambda = 1 / C`$.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogisticRegression {
    /// $`\lambda \ge 0`$. Default 1.
    pub penalty: f64,
    /// Whether there is a $`b`$. Default: there is.
    pub intercept: bool,
    /// The Newton decrement before the last step. Default 1e-8.
    pub tolerance: f64,
    /// How many steps may be needed. Default 100.
    pub most_iterations: usize,
}

impl Default for LogisticRegression {
    fn default() -> Self {
        Self {
            penalty: 1.0,
            intercept: true,
            tolerance: 1e-8,
            most_iterations: 100,
        }
    }
}

/// Probabilities of two classes; made by [`LogisticRegression`].
///
/// # Examples
///
/// See [`LogisticRegression`].
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticModel {
    linear: LinearModel,
}

impl Fit<u32> for LogisticRegression {
    type Model = LogisticModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<LogisticModel, ModelError> {
        self.model(x, labels, &vec![1.0; labels.len()])
    }
}

impl FitWeighted<u32> for LogisticRegression {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<LogisticModel, ModelError> {
        let counted = Weighted::new(x, labels, weights)?;
        self.model(view(&counted.x), &counted.y, &counted.weights)
    }
}

impl LogisticRegression {
    fn model(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<LogisticModel, ModelError> {
        check_likelihood(self.penalty, self.tolerance)?;
        check_pairs(x, labels.len())?;
        check_binary(labels)?;
        let likelihood = Likelihood::new(x, labels, weights, 1, self.penalty, self.intercept);
        let theta = optimum(&likelihood, self.tolerance, self.most_iterations)?;
        let (weights, intercept) = theta.as_slice().split_at(x.rows());
        let intercept = intercept.first().copied().unwrap_or(0.0);
        Ok(LogisticModel {
            linear: LinearModel::new(weights.to_vec(), intercept)?,
        })
    }
}

impl LogisticModel {
    /// The log-odds of class 1, a linear function.
    #[must_use]
    pub const fn linear(&self) -> &LinearModel {
        &self.linear
    }

    /// The probability of class 1 of each sample.
    ///
    /// # Errors
    ///
    /// As [`Predict::predict`].
    pub fn probabilities(&self, x: MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError> {
        Ok(self.linear.predict(x)?.into_iter().map(sigmoid).collect())
    }
}

/// The more likely class; of equally likely ones, 0.
impl Predict<u32> for LogisticModel {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        let log_odds = self.linear.predict(x)?;
        Ok(log_odds.into_iter().map(|z| u32::from(z > 0.0)).collect())
    }
}

/// Labels are 0 and 1, and both occur.
pub(super) fn check_binary(labels: &[u32]) -> Result<(), ModelError> {
    if let Some(sample) = labels.iter().position(|&label| label > 1) {
        let label = labels[sample];
        return Err(ModelError::NotBinary { sample, label });
    }
    classes(labels).map(|_| ())
}

/// A penalty and a tolerance that make sense.
pub(super) fn check_likelihood(penalty: f64, tolerance: f64) -> Result<(), ModelError> {
    let holds = penalty >= 0.0 && penalty.is_finite();
    check_setting("penalty", penalty, holds, "finite and not negative")?;
    let holds = tolerance > 0.0 && tolerance < 1.0;
    check_setting("tolerance", tolerance, holds, "between 0 and 1")
}
