//! How often every class and every feature in it occurred.

use crate::error::ModelError;
use crate::samples::{check_pairs, check_setting, classes};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::MatrixRef;

/// Sums over the samples of each class.
#[derive(Debug)]
pub(super) struct ClassCounts {
    /// How many samples each class has; at least one.
    pub(super) samples: Vec<f64>,
    /// Sums of the features, classes × features.
    pub(super) features: DMatrix<f64>,
}

impl ClassCounts {
    /// Counts features that are `allowed`, with a smoothing that makes sense.
    pub(super) fn new(
        x: MatrixRef<'_, f64>,
        labels: &[u32],
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
        for (sample, &label) in labels.iter().enumerate() {
            let class = label as usize; // `classes` has counted it
            counts.samples[class] += 1.0;
            for (feature, value) in x.column(sample).enumerate() {
                if !allowed(value) {
                    return Err(ModelError::NotACount {
                        feature,
                        sample,
                        value,
                        domain,
                    });
                }
                counts.features[(class, feature)] += value;
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
