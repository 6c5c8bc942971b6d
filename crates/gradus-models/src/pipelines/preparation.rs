//! What is done to samples before a model sees them.

use crate::error::ModelError;
use gradus_data::Scaler;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{Pca, to_matrix, view};
use gradus_numeric::MatrixRef;

/// What is done to samples before a model sees them.
///
/// Each has numbers of its own (means, deviations, directions), which are found on the training samples and belong to the
/// model: test samples are only sent through.
///
/// # Examples
///
/// ```
/// use gradus_models::{LogisticRegression, Pipeline, Preparation};
///
/// let pipeline = Pipeline {
///     steps: vec![Preparation::Standardize, Preparation::Pca(2)],
///     model: LogisticRegression::default(),
/// };
/// assert_eq!(pipeline.steps.len(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preparation {
    /// Mean 0 and variance 1, [`Scaler::standard`].
    Standardize,
    /// From 0 to 1, [`Scaler::min_max`].
    MinMax,
    /// Median 0 and quartiles one apart, [`Scaler::robust`].
    Robust,
    /// The first so many principal components, [`Pca`].
    Pca(usize),
}

/// A preparation with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Prepared {
    Scale(Scaler),
    Project(Pca<f64>),
}

impl Preparation {
    /// Finds the numbers on training samples.
    pub(super) fn fit(self, x: MatrixRef<'_, f64>) -> Result<Prepared, ModelError> {
        Ok(match self {
            Self::Standardize => Prepared::Scale(Scaler::standard(x)?),
            Self::MinMax => Prepared::Scale(Scaler::min_max(x)?),
            Self::Robust => Prepared::Scale(Scaler::robust(x)?),
            Self::Pca(0) => {
                return Err(ModelError::InvalidSetting {
                    name: "principal components",
                    value: 0.0,
                    domain: "at least 1",
                });
            }
            Self::Pca(k) => Prepared::Project(Pca::fit(&to_matrix(x), 0)?.truncated(k)),
        })
    }
}

impl Prepared {
    /// Sends samples through.
    pub(super) fn apply(&self, x: MatrixRef<'_, f64>) -> Result<DMatrix<f64>, ModelError> {
        Ok(match self {
            Self::Scale(scaler) => {
                let scaled = scaler.scale_samples(x)?;
                DMatrix::from_vec(x.rows(), x.columns(), scaled)
            }
            Self::Project(pca) => pca.transform(&to_matrix(x))?,
        })
    }
}

/// Sends samples through one after the other.
pub(super) fn through(
    steps: &[Prepared],
    x: MatrixRef<'_, f64>,
) -> Result<DMatrix<f64>, ModelError> {
    let mut samples = to_matrix(x);
    for step in steps {
        samples = step.apply(view(&samples))?;
    }
    Ok(samples)
}
