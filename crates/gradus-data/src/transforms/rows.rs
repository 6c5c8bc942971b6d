//! One feature of all samples, and its quantiles.

use crate::error::DataError;
use gradus_numeric::{Float, MatrixRef};

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

/// The number below which a share of sorted numbers lies, interpolated between neighbors; of none, 0.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * sorted.len().saturating_sub(1) as f64;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last index"
    )]
    let below = at.floor() as usize;
    let value = |i: usize| sorted.get(i).copied();
    match (value(below), value(below + 1)) {
        // Weights instead of a difference, which could overflow.
        (Some(a), Some(b)) => {
            let t = at - below as f64;
            (1.0 - t) * a + t * b
        }
        (Some(a), None) => a,
        (None, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_lie_between_neighbors() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert_eq!(quantile(&[1.0, 2.0], 0.25), 1.25);
        assert_eq!(quantile(&[7.0], 1.0), 7.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
