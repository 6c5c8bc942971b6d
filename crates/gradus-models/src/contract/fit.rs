//! What can learn.

use super::predict::Predict;
use super::target::Target;
use crate::error::ModelError;
use gradus_numeric::MatrixRef;

/// Settings from which samples make a model.
///
/// Settings and fitted model are two types: a model that has not been fitted cannot be asked, and what was learned from
/// one set of samples never meets another. [`Pipeline`](crate::Pipeline) and [`cross_validate`](crate::cross_validate)
/// take any settings.
///
/// # Examples
///
/// A model of one's own, that always says the mean:
///
/// ```
/// use gradus_models::{Fit, Fold, MatrixRef, ModelError, Order, Predict, Shape, cross_validate};
///
/// struct Mean;
/// struct MeanModel(f64);
/// impl Fit<f64> for Mean {
///     type Model = MeanModel;
///     fn fit(&self, _: MatrixRef<'_, f64>, y: &[f64]) -> Result<MeanModel, ModelError> {
///         Ok(MeanModel(y.iter().sum::<f64>() / y.len() as f64))
///     }
/// }
/// impl Predict<f64> for MeanModel {
///     fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError> {
///         Ok(vec![self.0; x.columns()])
///     }
/// }
///
/// let x = MatrixRef::new(&[0.0; 4], Shape::new(1, 4), Order::Columns)?;
/// let fold = Fold { train: vec![0, 1], validation: vec![2, 3] };
/// let scores = cross_validate(&Mean, x, &[1.0, 3.0, 1.0, 3.0], &[fold])?;
/// assert_eq!(scores, [0.0]); // as good as the mean
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub trait Fit<Y: Target> {
    /// What has learned.
    type Model: Predict<Y>;

    /// Learns from samples, one a column of `x`, and their targets.
    ///
    /// # Errors
    ///
    /// [`ModelError`] tells what is wrong with settings, samples or targets.
    fn fit(&self, x: MatrixRef<'_, f64>, y: &[Y]) -> Result<Self::Model, ModelError>;
}
