//! Mean and variance, of a slice and of numbers that arrive one by one.

use super::sum::CompensatedSum;
use crate::error::NumericError;
use crate::scalars::float::Float;

/// The arithmetic mean.
///
/// ```math
/// \bar x = \frac1n \sum_{i=1}^{n} x_i
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
/// | the mean of a constant is the constant, exactly | `the_mean_of_a_constant_is_the_constant` |
/// | $`\min x \le \bar x \le \max x`$ | `the_mean_lies_between_the_extremes` |
/// | the mean of whole numbers is their rounded quotient | `the_mean_is_the_nearest_number` |
///
/// # Numerics
///
/// A compensated sum; the quotient takes what the sum lost into account, so the mean is the nearest number
/// unless the summands cancel to less than $`n u`$ of their size. Finite numbers have a finite mean: where the sum
/// overflows they are scaled by a power of two first. `f32` numbers are computed in `f64`. NaN stays NaN.
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::mean;
///
/// assert_eq!(mean(&[1.0, 2.0, 6.0])?, 3.0);
/// assert_eq!(mean(&[1.7e308, 1.7e308])?, 1.7e308);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., SIAM (2002), §1.9 and §4.3.
#[doc(alias = "average")]
pub fn mean<T: Float>(x: &[T]) -> Result<T, NumericError> {
    if x.is_empty() {
        return Err(NumericError::Empty);
    }
    Ok(T::from_f64(mean_of(x)))
}

/// The variance, the mean squared distance from the mean.
///
/// ```math
/// s^2 = \frac{1}{n - d} \sum_{i=1}^{n} (x_i - \bar x)^2
/// ```
///
/// where $`d`$ is `ddof`, the degrees of freedom that are taken off: 0 for the variance of the numbers
/// themselves (NumPy's default), 1 for the unbiased estimate of the variance of the law they were drawn from
/// (Bessel's correction; the default of R and PyTorch). There is no default here.
///
/// # Shapes
///
/// `x: n` with $`n > d`$; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`s^2 \ge 0`$, and 0 for a constant, to the bit | `the_variance_of_a_constant_is_zero` |
/// | $`s^2(x + c) = s^2(x)`$ where every $`x_i + c`$ is exact | `the_variance_does_not_see_a_shift` |
/// | $`s^2(c x) = c^2 s^2(x)`$ for $`c = 2^k`$, to the bit | `the_variance_grows_with_the_square_of_a_factor` |
/// | the data sets NumAcc1–4 of NIST, to all digits that doubles hold | `variance_passes_the_nist_tests` |
///
/// # Numerics
///
/// Two passes: the mean first, then the squares of the differences, both in compensated sums, less
/// $`\frac1n \bigl(\sum (x_i - \bar x)\bigr)^2`$, which takes out the rounding of the mean. The textbook form
/// $`\frac1n \sum x_i^2 - \bar x^2`$ gives 0 or a negative number for `[1e8 + 1, 1e8 + 2, 1e8 + 3]`. Where
/// squares overflow the numbers are scaled by a power of two first; the result is $`+\infty`$ only if the variance
/// itself is beyond every number. `f32` numbers are computed in `f64`. NaN and infinite numbers give NaN.
///
/// # Errors
///
/// [`NumericError::TooFew`] unless $`n > d`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{NumericError, variance};
///
/// let x = [1e8 + 1.0, 1e8 + 2.0, 1e8 + 3.0];
/// assert_eq!(variance(&x, 0)?, 2.0 / 3.0);
/// assert_eq!(variance(&x, 1)?, 1.0);
/// assert_eq!(variance(&[5.0], 1), Err(NumericError::TooFew { need: 2, have: 1 }));
/// # Ok::<(), NumericError>(())
/// ```
///
/// # References
///
/// T. F. Chan, G. H. Golub and R. J. LeVeque, *Algorithms for computing the sample variance: analysis and
/// recommendations*, Amer. Statist. 37 (1983), 242–247, eq. 1.7, <https://doi.org/10.1080/00031305.1983.10483115>.
pub fn variance<T: Float>(x: &[T], ddof: usize) -> Result<T, NumericError> {
    let degrees = degrees_of_freedom(x.len() as u64, ddof as u64)?;
    let squares = squares_of(x, 1.0);
    let smaller = 0.5_f64.powi(600);
    Ok(T::from_f64(if squares.is_finite() {
        squares / degrees
    } else {
        squares_of(x, smaller) / degrees / smaller / smaller
    }))
}

/// Count, mean and variance of numbers that arrive one by one, or in parts.
///
/// ```math
/// \delta = x - \bar x, \qquad \bar x \leftarrow \bar x + \frac{\delta}{n}, \qquad
/// M \leftarrow M + \delta\,(x - \bar x)
/// ```
///
/// where $`M = \sum (x_i - \bar x)^2`$ and the last $`\bar x`$ is the new mean. Three numbers are kept, whatever the
/// length of the stream.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean and variance are those of the slice | `welford_agrees_with_two_passes` |
/// | merged parts are the whole | `merged_moments_are_those_of_the_whole` |
/// | merging nothing changes nothing, to the bit | `merging_nothing_changes_nothing` |
/// | the data sets NumAcc1–4 of NIST | `moments_pass_the_nist_tests` |
///
/// # Numerics
///
/// Nothing cancels in $`M`$: with $`\kappa = \sqrt{1 + \bar x^2 / s^2}`$, the condition of the variance, the
/// relative error is of the order $`n u \kappa`$ (two passes over a slice, by [`variance`]: $`u + (n u \kappa)^2`$). The
/// variance of a constant is exactly 0, and finite numbers never give NaN: where $`\delta`$ overflows the mean is
/// a weighted sum, and the variance $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Moments;
///
/// let mut moments: Moments = [1.0, 2.0].into_iter().collect();
/// moments.merge([6.0].into_iter().collect());
/// assert_eq!(moments.count(), 3);
/// assert_eq!(moments.mean()?, 3.0);
/// assert_eq!(moments.variance(1)?, 7.0);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// B. P. Welford, *Note on a method for calculating corrected sums of squares and products*, Technometrics 4
/// (1962), 419–420, <https://doi.org/10.1080/00401706.1962.10490022>; merging: Chan, Golub and LeVeque (1983),
/// eq. 2.1, as for [`variance`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[doc(alias = "Welford")]
pub struct Moments {
    count: u64,
    mean: f64,
    /// $`M = \sum (x_i - \bar x)^2`$
    squares: f64,
}

impl Moments {
    /// Takes another number.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Moments;
    ///
    /// let mut moments = Moments::default();
    /// moments.push(1.0);
    /// moments.push(3.0);
    /// assert_eq!(moments.mean()?, 2.0);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn push(&mut self, x: f64) {
        self.count = self.count.saturating_add(1);
        let n = self.count as f64;
        let delta = x - self.mean;
        self.mean = if delta.is_finite() {
            self.mean + delta / n
        } else {
            self.mean * ((n - 1.0) / n) + x / n
        };
        self.squares += delta * (x - self.mean);
    }

    /// Takes all the numbers that another one has taken.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Moments;
    ///
    /// let mut moments: Moments = [1.0, 2.0].into_iter().collect();
    /// moments.merge([6.0].into_iter().collect());
    /// assert_eq!(moments.mean()?, 3.0);
    /// assert_eq!(moments.variance(1)?, 7.0); // (4 + 1 + 9) / 2
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn merge(&mut self, other: Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = other;
            return;
        }
        let count = self.count.saturating_add(other.count);
        let (left, right) = (
            self.count as f64 / count as f64,
            other.count as f64 / count as f64,
        );
        let delta = other.mean - self.mean;
        self.squares += other.squares + delta * delta * (self.count as f64 * right);
        self.mean = if delta.is_finite() {
            self.mean + delta * right
        } else {
            self.mean * left + other.mean * right
        };
        self.count = count;
    }

    /// How many numbers were taken; no more than the largest `u64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Moments;
    ///
    /// let moments: Moments = [1.0, 2.0, 6.0].into_iter().collect();
    /// assert_eq!(moments.count(), 3);
    /// ```
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }

    /// The mean.
    ///
    /// # Errors
    ///
    /// [`NumericError::Empty`] before the first number.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Moments;
    ///
    /// let moments: Moments = [1.0, 2.0, 6.0].into_iter().collect();
    /// assert_eq!(moments.mean()?, 3.0);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn mean(self) -> Result<f64, NumericError> {
        if self.count == 0 {
            return Err(NumericError::Empty);
        }
        Ok(self.mean)
    }

    /// The variance with the denominator `count - ddof`, see [`variance`].
    ///
    /// # Errors
    ///
    /// [`NumericError::TooFew`] unless more than `ddof` numbers were taken.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Moments;
    ///
    /// let moments: Moments = [1.0, 3.0].into_iter().collect();
    /// assert_eq!(moments.variance(0)?, 1.0);
    /// assert_eq!(moments.variance(1)?, 2.0);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn variance(self, ddof: u64) -> Result<f64, NumericError> {
        Ok(self.squares / degrees_of_freedom(self.count, ddof)?)
    }
}

impl Extend<f64> for Moments {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, numbers: I) {
        for x in numbers {
            self.push(x);
        }
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut moments = Self::default();
        moments.extend(numbers);
        moments
    }
}

/// $`n - d`$, if it is positive.
fn degrees_of_freedom(count: u64, ddof: u64) -> Result<f64, NumericError> {
    if count > ddof {
        Ok((count - ddof) as f64)
    } else {
        Err(NumericError::TooFew {
            need: ddof.saturating_add(1),
            have: count,
        })
    }
}

/// The mean of at least one number.
fn mean_of<T: Float>(x: &[T]) -> f64 {
    let scaled =
        |factor: f64| -> CompensatedSum { x.iter().map(|x| x.to_f64() * factor).collect() };
    let (n, smaller) = (x.len() as f64, 0.5_f64.powi(64));
    let mean = scaled(1.0).divided_by(n);
    if mean.is_finite() {
        mean
    } else {
        scaled(smaller).divided_by(n) / smaller
    }
}

/// $`\sum (c x_i - \bar x)^2 - \frac1n \bigl(\sum (c x_i - \bar x)\bigr)^2`$ with the mean $`\bar x`$ of all $`c x_i`$.
fn squares_of<T: Float>(x: &[T], c: f64) -> f64 {
    let mean = mean_of(x) * c;
    let differences = || x.iter().map(|x| x.to_f64() * c - mean);
    let sum: CompensatedSum = differences().collect();
    let squares: CompensatedSum = differences().map(|d| d * d).collect();
    let sum = sum.value();
    let squares = squares.value() - sum * (sum / x.len() as f64);
    if squares < 0.0 { 0.0 } else { squares }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(x: &[f64]) -> Moments {
        x.iter().copied().collect()
    }

    #[test]
    fn counts_stop_at_the_largest() {
        let mut many = moments(&[1.0, 3.0]);
        for _ in 0..70 {
            many.merge(many);
        }
        many.push(2.0);
        assert_eq!((many.count(), many.mean()), (u64::MAX, Ok(2.0)));
    }

    #[test]
    fn of_too_few_numbers_there_is_no_answer() {
        let too_few = |need, have| Err(NumericError::TooFew { need, have });
        assert_eq!(mean::<f64>(&[]), Err(NumericError::Empty));
        assert_eq!(variance::<f64>(&[], 0), too_few(1, 0));
        assert_eq!(
            variance(&[1.0_f32], 1),
            Err(NumericError::TooFew { need: 2, have: 1 })
        );
        assert_eq!(Moments::default().mean(), Err(NumericError::Empty));
        assert_eq!(Moments::default().variance(0), too_few(1, 0));
        assert_eq!(moments(&[1.0]).variance(1), too_few(2, 1));
        assert_eq!(moments(&[1.0]).variance(u64::MAX), too_few(u64::MAX, 1));
        assert_eq!(
            (variance(&[7.0], 0), moments(&[7.0]).variance(0)),
            (Ok(0.0), Ok(0.0))
        );
    }

    #[test]
    fn a_great_mean_does_not_hide_the_variance() {
        let x = [1e8 + 1.0, 1e8 + 2.0, 1e8 + 3.0];
        assert_eq!(variance(&x, 0), Ok(2.0 / 3.0));
        assert_eq!(variance(&x, 1), Ok(1.0));
        assert_eq!(moments(&x).variance(1), Ok(1.0));
        assert_eq!(variance(&[16_777_215.0_f32, 16_777_213.0], 0), Ok(1.0));
    }

    #[test]
    fn great_numbers_do_not_overflow_early() {
        let x = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        assert_eq!(mean(&x), Ok(0.0));
        assert_eq!(mean(&[f64::MAX; 3]), Ok(f64::MAX));
        assert_eq!(variance(&x, 0), Ok(f64::INFINITY));
        assert_eq!(moments(&x).variance(0), Ok(f64::INFINITY));
        assert!(moments(&x).mean().unwrap().is_finite());
        // 4 · 10³⁰⁷ each, but the sum of four overflows
        let root = 2.0_f64.powi(511);
        let wide = [root, -root, root, -root].map(|x| 1.5 * x);
        assert_eq!(variance(&wide, 0), Ok((1.5 * root) * (1.5 * root)));
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(mean(&[1.0, f64::NAN]).unwrap().is_nan());
        assert_eq!(mean(&[1.0, f64::INFINITY]), Ok(f64::INFINITY));
        assert!(variance(&[1.0, f64::NAN], 0).unwrap().is_nan());
        assert!(variance(&[1.0, f64::INFINITY], 0).unwrap().is_nan());
        assert!(moments(&[1.0, f64::NAN]).variance(0).unwrap().is_nan());
    }
}
