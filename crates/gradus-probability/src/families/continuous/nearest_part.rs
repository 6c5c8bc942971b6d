//! Rows of tables in equal steps.

/// The number k and the place $`k / n`$ of the nearest of $`0, \tfrac1n, \tfrac2n, \dots`$ for $`x \ge 0`$, where n is a power of two, so that the place and its
/// distance from x are exact. Of large numbers and of NaN, k is large.
#[inline]
pub(super) fn nearest_part(x: f64, n: f64) -> (usize, f64) {
    let sum = n * x + TWO_TO_52; // a whole number in its last digits
    #[allow(
        clippy::cast_possible_truncation,
        reason = "of numbers that are few, a small one"
    )]
    let k = sum.to_bits().wrapping_sub(TWO_TO_52.to_bits()) as usize;
    (k, (sum - TWO_TO_52) / n)
}

/// So large that the sum with a smaller number is a whole one.
const TWO_TO_52: f64 = 4_503_599_627_370_496.0;

#[cfg(test)]
mod tests {
    use super::nearest_part;

    #[test]
    fn eighths() {
        assert_eq!(nearest_part(0.0, 8.0), (0, 0.0));
        assert_eq!(nearest_part(0.49, 8.0), (4, 0.5));
        assert_eq!(nearest_part(5.07, 8.0), (41, 5.125));
        for x in [1e300, f64::INFINITY, f64::NAN] {
            assert!(nearest_part(x, 8.0).0 > 1 << 40);
        }
    }
}
