//! What can give samples different weights.

use super::fit::Fit;
use super::target::Target;
use crate::error::ModelError;
use gradus_numeric::MatrixRef;

/// Settings that let some samples count more than others.
///
/// ```math
/// \min_\theta \; \sum_{i=1}^n \omega_i \, \ell(\theta; x_i, y_i) + \text{penalty}
/// ```
///
/// A weight $`\omega_i \ge 0`$ is how often a sample counts: 2 is the sample twice, 0 is no sample. Rare classes are made
/// to count as much as the others by the weight of its class for each sample (`class_weights` of `gradus-data`).
///
/// Linear regression, ridge, lasso and elastic net, logistic and softmax regression and naive Bayes can do so. A
/// [`Pipeline`](crate::Pipeline) passes weights to its model, not to its preparations;
/// [`cross_validate_weighted`](crate::cross_validate_weighted) sends them with their samples. Neighbors and networks cannot
/// yet (the training of `gradus-nn` can).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a weight of 2 is the sample twice, a weight of 0 is no sample | `weights_count_samples`, `penalized_models_count_weights`, `classifiers_count_weights`, `gaussian_naive_bayes_counts_weights` |
///
/// # Examples
///
/// ```
/// use gradus_models::{FitWeighted, LogisticRegression, MatrixRef, Order, Shape};
///
/// // Without features the probability of class 1 is its share: one of three, then two of four.
/// let none = MatrixRef::new(&[], Shape::new(0, 3), Order::Columns)?;
/// let share = |weights: &[f64]| -> Result<f64, gradus_models::ModelError> {
///     let model = LogisticRegression::default().fit_weighted(none, &[0, 0, 1], weights)?;
///     Ok(model.probabilities(none)?[0])
/// };
/// assert!((share(&[1.0, 1.0, 1.0])? - 1.0 / 3.0).abs() < 1e-12);
/// assert!((share(&[1.0, 1.0, 2.0])? - 1.0 / 2.0).abs() < 1e-12);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub trait FitWeighted<Y: Target>: Fit<Y> {
    /// Learns from samples, one a column of `x`, that count `weights` times each.
    ///
    /// # Errors
    ///
    /// As [`Fit::fit`], and [`ModelError::TargetCount`], [`ModelError::NotAWeight`], [`ModelError::NoWeight`].
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[Y],
        weights: &[f64],
    ) -> Result<Self::Model, ModelError>;
}
