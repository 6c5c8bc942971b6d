//! What must be true of samples before a model looks at them.

use crate::error::ModelError;
use gradus_numeric::{MatrixRef, Order};

/// There are samples, each has a target, and all numbers are finite.
pub(crate) fn check_pairs(x: MatrixRef<'_, f64>, targets: usize) -> Result<(), ModelError> {
    let samples = x.columns();
    if samples != targets {
        return Err(ModelError::TargetCount { samples, targets });
    }
    if samples == 0 {
        return Err(ModelError::NoSamples);
    }
    check_finite(x)
}

/// All numbers of samples are finite.
pub(crate) fn check_finite(x: MatrixRef<'_, f64>) -> Result<(), ModelError> {
    let Some(at) = x.as_slice().iter().position(|x| !x.is_finite()) else {
        return Ok(());
    };
    let (feature, sample) = match x.order() {
        Order::Columns => (at % x.rows(), at / x.rows()), // there is an entry, so there are rows
        Order::Rows => (at / x.columns(), at % x.columns()),
    };
    Err(ModelError::NonFinite {
        feature,
        sample,
        value: x.as_slice()[at],
    })
}

/// Samples to predict have the features that a model was fitted to, and finite numbers.
pub(crate) fn check_features(x: MatrixRef<'_, f64>, expected: usize) -> Result<(), ModelError> {
    let found = x.rows();
    if found != expected {
        return Err(ModelError::FeatureCount { expected, found });
    }
    check_finite(x)
}

/// All targets are finite.
pub(crate) fn check_numbers(y: &[f64]) -> Result<(), ModelError> {
    match y.iter().position(|y| !y.is_finite()) {
        None => Ok(()),
        Some(sample) => Err(ModelError::TargetNotFinite {
            sample,
            value: y[sample],
        }),
    }
}

/// How many classes there are: at least two, each with a sample.
pub(crate) fn classes(labels: &[u32]) -> Result<usize, ModelError> {
    let largest = labels.iter().copied().max().unwrap_or(0);
    // A class each at least: no memory is asked for by a label alone.
    let mut seen = vec![false; (largest as usize).min(labels.len()) + 1];
    for &label in labels {
        if let Some(seen) = seen.get_mut(label as usize) {
            *seen = true;
        }
    }
    if seen.len() == 1 {
        return Err(ModelError::OneClass { class: 0 });
    }
    let missing = (0..).zip(&seen).find(|(_, seen)| !**seen);
    match missing {
        None => Ok(seen.len()),
        Some(_) if labels.iter().all(|&label| label == largest) => {
            Err(ModelError::OneClass { class: largest })
        }
        Some((class, _)) => Err(ModelError::MissingClass { class, largest }),
    }
}

/// A setting has a meaning.
pub(crate) fn check_setting(
    name: &'static str,
    value: f64,
    holds: bool,
    domain: &'static str,
) -> Result<(), ModelError> {
    if holds {
        return Ok(());
    }
    Err(ModelError::InvalidSetting {
        name,
        value,
        domain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::Shape;

    #[test]
    fn every_class_must_occur() {
        assert_eq!(classes(&[0, 2, 1, 0]), Ok(3));
        assert_eq!(classes(&[0, 0]), Err(ModelError::OneClass { class: 0 }));
        assert_eq!(classes(&[7, 7]), Err(ModelError::OneClass { class: 7 }));
        let (class, largest) = (1, u32::MAX);
        assert_eq!(
            classes(&[0, u32::MAX]),
            Err(ModelError::MissingClass { class, largest })
        );
    }

    #[test]
    fn the_place_of_what_is_not_finite_is_told_in_both_orders() {
        let numbers = [1.0, 2.0, 3.0, 4.0, f64::INFINITY, 6.0];
        for (order, place) in [(Order::Columns, (0, 2)), (Order::Rows, (1, 1))] {
            let x = MatrixRef::new(&numbers, Shape::new(2, 3), order).unwrap();
            let value = f64::INFINITY;
            let (feature, sample) = place;
            let error = ModelError::NonFinite {
                feature,
                sample,
                value,
            };
            assert_eq!(check_pairs(x, 3), Err(error));
        }
    }
}
