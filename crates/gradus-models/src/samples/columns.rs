//! Some of the samples.

use crate::error::ModelError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::MatrixRef;

/// The samples with these numbers, in this order.
pub(crate) fn selected(x: MatrixRef<'_, f64>, index: &[u32]) -> Result<DMatrix<f64>, ModelError> {
    let samples = x.columns();
    let mut numbers = Vec::with_capacity(x.rows() * index.len());
    for &i in index {
        let sample = i as usize;
        if sample >= samples {
            return Err(ModelError::NoSuchSample { sample, samples });
        }
        numbers.extend(x.column(sample));
    }
    Ok(DMatrix::from_vec(x.rows(), index.len(), numbers))
}

/// The targets with these numbers, in this order.
pub(crate) fn chosen<Y: Copy>(y: &[Y], index: &[u32]) -> Result<Vec<Y>, ModelError> {
    let of = |&i: &u32| {
        let (sample, samples) = (i as usize, y.len());
        let missing = ModelError::NoSuchSample { sample, samples };
        y.get(sample).copied().ok_or(missing)
    };
    index.iter().map(of).collect()
}
