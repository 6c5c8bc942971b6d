//! Log-sum-exp of numbers that arrive one by one, or in parts.

use super::sum::CompensatedSum;

/// The logarithm of a sum of exponentials, of numbers that arrive one by one.
///
/// ```math
/// \operatorname{LSE}(x_1, \dots, x_n) = m + \ln(1 + r), \qquad m = \max_i x_i, \quad
/// r = \sum_{i \ne k} e^{x_i - m}
/// ```
///
/// where $`x_k = m`$. Only $`m`$ and $`r`$ are kept; two of them that saw different parts of the numbers are
/// merged into the one of all numbers. The heart of attention computed block by block.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | equals [`log_sum_exp`](crate::log_sum_exp()) within the bound below | `running_log_sum_exp_is_the_one_of_all_numbers` |
/// | merged with itself $`k`$ times it is $`k \ln 2`$ more, for every $`k`$ | `merging_with_itself_adds_ln_2` |
/// | merged parts are the whole, in every order | `merged_parts_have_the_log_sum_exp_of_the_whole` |
///
/// # Numerics
///
/// The sum is compensated. Each new maximum multiplies $`r`$ by $`e^{m_\text{old} - m_\text{new}}`$, so with
/// $`j`$ rises of the maximum the error is at most $`4 + 2j`$ ULP of $`\max(\lvert m \rvert, \lvert \operatorname{LSE} \rvert, 1)`$;
/// for falling numbers it is that of the batch. $`-\infty`$ adds nothing, $`+\infty`$ gives $`+\infty`$, NaN
/// gives NaN. A sum of more than $`2^{512}`$ equal terms becomes the new $`m`$. Of no numbers the value is $`\ln 0 = -\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::LogSumExp;
///
/// let mut left: LogSumExp = [0.0, 1000.0].into_iter().collect();
/// let right: LogSumExp = [1000.0].into_iter().collect();
/// left.merge(right);
/// assert_eq!(left.value(), 1000.0 + std::f64::consts::LN_2);
/// assert_eq!(LogSumExp::default().value(), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// M. Milakov and N. Gimelshein, *Online normalizer calculation for softmax* (2018), algorithm 3 and §3.1,
/// <https://arxiv.org/abs/1805.02867>.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "online softmax")]
pub struct LogSumExp {
    top: f64,
    /// $`\sum_{i \ne k} e^{x_i - m}`$
    rest: CompensatedSum,
}

impl LogSumExp {
    /// Takes another number.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::LogSumExp;
    ///
    /// let mut sum = LogSumExp::default();
    /// sum.push(1000.0);
    /// assert_eq!(sum.value(), 1000.0);
    /// sum.push(1000.0);
    /// assert_eq!(sum.value(), 1000.0 + std::f64::consts::LN_2);
    /// ```
    pub fn push(&mut self, x: f64) {
        self.merge(Self {
            top: x,
            rest: CompensatedSum::default(),
        });
    }

    /// Takes all the numbers that another one has taken.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::LogSumExp;
    ///
    /// let mut left: LogSumExp = [0.0, 0.0].into_iter().collect();
    /// left.merge([0.0, 0.0].into_iter().collect());
    /// assert_eq!(left.value(), 4.0_f64.ln());
    /// ```
    pub fn merge(&mut self, other: Self) {
        let (above, below) = if other.top > self.top || other.top.is_nan() {
            (other, *self)
        } else {
            (*self, other)
        };
        *self = above;
        if below.top > f64::NEG_INFINITY && above.top.is_finite() {
            let factor = (below.top - above.top).exp();
            self.rest.add(factor);
            self.rest.add(below.rest.value() * factor);
            self.raise();
        }
    }

    /// Measures everything by the sum itself, before the sum in units of the top overflows.
    fn raise(&mut self) {
        let rest = self.rest.value();
        if rest > FAR {
            self.top += rest.ln(); // the 1 beside the rest is not seen any more
            self.rest = CompensatedSum::default();
        }
    }

    /// The logarithm of the sum of the exponentials of all numbers so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::LogSumExp;
    ///
    /// let sum: LogSumExp = [0.0, 3.0_f64.ln()].into_iter().collect();
    /// assert!((sum.value() - 4.0_f64.ln()).abs() < 1e-15); // 1 + 3
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        if self.top.is_finite() {
            self.top + self.rest.value().ln_1p()
        } else {
            self.top
        }
    }
}

/// 2⁵¹²: two such sums, and one more, do not overflow.
const FAR: f64 = 1.340_780_792_994_259_7e154;

impl Default for LogSumExp {
    /// Of no numbers.
    fn default() -> Self {
        Self {
            top: f64::NEG_INFINITY,
            rest: CompensatedSum::default(),
        }
    }
}

impl Extend<f64> for LogSumExp {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, numbers: I) {
        for x in numbers {
            self.push(x);
        }
    }
}

impl FromIterator<f64> for LogSumExp {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut sum = Self::default();
        sum.extend(numbers);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sums::log_sum_exp::log_sum_exp;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let of = |x: &[f64]| x.iter().copied().collect::<LogSumExp>().value();
        assert_eq!(of(&[]), -INFINITY);
        assert_eq!(of(&[-INFINITY, -INFINITY]), -INFINITY);
        assert_eq!(of(&[-INFINITY, 2.0, -INFINITY]), 2.0);
        assert_eq!(of(&[1.0, INFINITY, INFINITY, 2.0]), INFINITY);
        assert_eq!(of(&[f64::MIN, f64::MAX, f64::MIN]), f64::MAX);
        assert!(of(&[f64::NAN, INFINITY]).is_nan() && of(&[INFINITY, f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn merged_with_itself_eleven_hundred_times() {
        let mut sum: LogSumExp = [0.0].into_iter().collect();
        for k in 1..=1100 {
            sum.merge(sum);
            let expected = f64::from(k) * std::f64::consts::LN_2;
            let error = (sum.value() / expected - 1.0).abs();
            assert!(error <= 4.0 * f64::EPSILON, "{k}: {error:e}");
        }
    }

    #[test]
    fn a_small_rest_is_not_hidden_by_the_one() {
        for x in [[0.0, -40.0], [-40.0, 0.0]] {
            assert_eq!(
                x.into_iter().collect::<LogSumExp>().value(),
                log_sum_exp(&x)
            );
        }
    }

    #[test]
    fn nothing_merged_changes_nothing() {
        let sum: LogSumExp = [1.0, 3.0, 2.0].into_iter().collect();
        let (mut left, mut right) = (sum, LogSumExp::default());
        left.merge(LogSumExp::default());
        right.merge(sum);
        assert_eq!((left, right), (sum, sum));
    }
}
