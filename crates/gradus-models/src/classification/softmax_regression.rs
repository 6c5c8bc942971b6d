//! Softmax regression.

use super::likelihood::Likelihood;
use super::logistic_regression::check_likelihood;
use super::newton::optimum;
use super::softmax_model::SoftmaxModel;
use crate::contract::{Fit, FitWeighted};
use crate::error::ModelError;
use crate::samples::{Weighted, check_pairs, check_setting, classes};
use gradus_linalg::view;
use gradus_numeric::MatrixRef;

/// Softmax regression: the most likely probabilities of any number of classes with linear scores.
///
/// ```math
/// p(y = k \mid x) = \operatorname{softmax}(W x + b)_k, \qquad
/// \min_{W, b} \; -\sum_{i=1}^n \omega_i \ln p(y_i \mid x_i) + \frac{\lambda}{2} \lVert W \rVert_F^2
/// ```
///
/// where $`\lambda`$ is `penalty` and $`\omega_i`$ are weights of the samples, 1 if none are given; the intercepts are
/// free. A number added to all scores changes nothing: of equally good models, that is found whose weights (and
/// intercepts) sum to 0 over the classes.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; labels: n numbers from 0 to K − 1, and all of them occur.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the gradient is 0 | `softmax_regression_is_at_its_optimum` |
/// | weights and intercepts sum to 0 over the classes | `softmax_regression_is_at_its_optimum` |
/// | the mean probability of a class is its share | `softmax_regression_is_at_its_optimum` |
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `classifiers_count_weights` |
/// | two classes are logistic regression with half the penalty | `softmax_of_two_classes_is_logistic_regression` |
///
/// # Numerics
///
/// Newton's method as in [`LogisticRegression`](crate::LogisticRegression); the Hessian of all $`K (p + 1)`$ parameters
/// is held in memory, so there may be at most 5000.
///
/// # Errors
///
/// As [`LogisticRegression`](crate::LogisticRegression), with [`ModelError::MissingClass`] instead of
/// [`ModelError::NotBinary`]; [`ModelError::InvalidSetting`] for more than 5000 parameters (a network of one dense layer
/// learns them by steps).
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, MatrixRef, Order, Shape, SoftmaxRegression};
///
/// // Without features, the shares of the classes.
/// let none = MatrixRef::new(&[], Shape::new(0, 4), Order::Columns)?;
/// let model = SoftmaxRegression::default().fit(none, &[0, 1, 1, 2])?;
/// let p = model.probabilities(none)?;
/// assert!((p[(1, 0)] - 0.5).abs() < 1e-12 && (p[(2, 0)] - 0.25).abs() < 1e-12);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3.4. In scikit-learn $`\lambda = 1 / C`$.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "multinomial logistic regression")]
pub struct SoftmaxRegression {
    /// $`\lambda \ge 0`$. Default 1.
    pub penalty: f64,
    /// Whether there is a $`b`$. Default: there is.
    pub intercept: bool,
    /// The Newton decrement before the last step. Default 1e-8.
    pub tolerance: f64,
    /// How many steps may be needed. Default 100.
    pub most_iterations: usize,
}

impl Default for SoftmaxRegression {
    fn default() -> Self {
        Self {
            penalty: 1.0,
            intercept: true,
            tolerance: 1e-8,
            most_iterations: 100,
        }
    }
}

impl Fit<u32> for SoftmaxRegression {
    type Model = SoftmaxModel;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<SoftmaxModel, ModelError> {
        self.model(x, labels, &vec![1.0; labels.len()])
    }
}

impl FitWeighted<u32> for SoftmaxRegression {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<SoftmaxModel, ModelError> {
        let counted = Weighted::new(x, labels, weights)?;
        self.model(view(&counted.x), &counted.y, &counted.weights)
    }
}

impl SoftmaxRegression {
    fn model(
        &self,
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
    ) -> Result<SoftmaxModel, ModelError> {
        check_likelihood(self.penalty, self.tolerance)?;
        check_pairs(x, labels.len())?;
        let (classes, p) = (classes(labels)?, x.rows());
        let parameters = classes * (p + usize::from(self.intercept));
        let few = parameters <= MOST_PARAMETERS;
        check_setting("parameters", parameters as f64, few, "at most 5000")?;
        let likelihood = Likelihood::new(x, labels, weights, classes, self.penalty, self.intercept);
        let theta = optimum(&likelihood, self.tolerance, self.most_iterations)?;
        let intercepts = if self.intercept {
            theta.column(p).as_slice().to_vec()
        } else {
            vec![0.0; classes]
        };
        SoftmaxModel::new(theta.columns(0, p).into_owned(), intercepts)
    }
}

/// A Hessian of 200 MB.
const MOST_PARAMETERS: usize = 5000;
