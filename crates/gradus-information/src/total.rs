//! The one sum of this crate.

use gradus_numeric::CompensatedSum;

/// The sum of terms that are not negative but for rounding: never negative, never −0.
pub(crate) fn total(terms: impl Iterator<Item = f64>) -> f64 {
    let sum = terms.collect::<CompensatedSum>().value();
    debug_assert!(sum >= -1e-12, "terms sum to {sum}");
    sum.max(0.0) + 0.0
}
