//! What is checked before a function is asked.

use crate::error::ExplainError;
use gradus_numeric::MatrixRef;
use std::cell::Cell;

/// The point is finite and has coordinates.
pub(crate) fn check_point(x: &[f64]) -> Result<(), ExplainError> {
    if x.is_empty() {
        let (features, samples) = (0, 1);
        return Err(ExplainError::Empty { features, samples });
    }
    check_finite(x, 0)
}

/// Two points of one space, both finite.
pub(crate) fn check_pair(x: &[f64], other: &[f64]) -> Result<(), ExplainError> {
    check_point(x)?;
    check_lengths(x.len(), other.len())?;
    check_finite(other, 1)
}

/// As many of the one as of the other.
pub(crate) fn check_lengths(left: usize, right: usize) -> Result<(), ExplainError> {
    if left == right {
        Ok(())
    } else {
        Err(ExplainError::LengthMismatch { left, right })
    }
}

fn check_finite(x: &[f64], sample: usize) -> Result<(), ExplainError> {
    match x.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(feature) => Err(ExplainError::InputNotFinite {
            feature,
            sample,
            value: x[feature], // a position in it
        }),
    }
}

/// The samples of a matrix, one a column, all finite and not empty.
pub(crate) fn samples(data: MatrixRef<'_, f64>) -> Result<Vec<Vec<f64>>, ExplainError> {
    let (features, samples) = (data.rows(), data.columns());
    if features == 0 || samples == 0 {
        return Err(ExplainError::Empty { features, samples });
    }
    let columns: Vec<Vec<f64>> = (0..samples).map(|j| data.column(j).collect()).collect();
    for (j, column) in columns.iter().enumerate() {
        check_finite(column, j)?;
    }
    Ok(columns)
}

/// There is such a feature.
pub(crate) fn check_feature(feature: usize, features: usize) -> Result<(), ExplainError> {
    if feature < features {
        Ok(())
    } else {
        Err(ExplainError::NoSuchFeature { feature, features })
    }
}

/// A function whose values must be finite, and how often it was asked.
#[derive(Debug)]
pub(crate) struct Asked<F> {
    f: F,
    evaluations: Cell<usize>,
}

impl<F> Asked<F> {
    pub(crate) fn new(f: F) -> Self {
        let evaluations = Cell::new(0);
        Self { f, evaluations }
    }

    /// The value at a point.
    pub(crate) fn at<P: ?Sized>(&self, x: &P) -> Result<f64, ExplainError>
    where
        F: Fn(&P) -> f64,
    {
        let (value, evaluation) = ((self.f)(x), self.evaluations.get());
        self.evaluations.set(evaluation + 1);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(ExplainError::ValueNotFinite { evaluation, value })
        }
    }
}

/// The gradient has an entry for each feature, all finite.
pub(crate) fn check_gradient(slope: Vec<f64>, features: usize) -> Result<Vec<f64>, ExplainError> {
    check_lengths(features, slope.len())?;
    match slope.iter().position(|x| !x.is_finite()) {
        None => Ok(slope),
        Some(feature) => Err(ExplainError::SlopeNotFinite {
            feature,
            value: slope[feature], // a position in it
        }),
    }
}
