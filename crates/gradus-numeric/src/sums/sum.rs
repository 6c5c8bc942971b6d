//! Sums that lose little: pairwise, and compensated.

use crate::error::NumericError;
use crate::scalars::float::Float;
use crate::scalars::powers_of_two::{binary_exponent, ldexp};
use crate::scalars::real::Real;
use crate::scalars::simd::vectorized;
use std::iter::zip;

/// The sum, by halves: each half is summed the same way.
///
/// ```math
/// s(x_1, \dots, x_n) = s(x_1, \dots, x_m) + s(x_{m+1}, \dots, x_n), \qquad m = 2^{\lceil \log_2 n \rceil - 1}
/// ```
///
/// For every [`Real`], so it can be differentiated; the empty sum is 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | error $`\le \gamma_{\lceil \log_2 n \rceil} \sum \lvert x_i \rvert`$ | `pairwise_sum_errs_by_its_depth` |
///
/// # Numerics
///
/// A number passes $`\lceil \log_2 n \rceil`$ additions instead of $`n - 1`$. The order depends on nothing
/// but the length. The sum is computed in the type of the numbers, and a partial sum may overflow there (those of both
/// signs give NaN): for measurements in `f32`, and near the end of the range, use [`compensated_sum`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::pairwise_sum;
///
/// let tenths = [0.1_f32; 1 << 16];
/// assert_eq!(pairwise_sum(&tenths), 0.1_f32 * 65536.0); // exact: doublings all the way
/// assert_eq!(tenths.iter().sum::<f32>(), 6557.6465); // one after the other
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., SIAM (2002), §4.1–4.2, eq. 4.6.
#[must_use]
pub fn pairwise_sum<R: Real>(x: &[R]) -> R {
    match *x {
        [] => R::from_f64(0.0),
        [a] => a,
        [a, b, c, d, e, f, g, h] => ((a + b) + (c + d)) + ((e + f) + (g + h)),
        _ => {
            let (left, right) = x.split_at(x.len().next_power_of_two() / 2);
            pairwise_sum(left) + pairwise_sum(right)
        }
    }
}

/// The sum, as if computed in twice the precision.
///
/// ```math
/// s = \sum_{i=1}^{n} x_i
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | error $`\le 2u \lvert \sum x_i \rvert + O(n u^2) \sum \lvert x_i \rvert`$ | `compensated_sum_is_as_good_as_twice_the_precision` |
/// | permutations change it by no more than that | `compensated_sum_hardly_depends_on_the_order` |
///
/// # Numerics
///
/// A [`CompensatedSum`]; `f32` numbers are summed in `f64` and rounded once, which is the nearest `f32` in
/// more than 99.9 % of cases. Where the sum overflows on its way to a number, it is done again with numbers
/// $`2^{64}`$ times smaller.
///
/// # Examples
///
/// ```
/// use gradus_numeric::compensated_sum;
///
/// assert_eq!(compensated_sum(&[1.0, 1e100, 1.0, -1e100]), 2.0); // one after the other: 0
/// assert_eq!(compensated_sum(&[1e308, 1e308, -1e308]), 1e308); // one after the other: infinite
/// ```
///
/// # References
///
/// See [`CompensatedSum`].
#[must_use]
pub fn compensated_sum<T: Float>(x: &[T]) -> T {
    const FAR: i32 = 64; // more than the binary digits of any length
    let sum: CompensatedSum = x.iter().map(|x| x.to_f64()).collect();
    let sum = sum.value();
    if sum.is_finite() {
        return T::from_f64(sum);
    }
    let smaller: CompensatedSum = x.iter().map(|x| ldexp(x.to_f64(), -FAR)).collect();
    T::from_f64(ldexp(smaller.value(), FAR))
}

/// The dot product, as if computed in twice the precision.
///
/// ```math
/// \langle a, b \rangle = \sum_{i=1}^{n} a_i b_i
/// ```
///
/// # Shapes
///
/// `a: n`, `b: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | error $`\le 2u \lvert \langle a, b \rangle \rvert + O(n u^2) \sum \lvert a_i b_i \rvert`$ | `compensated_dot_is_as_good_as_twice_the_precision` |
///
/// # Numerics
///
/// A fused multiply-add gives the rounding error of every product, $`e_i = a_i b_i - p_i`$, exactly as long
/// as the product neither overflows nor comes near the subnormal numbers; products and errors go into one
/// [`CompensatedSum`]. Products of `f32` numbers are exact in `f64`. Where products or sums overflow, it is done
/// again with the largest product near one: the result is infinite only if it is too large for `T`.
///
/// # Errors
///
/// [`NumericError::LengthMismatch`] if `a` and `b` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_numeric::compensated_dot;
///
/// let (a, b) = ([1e16, 1.0, -1e16], [1.0, 0.5, 1.0]);
/// assert_eq!(compensated_dot(&a, &b)?, 0.5); // one after the other: 0
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// T. Ogita, S. M. Rump and S. Oishi, *Accurate sum and dot product*, SIAM J. Sci. Comput. 26 (2005),
/// 1955–1988, algorithm 5.3 (Dot2), <https://doi.org/10.1137/030601818>.
pub fn compensated_dot<T: Float>(a: &[T], b: &[T]) -> Result<T, NumericError> {
    #[inline(always)]
    fn body<T: Float>(a: &[T], b: &[T]) -> f64 {
        let mut sum = CompensatedSum::default();
        for (a, b) in zip(a, b) {
            let (a, b) = (a.to_f64(), b.to_f64());
            let product = a * b;
            sum.add(product);
            sum.correct(a.mul_add(b, -product));
        }
        sum.value()
    }
    if a.len() != b.len() {
        return Err(NumericError::LengthMismatch {
            left: a.len(),
            right: b.len(),
        });
    }
    let dot = vectorized(
        #[inline(always)]
        move || body(a, b),
    );
    Ok(T::from_f64(if dot.is_finite() {
        dot
    } else {
        scaled_dot(a, b)
    }))
}

/// The dot product with the largest product near one; slices of one length.
fn scaled_dot<T: Float>(a: &[T], b: &[T]) -> f64 {
    let pairs = || zip(a, b).map(|(a, b)| (a.to_f64(), b.to_f64()));
    let exponent = |(a, b): (f64, f64)| binary_exponent(a) + binary_exponent(b);
    let counts = |&(a, b): &(f64, f64)| a != 0.0 && b != 0.0;
    let largest = pairs().filter(counts).map(exponent).max().unwrap_or(0);
    let mut sum = CompensatedSum::default();
    for (a, b) in pairs() {
        let k = exponent((a, b)) - largest;
        let (a, b) = (ldexp(a, -binary_exponent(a)), ldexp(b, -binary_exponent(b)));
        let product = a * b;
        sum.add(ldexp(product, k));
        sum.correct(ldexp(a.mul_add(b, -product), k));
    }
    ldexp(sum.value(), largest)
}

/// A running sum that remembers what its additions rounded away.
///
/// ```math
/// s \leftarrow \operatorname{fl}(s + x), \qquad c \leftarrow c + (s_\text{old} + x - s)
/// ```
///
/// The bracket is exactly representable and computed without error: the smaller of the two summands is
/// what lost digits (Neumaier's improvement of Kahan's algorithm, which looks at `x` only and fails on
/// `[1, 1e100, 1, −1e100]`). The value is $`s + c`$.
///
/// # Numerics
///
/// If a partial sum overflows the value is that infinity, and NaN for NaN among the numbers or infinities of both
/// signs, of numbers or partial sums; then nothing is compensated. [`compensated_sum`] of a slice does not overflow
/// on its way.
///
/// # Examples
///
/// ```
/// use gradus_numeric::CompensatedSum;
///
/// let mut sum = CompensatedSum::default();
/// sum.extend([1e100, 1.0, -1e100]);
/// assert_eq!(sum.value(), 1.0);
/// ```
///
/// # References
///
/// A. Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*, Z. Angew. Math.
/// Mech. 54 (1974), 39–51, algorithm IV, <https://doi.org/10.1002/zamm.19740540106>; Higham (2002), §4.3.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[doc(alias = "Neumaier")]
#[doc(alias = "Kahan")]
pub struct CompensatedSum {
    sum: f64,
    lost: f64,
}

impl CompensatedSum {
    /// Adds a number.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::CompensatedSum;
    ///
    /// let mut sum = CompensatedSum::default();
    /// [1e100, 1.0, -1e100].into_iter().for_each(|x| sum.add(x));
    /// assert_eq!(sum.value(), 1.0); // 1e100 + 1 - 1e100 would be 0
    /// ```
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        let sum = self.sum + x;
        let (large, small) = if self.sum.abs() >= x.abs() {
            (self.sum, x)
        } else {
            (x, self.sum)
        };
        self.correct((large - sum) + small);
        self.sum = sum;
    }

    /// What is kept of the numbers so far: their rounded sum, and what it lost.
    ///
    /// # Examples
    ///
    /// A sum that is written down and goes on later, to the bit:
    ///
    /// ```
    /// use gradus_numeric::CompensatedSum;
    ///
    /// let mut sum = CompensatedSum::from_parts([1e100, 1.0]);
    /// sum.add(-1e100);
    /// assert_eq!((sum.parts(), sum.value()), ([0.0, 1.0], 1.0));
    /// ```
    #[must_use]
    pub const fn parts(self) -> [f64; 2] {
        [self.sum, self.lost]
    }

    /// The sum of which [`parts`](Self::parts) was told.
    #[must_use]
    pub const fn from_parts([sum, lost]: [f64; 2]) -> Self {
        Self { sum, lost }
    }

    /// The sum of all numbers so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::CompensatedSum;
    ///
    /// let sum: CompensatedSum = [0.1; 10].into_iter().collect();
    /// assert_eq!(sum.value(), 1.0); // one after the other: 0.9999999999999999
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn value(self) -> f64 {
        if self.sum.is_finite() && self.lost.is_finite() {
            self.sum + self.lost
        } else {
            self.sum
        }
    }

    /// The sum divided by `n`, rounded once: what the sum lost goes into the quotient.
    pub(crate) fn divided_by(self, n: f64) -> f64 {
        let quotient = self.value() / n;
        let rest = (-quotient).mul_add(n, self.sum) + self.lost;
        if rest.is_finite() {
            quotient + rest / n
        } else {
            quotient
        }
    }

    /// Adds a number that is small against the sum.
    #[inline(always)]
    fn correct(&mut self, x: f64) {
        self.lost += x;
    }
}

impl Extend<f64> for CompensatedSum {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, numbers: I) {
        for x in numbers {
            self.add(x);
        }
    }
}

impl FromIterator<f64> for CompensatedSum {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut sum = Self::default();
        sum.extend(numbers);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_sums_to_zero() {
        assert_eq!(pairwise_sum::<f64>(&[]).to_bits(), 0);
        assert_eq!(compensated_sum::<f64>(&[]), 0.0);
        assert_eq!(compensated_dot::<f64>(&[], &[]), Ok(0.0));
    }

    #[test]
    fn sums_overflow_only_at_the_end() {
        const MAX: f64 = f64::MAX;
        assert_eq!(compensated_sum(&[MAX, MAX, -MAX]), MAX);
        assert_eq!(compensated_sum(&[MAX, MAX, -MAX, -MAX, 1e300]), 1e300);
        assert_eq!(compensated_sum(&[MAX, MAX, -1.0]), f64::INFINITY);
        assert_eq!(
            compensated_sum(&[MAX, MAX, f64::NEG_INFINITY]),
            f64::NEG_INFINITY
        );
        assert!(compensated_sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
        let dot = |a: &[f64], b: &[f64]| compensated_dot(a, b).unwrap();
        assert_eq!(dot(&[1e200, 1e200], &[1e200, -1e200]), 0.0);
        assert_eq!(dot(&[1e200, 3.0, 1e200], &[1e200, 7.0, -1e200]), 0.0); // 21 is below the last digit of 10⁴⁰⁰
        assert_eq!(dot(&[2e160, 1.0, -1e160], &[1e160, 1.0, 2e160]), 0.0);
        assert_eq!(dot(&[MAX, MAX, MAX], &[1.0, 1.0, -1.0]), MAX);
        assert_eq!(dot(&[1e200, 1.0], &[1e200, 1.0]), f64::INFINITY);
        assert_eq!(dot(&[1e200, 1.0], &[-1e200, 1.0]), f64::NEG_INFINITY);
        assert_eq!(
            dot(&[f64::INFINITY, 1e200], &[-1.0, 1e200]),
            f64::NEG_INFINITY
        );
        assert!(dot(&[f64::INFINITY, 1.0], &[0.0, 1.0]).is_nan());
    }

    #[test]
    fn neumaier_succeeds_where_kahan_fails() {
        assert_eq!(compensated_sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        let cycle = [1.0_f32, 1e8, 1.0, -1e8].repeat(1000);
        assert_eq!(compensated_sum(&cycle), 2000.0);
        assert_eq!(compensated_sum(&vec![0.1_f32; 100_000]), 10_000.0);
    }

    #[test]
    fn overflow_is_infinite_and_never_nan() {
        assert_eq!(compensated_sum(&[f64::MAX, f64::MAX]), f64::INFINITY);
        let running: CompensatedSum = [f64::MAX, f64::MAX, f64::MIN, f64::MIN]
            .into_iter()
            .collect();
        assert_eq!(running.value(), f64::INFINITY);
        assert_eq!(compensated_sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert_eq!(
            compensated_dot(&[1e200, 1.0], &[1e200, 1.0]),
            Ok(f64::INFINITY)
        );
        assert!(compensated_sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
        assert!(compensated_sum(&[1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn halves_are_summed_by_halves() {
        let x: Vec<f64> = (1..=100).map(f64::from).collect();
        for n in 0..=100_u8 {
            let gauss = f64::from(n) * (f64::from(n) + 1.0) / 2.0;
            assert_eq!(pairwise_sum(&x[..n.into()]), gauss);
        }
        assert_eq!(
            pairwise_sum(&[9007199254740992.0, 1.0, 1.0]),
            9007199254740992.0 + 1.0
        );
    }

    #[test]
    fn lengths_must_agree() {
        let wrong = Err(NumericError::LengthMismatch { left: 1, right: 2 });
        assert_eq!(compensated_dot(&[1.0], &[1.0, 2.0]), wrong);
    }
}
