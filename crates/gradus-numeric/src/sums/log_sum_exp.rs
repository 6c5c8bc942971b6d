//! Log-sum-exp, the smooth maximum: plain, as a mean, and with weights.

use super::sum::CompensatedSum;
use crate::error::NumericError;
use crate::scalars::float::Float;
use std::iter::zip;

/// The logarithm of a sum of exponentials: the smooth maximum.
///
/// ```math
/// \operatorname{LSE}(x) = \ln \sum_{i=1}^{n} e^{x_i}
/// ```
///
/// The logarithm of the total of weights known by their logarithms, and the normalizer of
/// [`softmax`](crate::softmax), which is its gradient. The empty sum gives $`\ln 0 = -\infty`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\max x \le \operatorname{LSE}(x) \le \max x + \ln n`$ | `log_sum_exp_is_a_smooth_maximum` |
/// | $`\operatorname{LSE}(x + c) = \operatorname{LSE}(x) + c`$ | `log_sum_exp_moves_with_a_shift` |
/// | $`\nabla \operatorname{LSE} = \operatorname{softmax}`$ | `gradient_of_log_sum_exp_is_softmax` |
/// | $`\operatorname{LSE}(x) = \langle p, x \rangle - \sum p_i \ln p_i`$ at $`p = \operatorname{softmax}(x)`$ | `fenchel_equality_holds_at_softmax` |
/// | $`\lvert \operatorname{LSE}(x) - \operatorname{LSE}(y) \rvert \le \lVert x - y \rVert_\infty`$ | `log_sum_exp_is_lipschitz` |
///
/// # Numerics
///
/// With $`x_k`$ one of the largest numbers, $`x_k + \ln\bigl(1 + \sum_{i \ne k} e^{x_i - x_k}\bigr)`$: the
/// exponentials do not overflow, and the 1 of the largest one never hides a small rest, so
/// $`\operatorname{LSE}(0, -40) = e^{-40}`$ where the plain shift gives 0. The error is at most 4 ULP of
/// $`\max(\lvert x_k \rvert, \lvert \operatorname{LSE} \rvert)`$. $`-\infty`$ among the numbers is a weight
/// of zero; all of them $`-\infty`$ give $`-\infty`$, one $`+\infty`$ gives $`+\infty`$, NaN gives NaN.
/// `f32` numbers are computed in `f64`.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_sum_exp;
///
/// assert_eq!(log_sum_exp(&[0.0, 0.0, 0.0, 0.0]), 4.0_f64.ln());
/// assert_eq!(log_sum_exp(&[1000.0, 1000.0]), 1000.0 + std::f64::consts::LN_2);
/// assert_eq!(log_sum_exp::<f64>(&[]), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// P. Blanchard, D. J. Higham and N. J. Higham, *Accurately computing the log-sum-exp and softmax
/// functions*, IMA J. Numer. Anal. 41 (2021), 2311–2330, algorithm 3.2 and §4,
/// <https://doi.org/10.1093/imanum/draa038>.
#[must_use]
pub fn log_sum_exp<T: Float>(x: &[T]) -> T {
    let Some(top) = Top::of(x) else {
        return T::from_f64(f64::NEG_INFINITY);
    };
    T::from_f64(if top.value.is_finite() {
        top.value + top.rest(x).ln_1p()
    } else {
        top.value
    })
}

/// The logarithm of the mean of exponentials.
///
/// ```math
/// \operatorname{LME}(x) = \ln \Bigl(\frac1n \sum_{i=1}^{n} e^{x_i}\Bigr) = \operatorname{LSE}(x) - \ln n
/// ```
///
/// The logarithm of an average of likelihoods known by their logarithms; a mean that leans to the largest.
///
/// # Shapes
///
/// `x: n` with $`n \ge 1`$; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\bar x \le \operatorname{LME}(x) \le \max x`$ (Jensen) | `log_mean_exp_lies_between_mean_and_maximum` |
/// | of a constant it is the constant, to the bit | `log_mean_exp_of_a_constant_is_the_constant` |
/// | $`= \operatorname{LSE}(x) - \ln n`$ | `log_mean_exp_is_log_sum_exp_less_ln_n` |
///
/// # Numerics
///
/// Where the mean $`a`$ of the $`e^{x_i - x_k}`$ is above one half, with $`x_k`$ one of the largest numbers,
/// $`x_k + \ln(1 + \frac1n \sum (e^{x_i - x_k} - 1))`$ by `exp_m1` and `ln_1p`, of which all summands have one sign:
/// the distance from $`x_k`$ keeps its digits, where the difference with $`\ln n`$ cancels. Otherwise
/// $`x_k + \ln a`$. The error is at most 4 ULP of $`\max(\lvert x_k \rvert, \lvert \operatorname{LME} \rvert)`$. Infinite
/// numbers and NaN as in [`log_sum_exp`]. `f32` numbers are computed in `f64`.
///
/// # Errors
///
/// [`NumericError::Empty`] of nothing.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_mean_exp;
///
/// assert_eq!(log_mean_exp(&[1000.0, 1000.0])?, 1000.0);
/// assert!((log_mean_exp(&[0.0, 3.0_f64.ln()])? - 2.0_f64.ln()).abs() < 1e-15); // (1 + 3) / 2
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// Blanchard, Higham and Higham (2021), as for [`log_sum_exp`]; Jensen's inequality: T. M. Cover and J. A. Thomas,
/// *Elements of Information Theory*, 2nd ed. (2006), theorem 2.6.2.
pub fn log_mean_exp<T: Float>(x: &[T]) -> Result<T, NumericError> {
    let top = Top::of(x).ok_or(NumericError::Empty)?;
    if !top.value.is_finite() {
        return Ok(T::from_f64(top.value));
    }
    let n = x.len() as f64;
    let mean = (1.0 + top.rest(x)) / n;
    let below: CompensatedSum = x.iter().map(|x| top.below(x.to_f64()).exp_m1()).collect();
    Ok(T::from_f64(if mean > 0.5 {
        top.value + (below.value() / n).ln_1p()
    } else {
        top.value + mean.ln()
    }))
}

/// The logarithm of a weighted sum of exponentials.
///
/// ```math
/// \operatorname{LSE}_w(x) = \ln \sum_{i=1}^{n} w_i e^{x_i}, \qquad w_i \ge 0
/// ```
///
/// With weights that sum to one, the log-likelihood of a mixture whose parts have log-likelihoods `x`. The
/// weights need no sum; all of them zero give $`\ln 0 = -\infty`$.
///
/// # Shapes
///
/// `x: n`, `w: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | with weights 1 it is [`log_sum_exp`], to the bit | `weights_of_one_give_log_sum_exp` |
/// | weight 2 counts a number twice | `whole_weights_count_numbers` |
/// | $`\operatorname{LSE}_w(x) = \operatorname{LSE}(x + \ln w)`$ | `weights_are_shifts_by_their_logarithm` |
///
/// # Numerics
///
/// $`\operatorname{LSE}(x + \ln w)`$, for weights of every magnitude: the error is at most 4 ULP of the largest of
/// $`\lvert \operatorname{LSE}_w \rvert`$ and the $`\lvert x_i \rvert`$, $`\lvert \ln w_i \rvert`$ with
/// $`x_i + \ln w_i`$ near $`\operatorname{LSE}_w`$: a large number with a small weight brings its own rounding. A
/// number of
/// weight 0 does not count, be it infinite; NaN gives NaN. `f32` numbers are computed in `f64`.
///
/// # Errors
///
/// [`NumericError::LengthMismatch`] if `x` and `w` differ in length, [`NumericError::NonFinite`] or
/// [`NumericError::Negative`] for the first such weight.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_sum_exp_weighted;
///
/// let y = log_sum_exp_weighted(&[1000.0, 1000.0], &[0.25, 0.5])?; // ln (3/4 e^1000)
/// assert!((y - (1000.0 + 0.75_f64.ln())).abs() < 1e-12);
/// assert_eq!(log_sum_exp_weighted(&[1.0, f64::INFINITY], &[1.0, 0.0])?, 1.0);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// Blanchard, Higham and Higham (2021), as for [`log_sum_exp`].
pub fn log_sum_exp_weighted<T: Float>(x: &[T], w: &[T]) -> Result<T, NumericError> {
    if x.len() != w.len() {
        return Err(NumericError::LengthMismatch {
            left: x.len(),
            right: w.len(),
        });
    }
    let shifted: Vec<f64> = zip(x, w)
        .enumerate()
        .map(|(index, (x, w))| weighted(index, x.to_f64(), w.to_f64()))
        .collect::<Result<_, _>>()?;
    Ok(T::from_f64(log_sum_exp(&shifted)))
}

/// $`x + \ln w`$ for a weight that is one; a weight of zero absorbs all but NaN.
fn weighted(index: usize, x: f64, w: f64) -> Result<f64, NumericError> {
    if !w.is_finite() {
        return Err(NumericError::NonFinite { index, value: w });
    }
    if w < 0.0 {
        return Err(NumericError::Negative { index, value: w });
    }
    Ok(if w == 0.0 && !x.is_nan() {
        f64::NEG_INFINITY
    } else {
        x + w.ln()
    })
}

/// The first of the largest numbers, or the first NaN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Top {
    pub(crate) index: usize,
    pub(crate) value: f64,
}

impl Top {
    /// `None` of an empty slice.
    pub(crate) fn of<T: Float>(x: &[T]) -> Option<Self> {
        Self::among(x.iter().map(|x| x.to_f64()))
    }

    /// `None` of no numbers.
    pub(crate) fn among(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let mut numbers = numbers.enumerate();
        let first = numbers.next()?;
        let (index, value) = numbers.fold(first, |top, (index, value)| {
            let above = value > top.1 || (value.is_nan() && !top.1.is_nan());
            if above { (index, value) } else { top }
        });
        Some(Self { index, value })
    }

    /// $`x - x_k`$; 0 if both are the same infinity.
    pub(crate) fn below(self, x: f64) -> f64 {
        if x == self.value { 0.0 } else { x - self.value }
    }

    /// $`\sum_{i \ne k} e^{x_i - x_k}`$ over all numbers but the top one.
    pub(crate) fn rest<T: Float>(self, x: &[T]) -> f64 {
        let others = x.iter().enumerate().filter(|&(i, _)| i != self.index);
        let sum: CompensatedSum = others.map(|(_, x)| self.below(x.to_f64()).exp()).collect();
        sum.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        assert_eq!(log_sum_exp::<f32>(&[]), f32::NEG_INFINITY);
        assert_eq!(log_sum_exp(&[-INFINITY, -INFINITY]), -INFINITY);
        assert_eq!(log_sum_exp(&[-INFINITY, 2.0]), 2.0);
        assert_eq!(log_sum_exp(&[1.0, INFINITY, INFINITY]), INFINITY);
        assert_eq!(log_sum_exp(&[f64::MAX, f64::MIN]), f64::MAX);
        assert!(log_sum_exp(&[INFINITY, f64::NAN]).is_nan());
        assert!(log_sum_exp(&[f64::NAN, INFINITY]).is_nan());
    }

    #[test]
    fn a_small_rest_is_not_hidden_by_the_one() {
        assert_eq!(log_sum_exp(&[0.0, -40.0]), (-40.0_f64).exp());
    }

    #[test]
    fn one_score_is_its_own_result() {
        for x in [0.0, -3.5, 1e300] {
            assert_eq!(log_sum_exp(&[x]), x);
        }
    }
}
