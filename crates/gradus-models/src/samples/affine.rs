//! Scores that are affine in the features.

use super::check::check_features;
use crate::error::ModelError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{product, view_mut};
use gradus_numeric::{MatrixRef, add_column};

/// $`W X + b`$: a row of scores for each row of `weights`.
pub(crate) fn scores(
    weights: MatrixRef<'_, f64>,
    intercepts: &[f64],
    x: MatrixRef<'_, f64>,
) -> Result<DMatrix<f64>, ModelError> {
    check_features(x, weights.columns())?;
    let mut z = DMatrix::zeros(weights.rows(), x.columns());
    product(weights, x, view_mut(&mut z))?;
    add_column(view_mut(&mut z), intercepts);
    if z.iter().all(|z| z.is_finite()) {
        Ok(z)
    } else {
        Err(ModelError::Overflow {
            what: "a predicted score",
        })
    }
}
