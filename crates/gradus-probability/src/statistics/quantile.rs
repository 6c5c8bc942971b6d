//! Quantiles between the numbers of a sample.

use crate::error::{ProbabilityError, all_finite};
use gradus_numeric::{NumericError, quantile_of_sorted};

/// The number below which a share p of a sample lies, on the straight line between its neighbors.
///
/// ```math
/// q = (1 - t)\, x_{(i)} + t\, x_{(i + 1)}, \qquad i + t = (n - 1) p
/// ```
///
/// where $`x_{(0)} \le \dots \le x_{(n - 1)}`$ is the sample in order, and $`0 \le t < 1`$. The median of an even number of values is the
/// mean of the two in the middle. This is the quantile that NumPy and R give if nothing else is asked for, the seventh of Hyndman and
/// Fan; [`Empirical::quantile`](crate::Empirical::quantile) is the first of theirs, the inverse of the distribution function, and always
/// a number of the sample.
///
/// # Shapes
///
/// `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the number at $`(n - 1) p`$ itself where that is whole; rises with p; follows $`ax + b`$ | `interpolated_quantiles_join_the_sample` |
///
/// # Numerics
///
/// As [`quantile_of_sorted`](gradus_numeric::quantile_of_sorted), which takes a sample that is in order.
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for p outside of $`[0, 1]`$, for no numbers, and for one that is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_probability::interpolated_quantile;
///
/// let x = [4.0, 1.0, 2.0, 8.0];
/// assert_eq!(interpolated_quantile(&x, 0.5)?, 3.0);
/// assert_eq!(interpolated_quantile(&x, 0.75)?, 5.0); // a quarter of the way from 4 to 8
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// R. J. Hyndman and Y. Fan, *Sample quantiles in statistical packages*, Am. Stat. 50 (1996), 361–365, definition 7.
#[doc(alias = "percentile")]
pub fn interpolated_quantile(x: &[f64], p: f64) -> Result<f64, ProbabilityError> {
    Ok(quantile_of_sorted(&sorted(x)?, p)?)
}

/// A sample in order, both zeros the same.
pub(crate) fn sorted(x: &[f64]) -> Result<Vec<f64>, ProbabilityError> {
    if x.is_empty() {
        return Err(NumericError::Empty.into());
    }
    all_finite(x)?;
    let mut sorted: Vec<_> = x.iter().map(|x| x + 0.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbors_far_apart_do_not_overflow() {
        let wide = [-f64::MAX, f64::MAX];
        assert_eq!(interpolated_quantile(&wide, 0.5), Ok(0.0));
        let quarter = interpolated_quantile(&wide, 0.25).unwrap();
        assert!((quarter / f64::MAX + 0.5).abs() <= f64::EPSILON);
        assert_eq!(interpolated_quantile(&wide, 1.0), Ok(f64::MAX));
    }

    #[test]
    fn what_has_no_quantile() {
        assert!(interpolated_quantile(&[], 0.5).is_err());
        assert!(interpolated_quantile(&[1.0, f64::NAN], 0.5).is_err());
        assert!(interpolated_quantile(&[1.0, f64::INFINITY], 0.5).is_err());
        for p in [-0.1, 1.1, f64::NAN] {
            assert!(interpolated_quantile(&[1.0], p).is_err());
        }
        for p in [0.0, 0.3, 1.0] {
            assert_eq!(interpolated_quantile(&[7.0], p), Ok(7.0));
        }
    }
}
