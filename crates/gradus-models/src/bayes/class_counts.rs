//! How often every class and every feature in it occurred.

use crate::error::ModelError;
use crate::samples::{check_pairs, check_setting, classes};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::MatrixRef;
use std::iter::zip;

/// Sums over the samples of each class.
#[derive(Debug)]
pub(super) struct ClassCounts {
    /// How many samples each class has, counted as often as their weights say; positive.
    pub(super) samples: Vec<f64>,
    /// Sums of the features, weighted, classes × features.
    pub(super) features: DMatrix<f64>,
}

impl ClassCounts {
    /// Counts features that are `allowed`, with a smoothing that makes sense.
    pub(super) fn new(
        x: MatrixRef<'_, f64>,
        labels: &[u32],
        weights: &[f64],
        smoothing: f64,
        (allowed, domain): (fn(f64) -> bool, &'static str),
    ) -> Result<Self, ModelError> {
        let holds = smoothing > 0.0 && smoothing.is_finite();
        check_setting("smoothing", smoothing, holds, "positive and finite")?;
        check_pairs(x, labels.len())?;
        let mut counts = Self {
            samples: vec![0.0; classes(labels)?],
            features: DMatrix::zeros(classes(labels)?, x.rows()),
        };
        for (sample, (&label, weight)) in zip(labels, weights).enumerate() {
            let class = label as usize; // `classes` has counted it
            counts.samples[class] += weight;
            for (feature, value) in x.column(sample).enumerate() {
                if !allowed(value) {
                    return Err(ModelError::NotACount {
                        feature,
                        sample,
                        value,
                        domain,
                    });
                }
                counts.features[(class, feature)] += weight * value;
            }
        }
        Ok(counts)
    }

    /// $`\ln`$ of the share of each class.
    pub(super) fn ln_priors(&self) -> Vec<f64> {
        let all: f64 = self.samples.iter().sum();
        self.samples.iter().map(|n| (n / all).ln()).collect()
    }
}
