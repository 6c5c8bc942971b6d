//! One feature of all samples, and its quartiles.

use crate::error::DataError;
use gradus_numeric::{Float, MatrixRef, quantile_of_sorted};

/// A feature of all samples, all of them finite.
pub(crate) fn row<T: Float>(
    samples: MatrixRef<'_, T>,
    feature: usize,
) -> Result<Vec<f64>, DataError> {
    let number = |(sample, x): (usize, T)| {
        let value = x.to_f64();
        let (sample, feature) = (sample as u64, feature as u64);
        let missing = DataError::MissingNumber {
            sample,
            feature,
            value,
        };
        value.is_finite().then_some(value).ok_or(missing)
    };
    samples.row(feature).enumerate().map(number).collect()
}

/// Where the middle of these numbers lies, and the quarters below and above it; of none, at 0.
pub(crate) fn quartiles(x: &mut [f64]) -> [f64; 3] {
    x.sort_by(f64::total_cmp);
    [0.25, 0.5, 0.75].map(|share| quantile_of_sorted(x, share).unwrap_or(0.0))
}
