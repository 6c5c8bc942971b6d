//! Samples that count differently.

use super::check::check_pairs;
use super::columns::{chosen, selected};
use crate::error::ModelError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::MatrixRef;

/// The samples whose weight is positive: one of weight 0 is no sample.
#[derive(Debug)]
pub(crate) struct Weighted<Y> {
    /// One sample a column.
    pub(crate) x: DMatrix<f64>,
    pub(crate) y: Vec<Y>,
    pub(crate) weights: Vec<f64>,
}

impl<Y: Copy> Weighted<Y> {
    pub(crate) fn new(x: MatrixRef<'_, f64>, y: &[Y], weights: &[f64]) -> Result<Self, ModelError> {
        check_pairs(x, y.len())?;
        check_weights(weights, y.len())?;
        let counts = (0..).zip(weights).filter(|(_, weight)| **weight > 0.0);
        let counted: Vec<u32> = counts.map(|(i, _)| i).collect();
        Ok(Self {
            x: selected(x, &counted)?,
            y: chosen(y, &counted)?,
            weights: chosen(weights, &counted)?,
        })
    }
}

/// There is a weight for each sample, finite and not negative, and one of them is positive.
pub(crate) fn check_weights(weights: &[f64], samples: usize) -> Result<(), ModelError> {
    let targets = weights.len();
    if targets != samples {
        return Err(ModelError::TargetCount { samples, targets });
    }
    match weights.iter().position(|w| !(*w >= 0.0 && w.is_finite())) {
        Some(sample) => Err(ModelError::NotAWeight {
            sample,
            value: weights[sample],
        }),
        None if weights.iter().all(|w| *w == 0.0) => Err(ModelError::NoWeight { samples }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn samples_without_weight_are_left_out() {
        let x = MatrixRef::new(&[1.0, 2.0, 3.0], Shape::new(1, 3), Order::Columns).unwrap();
        let of = |weights: &[f64]| Weighted::new(x, &[7_u32, 8, 9], weights);
        let kept = of(&[0.5, 0.0, 2.0]).unwrap();
        assert_eq!(
            (kept.x.as_slice(), &kept.y[..]),
            (&[1.0, 3.0][..], &[7, 9][..])
        );
        assert_eq!(kept.weights, [0.5, 2.0]);
        let samples = 3;
        assert_eq!(of(&[0.0; 3]).unwrap_err(), ModelError::NoWeight { samples });
        assert!(of(&[1.0; 2]).is_err() && of(&[1.0, f64::NAN, 1.0]).is_err());
    }
}
