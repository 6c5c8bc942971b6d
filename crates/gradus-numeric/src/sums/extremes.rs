//! The largest and the smallest number of a slice, and where they stand.

use super::log_sum_exp::Top;
use crate::error::NumericError;
use crate::scalars::float::Float;

/// The largest number; NaN if there is a NaN.
///
/// ```math
/// \max(x) = x_k \quad\text{with}\quad x_k \ge x_i \text{ for all } i
/// ```
///
/// # Shapes
///
/// `x: n` with $`n \ge 1`$; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no number is larger | `the_maximum_is_at_least_every_number` |
/// | $`\max(x) = -\min(-x)`$ | `the_minimum_is_the_maximum_of_the_opposites` |
///
/// # Numerics
///
/// Exact. NaN is not hidden (`f64::max` hides it). Of two zeros the first one is taken.
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::maximum;
///
/// assert_eq!(maximum(&[1.0, 3.0, 2.0])?, 3.0);
/// assert!(maximum(&[1.0, f64::NAN])?.is_nan());
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// IEEE Std 754-2019, §9.6 (`maximum`), for the NaN; there +0 is larger than −0.
pub fn maximum<T: Float>(x: &[T]) -> Result<T, NumericError> {
    Ok(x[argmax(x)?]) // an index of x
}

/// The smallest number; NaN if there is a NaN.
///
/// ```math
/// \min(x) = x_k \quad\text{with}\quad x_k \le x_i \text{ for all } i
/// ```
///
/// # Shapes
///
/// `x: n` with $`n \ge 1`$; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\max(x) = -\min(-x)`$ | `the_minimum_is_the_maximum_of_the_opposites` |
///
/// # Numerics
///
/// As [`maximum`].
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::minimum;
///
/// assert_eq!(minimum(&[2.0, 1.0, 3.0])?, 1.0);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// IEEE Std 754-2019, §9.6 (`minimum`), for the NaN; there −0 is less than +0.
pub fn minimum<T: Float>(x: &[T]) -> Result<T, NumericError> {
    Ok(x[argmin(x)?]) // an index of x
}

/// The index of the largest number; of equal ones, the first; of the first NaN, if there is one.
///
/// ```math
/// \operatorname{argmax}(x) = \min \{ k : x_k \ge x_i \text{ for all } i \}
/// ```
///
/// # Shapes
///
/// `x: n` with $`n \ge 1`$; the result is an index from 0 to $`n - 1`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no number is larger, none before is equal | `argmax_is_the_first_of_the_largest` |
///
/// # Numerics
///
/// Exact: numbers are compared, nothing is computed. Zeros are equal, whatever their sign.
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::argmax;
///
/// assert_eq!(argmax(&[1.0, 3.0, 3.0])?, 1);
/// assert_eq!(argmax(&[1.0, f64::NAN, 3.0])?, 1);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// S. Boyd and L. Vandenberghe, *Convex Optimization* (2004), §4.1.1, for the set of all largest ones; NumPy too takes
/// the first of them, <https://numpy.org/doc/2.3/reference/generated/numpy.argmax.html>.
pub fn argmax<T: Float>(x: &[T]) -> Result<usize, NumericError> {
    Top::of(x).map_or(Err(NumericError::Empty), |top| Ok(top.index))
}

/// The index of the smallest number; of equal ones, the first; of the first NaN, if there is one.
///
/// ```math
/// \operatorname{argmin}(x) = \min \{ k : x_k \le x_i \text{ for all } i \}
/// ```
///
/// # Shapes
///
/// `x: n` with $`n \ge 1`$; the result is an index from 0 to $`n - 1`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{argmin}(x) = \operatorname{argmax}(-x)`$ | `the_minimum_is_the_maximum_of_the_opposites` |
///
/// # Numerics
///
/// As [`argmax`].
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::argmin;
///
/// assert_eq!(argmin(&[2.0, 1.0, 1.0])?, 1);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// As [`argmax`].
pub fn argmin<T: Float>(x: &[T]) -> Result<usize, NumericError> {
    let opposites = x.iter().map(|x| -x.to_f64());
    Top::among(opposites).map_or(Err(NumericError::Empty), |top| Ok(top.index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_extreme() {
        assert_eq!(maximum::<f64>(&[]), Err(NumericError::Empty));
        assert_eq!(minimum::<f32>(&[]), Err(NumericError::Empty));
        assert_eq!(argmax::<f64>(&[]), Err(NumericError::Empty));
        assert_eq!(argmin::<f64>(&[]), Err(NumericError::Empty));
    }

    #[test]
    fn the_first_of_the_extremes_is_taken() {
        let x = [2.0, -1.0, 5.0, 5.0, -1.0];
        assert_eq!((argmax(&x), argmin(&x)), (Ok(2), Ok(1)));
        assert_eq!((maximum(&x), minimum(&x)), (Ok(5.0), Ok(-1.0)));
        assert_eq!(
            maximum(&[-0.0_f64, 0.0]).unwrap().to_bits(),
            (-0.0_f64).to_bits()
        );
        assert_eq!(maximum(&[f32::NEG_INFINITY]), Ok(f32::NEG_INFINITY));
    }

    #[test]
    fn nan_is_not_hidden() {
        let x = [1.0, f64::NAN, f64::INFINITY, f64::NAN];
        assert_eq!((argmax(&x), argmin(&x)), (Ok(1), Ok(1)));
        assert!(maximum(&x).unwrap().is_nan() && minimum(&x).unwrap().is_nan());
    }
}
