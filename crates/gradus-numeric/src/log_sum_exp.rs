//! Log-sum-exp, the smooth maximum.

use crate::float::Float;
use crate::sum::CompensatedSum;

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
/// With $`x_k`$ one of the greatest numbers, $`x_k + \ln\bigl(1 + \sum_{i \ne k} e^{x_i - x_k}\bigr)`$: the
/// exponentials do not overflow, and the 1 of the greatest one never hides a small rest, so
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

/// The first of the greatest numbers, or the first NaN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Top {
    pub(crate) index: usize,
    pub(crate) value: f64,
}

impl Top {
    /// `None` of an empty slice.
    pub(crate) fn of<T: Float>(x: &[T]) -> Option<Self> {
        let mut numbers = x.iter().map(|x| x.to_f64()).enumerate();
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
