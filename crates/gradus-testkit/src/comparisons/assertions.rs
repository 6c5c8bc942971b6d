//! Comparisons with a justified tolerance.
//!
//! NaN fails every comparison except [`same_bits`]. Hence a test may turn an error of the function under
//! test into NaN: it will not pass unseen.

use super::ulp::{ulp_distance, ulp_distance_f32};
use super::violation::Violation;

/// The two numbers agree relative to the larger of them.
///
/// ```math
/// |a - b| \le t \, \max(|a|, |b|)
/// ```
///
/// Equal infinities agree; NaN agrees with nothing.
///
/// # Errors
///
/// [`Violation::Apart`] if they do not.
///
/// # Examples
///
/// ```
/// use gradus_testkit::relative;
///
/// relative(100.0, 101.0, 0.01)?;
/// assert!(relative(1e-20, 2e-20, 0.01).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn relative(a: f64, b: f64, tolerance: f64) -> Result<(), Violation> {
    scaled(a, b, tolerance, a.abs().max(b.abs()))
}

/// The two numbers agree relative to a given natural magnitude.
///
/// ```math
/// |a - b| \le t \, s
/// ```
///
/// The scale `s` is the size of what was added or multiplied on the way (for a sum: the sum of the
/// magnitudes), so cancellation is not counted as an error.
///
/// # Errors
///
/// [`Violation::Apart`] if they do not.
///
/// # Examples
///
/// ```
/// use gradus_testkit::scaled;
///
/// let sum: f64 = 0.1 + 0.2 - 0.3;
/// scaled(sum, 0.0, f64::EPSILON, 0.6)?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn scaled(a: f64, b: f64, tolerance: f64, scale: f64) -> Result<(), Violation> {
    let allowed = tolerance * scale;
    // An infinite bound would let infinity agree with everything.
    if a == b || ((a - b).abs() <= allowed && allowed.is_finite()) {
        return Ok(());
    }
    Err(Violation::Apart {
        left: a,
        right: b,
        allowed,
    })
}

/// The number is at most its bound.
///
/// # Errors
///
/// [`Violation::Exceeds`] if it is larger, or if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_testkit::at_most;
///
/// at_most(1.0, 1.0)?;
/// assert!(at_most(f64::NAN, 1.0).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn at_most(value: f64, bound: f64) -> Result<(), Violation> {
    if value <= bound {
        return Ok(());
    }
    Err(Violation::Exceeds { value, bound })
}

/// The number is at least its bound.
///
/// # Errors
///
/// [`Violation::Below`] if it is smaller, or if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_testkit::at_least;
///
/// at_least(1.0, 1.0)?;
/// let violation = at_least(-1e-14, 0.0).unwrap_err();
/// assert_eq!(violation.to_string(), "-1e-14 is not at least 0.0");
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn at_least(value: f64, bound: f64) -> Result<(), Violation> {
    if value >= bound {
        return Ok(());
    }
    Err(Violation::Below { value, bound })
}

/// The two numbers are at most `n` floating-point steps apart.
///
/// # Errors
///
/// [`Violation::UlpsApart`] if they are not, or if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_testkit::within_ulps;
///
/// within_ulps(0.1 + 0.2, 0.3, 1)?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn within_ulps(a: f64, b: f64, n: u64) -> Result<(), Violation> {
    let distance = ulp_distance(a, b);
    if distance <= n && distance != u64::MAX {
        return Ok(());
    }
    Err(Violation::UlpsApart {
        left: a,
        right: b,
        distance,
        allowed: n,
    })
}

/// As [`within_ulps`], in the steps of `f32`.
///
/// # Errors
///
/// [`Violation::UlpsApart`] if they are not, or if either is NaN.
pub fn within_ulps_f32(a: f32, b: f32, n: u32) -> Result<(), Violation> {
    let distance = ulp_distance_f32(a, b);
    if distance <= n && distance != u32::MAX {
        return Ok(());
    }
    Err(Violation::UlpsApart {
        left: a.into(),
        right: b.into(),
        distance: distance.into(),
        allowed: n.into(),
    })
}

/// The two numbers have the same bits: the zeros differ, a NaN equals its own copy.
///
/// # Errors
///
/// [`Violation::OtherBits`] if they do not.
///
/// # Examples
///
/// ```
/// use gradus_testkit::same_bits;
///
/// same_bits(2.0 * 0.25, 0.5)?;
/// assert!(same_bits(0.0, -0.0).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn same_bits(a: f64, b: f64) -> Result<(), Violation> {
    if a.to_bits() == b.to_bits() {
        return Ok(());
    }
    Err(Violation::OtherBits { left: a, right: b })
}

/// As [`same_bits`], for `f32`.
///
/// # Errors
///
/// [`Violation::OtherBits`] if they do not.
pub fn same_bits_f32(a: f32, b: f32) -> Result<(), Violation> {
    if a.to_bits() == b.to_bits() {
        return Ok(());
    }
    Err(Violation::OtherBits {
        left: a.into(),
        right: b.into(),
    })
}

/// Each pair of entries satisfies [`relative`].
///
/// # Errors
///
/// [`Violation::LengthMismatch`], or [`Violation::Entry`] with the first entry that does not.
///
/// # Examples
///
/// ```
/// use gradus_testkit::all_relative;
///
/// all_relative(&[1.0, 2.0], &[1.0, 2.0 + 4e-16], 1e-15)?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn all_relative(a: &[f64], b: &[f64], tolerance: f64) -> Result<(), Violation> {
    all(a, b, |a, b| relative(a, b, tolerance))
}

/// Each pair of entries satisfies [`scaled`] with one common scale.
///
/// # Errors
///
/// [`Violation::LengthMismatch`], or [`Violation::Entry`] with the first entry that does not.
pub fn all_scaled(a: &[f64], b: &[f64], tolerance: f64, scale: f64) -> Result<(), Violation> {
    all(a, b, |a, b| scaled(a, b, tolerance, scale))
}

/// Each pair of entries satisfies [`within_ulps`].
///
/// # Errors
///
/// [`Violation::LengthMismatch`], or [`Violation::Entry`] with the first entry that does not.
pub fn all_within_ulps(a: &[f64], b: &[f64], n: u64) -> Result<(), Violation> {
    all(a, b, |a, b| within_ulps(a, b, n))
}

/// Each pair of entries satisfies [`same_bits`].
///
/// # Errors
///
/// [`Violation::LengthMismatch`], or [`Violation::Entry`] with the first entry that does not.
pub fn all_same_bits(a: &[f64], b: &[f64]) -> Result<(), Violation> {
    all(a, b, same_bits)
}

/// As [`all_same_bits`], for `f32`.
///
/// # Errors
///
/// [`Violation::LengthMismatch`], or [`Violation::Entry`] with the first entry that does not.
pub fn all_same_bits_f32(a: &[f32], b: &[f32]) -> Result<(), Violation> {
    all(a, b, same_bits_f32)
}

/// Each pair of entries satisfies the comparison.
fn all<T: Copy>(
    a: &[T],
    b: &[T],
    compare: impl Fn(T, T) -> Result<(), Violation>,
) -> Result<(), Violation> {
    if a.len() != b.len() {
        return Err(Violation::LengthMismatch {
            left: a.len(),
            right: b.len(),
        });
    }
    for (index, (&a, &b)) in a.iter().zip(b).enumerate() {
        compare(a, b).map_err(|violation| violation.at_entry(index))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_agrees_with_nothing() {
        let nan = f64::NAN;
        assert!(relative(nan, nan, 1.0).is_err());
        assert!(scaled(nan, 1.0, 1.0, f64::INFINITY).is_err());
        assert!(scaled(1.0, 2.0, nan, 1.0).is_err());
        assert!(within_ulps(nan, nan, u64::MAX).is_err());
        assert!(within_ulps_f32(f32::NAN, 0.0, u32::MAX).is_err());
        assert!(at_most(nan, f64::INFINITY).is_err());
        assert!(at_least(nan, f64::NEG_INFINITY).is_err());
        assert!(same_bits(nan, nan).is_ok());
    }

    #[test]
    fn infinity_agrees_with_itself_alone() {
        let infinity = f64::INFINITY;
        assert!(relative(infinity, infinity, 0.0).is_ok());
        assert!(relative(infinity, -infinity, 1.0).is_err());
        assert!(relative(infinity, 1e300, 1e-3).is_err());
        assert!(within_ulps(f64::MAX, infinity, 1).is_ok());
    }

    #[test]
    fn the_first_wrong_entry_is_named() {
        let violation = all_relative(&[1.0, 2.0, 3.0], &[1.0, 2.5, 9.0], 1e-3);
        assert!(matches!(violation, Err(Violation::Entry { index: 1, .. })));
        assert_eq!(
            all_same_bits(&[1.0], &[]),
            Err(Violation::LengthMismatch { left: 1, right: 0 })
        );
        assert!(all_scaled(&[1.0], &[1.1], 0.01, 20.0).is_ok());
        assert!(all_within_ulps(&[0.0], &[1.0], 3).is_err());
        assert!(all_same_bits_f32(&[0.0], &[-0.0]).is_err());
    }
}
