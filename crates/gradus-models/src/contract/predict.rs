//! What a model can be asked.

use super::target::Target;
use crate::error::ModelError;
use gradus_numeric::MatrixRef;

/// A fitted model: it predicts the targets of samples that it has not seen.
///
/// # Examples
///
/// ```
/// use gradus_models::{LinearModel, MatrixRef, Order, Predict, Shape};
///
/// let line = LinearModel::new(vec![2.0], 1.0)?; // y = 2 x + 1
/// let x = MatrixRef::new(&[0.0, 1.0, 2.0], Shape::new(1, 3), Order::Columns)?;
/// assert_eq!(line.predict(x)?, [1.0, 3.0, 5.0]);
/// assert_eq!(line.score(x, &[1.0, 3.0, 5.0])?, 1.0);
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
pub trait Predict<Y: Target> {
    /// The targets of samples, one a column of `x`.
    ///
    /// # Errors
    ///
    /// [`ModelError::FeatureCount`] for samples of other features than the model was fitted to;
    /// [`ModelError::NonFinite`].
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<Y>, ModelError>;

    /// How good the predictions are: $`R^2`$ of numbers, the share of right labels.
    ///
    /// # Errors
    ///
    /// As [`predict`](Self::predict) and [`Target::score`].
    fn score(&self, x: MatrixRef<'_, f64>, y: &[Y]) -> Result<f64, ModelError> {
        Y::score(y, &self.predict(x)?)
    }
}
