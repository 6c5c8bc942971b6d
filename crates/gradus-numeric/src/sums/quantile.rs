//! Quantiles between sorted numbers.

use crate::error::NumericError;

/// The number below which a share p of sorted numbers lies, on the straight line between its neighbors.
///
/// ```math
/// q = (1 - t)\, x_i + t\, x_{i + 1}, \qquad i + t = (n - 1) p, \quad 0 \le t < 1
/// ```
///
/// for $`x_0 \le \dots \le x_{n - 1}`$; whether they are in order is not looked at. This is the quantile that NumPy and R give
/// if nothing else is asked for, the seventh of Hyndman and Fan: the median of an even number of values is the mean of the two in
/// the middle.
///
/// # Shapes
///
/// `sorted: n` with $`n \ge 1`$; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`x_i`$ itself at $`p = i / (n - 1)`$; between its neighbors, and rising with p | `quantiles_join_sorted_numbers` |
/// | infinite numbers: no NaN, and an error only between $`-\infty`$ and $`\infty`$ | `quantiles_beside_infinite_numbers` |
///
/// # Numerics
///
/// From the nearer neighbor, as NumPy's `lerp`: so it rises with p, and is exact at both. Its rounding error is that of $`(n - 1) p`$
/// times the distance of the neighbors, whose overflow does no harm. On the way to an infinite neighbor all is infinite.
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing, [`NumericError::Domain`] for p outside of $`[0, 1]`$, [`NumericError::NonFinite`] between
/// $`-\infty`$ and $`\infty`$, on whose line there is no number.
///
/// # Examples
///
/// ```
/// use gradus_numeric::quantile_of_sorted;
///
/// let x = [1.0, 2.0, 4.0, 8.0];
/// assert_eq!(quantile_of_sorted(&x, 0.5)?, 3.0);
/// assert_eq!(quantile_of_sorted(&x, 0.75)?, 5.0); // a quarter of the way from 4 to 8
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// R. J. Hyndman and Y. Fan, *Sample quantiles in statistical packages*, Am. Stat. 50 (1996), 361–365, definition 7.
#[doc(alias = "percentile")]
#[doc(alias = "median")]
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> Result<f64, NumericError> {
    let Some(last) = sorted.len().checked_sub(1) else {
        return Err(NumericError::Empty);
    };
    if !(0.0..=1.0).contains(&p) {
        let (name, value) = ("p", p);
        return Err(NumericError::Domain { name, value });
    }
    let at = last as f64 * p;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to the last index"
    )]
    let i = at.floor() as usize;
    let (t, a, b) = (at - at.floor(), sorted[i], sorted[last.min(i + 1)]);
    if t == 0.0 || a == b {
        return Ok(a); // a step to or between infinities is none
    }
    if a == f64::NEG_INFINITY && b == f64::INFINITY {
        return Err(NumericError::NonFinite { index: i, value: a });
    }
    let step = b - a;
    Ok(if !step.is_finite() {
        (1.0 - t) * a + t * b // of opposite signs, so that the sum cannot overflow; or one is infinite
    } else if t < 0.5 {
        a + t * step
    } else {
        b - (1.0 - t) * step
    })
}

#[cfg(test)]
mod tests {
    use super::quantile_of_sorted;
    use crate::error::NumericError;

    #[test]
    fn quantiles_lie_between_neighbors() {
        let quantile = |x: &[f64], p| quantile_of_sorted(x, p).unwrap();
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert_eq!(quantile(&[1.0, 2.0], 0.25), 1.25);
        assert_eq!(quantile(&[7.0], 1.0), 7.0);
        assert_eq!(quantile(&[-f64::MAX, f64::MAX], 0.5), 0.0);
    }

    #[test]
    fn there_is_no_quantile_of_nothing_and_none_outside() {
        assert_eq!(quantile_of_sorted(&[], 0.5), Err(NumericError::Empty));
        for p in [-0.1, 1.1, f64::NAN] {
            assert!(matches!(
                quantile_of_sorted(&[1.0], p),
                Err(NumericError::Domain { name: "p", .. })
            ));
        }
    }
}
