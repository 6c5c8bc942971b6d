//! Distances in units in the last place.

/// How many floating-point steps lie between two numbers.
///
/// ```math
/// d(a, b) = |\mathrm{rank}(a) - \mathrm{rank}(b)|
/// ```
///
/// where the rank numbers all floats in ascending order. The two zeros have the same rank; infinity is
/// one step beyond the largest finite number. NaN is `u64::MAX` steps from everything, itself included.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`d`$ is a metric on the numbers (up to the sign of zero) | `ulp_distance_is_a_metric` |
/// | neighbors are one step apart | `neighbors_are_one_ulp_apart` |
///
/// # Examples
///
/// ```
/// use gradus_testkit::ulp_distance;
///
/// assert_eq!(ulp_distance(1.0, 1.0 + f64::EPSILON), 1);
/// assert_eq!(ulp_distance(-0.0, 0.0), 0);
/// assert_eq!(ulp_distance(f64::NAN, f64::NAN), u64::MAX);
/// ```
#[must_use]
pub fn ulp_distance(a: f64, b: f64) -> u64 {
    if a.is_nan() || b.is_nan() {
        return u64::MAX;
    }
    rank(a).abs_diff(rank(b))
}

/// As [`ulp_distance`], in the steps of `f32`; NaN is `u32::MAX` steps away.
#[must_use]
pub fn ulp_distance_f32(a: f32, b: f32) -> u32 {
    if a.is_nan() || b.is_nan() {
        return u32::MAX;
    }
    rank_f32(a).abs_diff(rank_f32(b))
}

/// Position among all floats: the bits of the magnitude with the sign of the number.
fn rank(x: f64) -> i64 {
    let magnitude = x.abs().to_bits().cast_signed();
    if x < 0.0 { -magnitude } else { magnitude }
}

/// As [`rank`], for `f32`.
fn rank_f32(x: f32) -> i32 {
    let magnitude = x.abs().to_bits().cast_signed();
    if x < 0.0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_across_zero_counts_subnormals() {
        let tiny = f64::from_bits(1);
        assert_eq!(ulp_distance(-tiny, tiny), 2);
        assert_eq!(ulp_distance(0.0, tiny), 1);
        assert_eq!(ulp_distance_f32(-0.0, f32::from_bits(3)), 3);
    }

    #[test]
    fn infinity_follows_the_largest_number() {
        assert_eq!(ulp_distance(f64::MAX, f64::INFINITY), 1);
        assert_eq!(ulp_distance_f32(f32::NEG_INFINITY, f32::MIN), 1);
    }

    #[test]
    fn nan_is_far_from_everything() {
        assert_eq!(ulp_distance(f64::NAN, 1.0), u64::MAX);
        assert_eq!(ulp_distance_f32(1.0, f32::NAN), u32::MAX);
    }
}
