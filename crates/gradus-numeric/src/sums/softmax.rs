//! Softmax and its logarithm.

use super::log_sum_exp::Top;
use crate::error::NumericError;
use crate::scalars::float::Float;

/// The distribution whose probabilities grow exponentially with the scores.
///
/// ```math
/// \operatorname{softmax}(x)_i = \frac{e^{x_i}}{\sum_{j=1}^{n} e^{x_j}}
/// ```
///
/// The gradient of [`log_sum_exp`](crate::log_sum_exp()); of all distributions $`p`$ it maximizes
/// $`\langle p, x \rangle`$ plus the entropy of $`p`$. Between the argmax and the uniform
/// distribution stands [`softmax_with_temperature`].
///
/// # Shapes
///
/// `x: n`; the result has length `n` (nothing of nothing).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p_i \ge 0`$, $`\sum p_i = 1`$ | `softmax_is_a_distribution` |
/// | $`\operatorname{softmax}(x + c) = \operatorname{softmax}(x)`$ | `softmax_is_shift_invariant` |
/// | permuted scores, permuted probabilities | `softmax_is_permutation_equivariant` |
/// | $`x_i \le x_j \Rightarrow p_i \le p_j`$ | `softmax_preserves_order` |
/// | $`\operatorname{softmax}(x, 0)_1 = \sigma(x)`$ | `softmax_of_two_is_sigmoid` |
/// | limits of the temperature | `softmax_goes_from_argmax_to_uniform_with_temperature` |
///
/// # Numerics
///
/// The largest score is subtracted first: nothing overflows. Error of a component: at most
/// $`4 + \lvert x_i - \max x \rvert`$ ULP, because the exponential multiplies the rounding error of the
/// difference. $`-\infty`$ is probability 0; infinite scores share the whole equally. `f32` numbers are
/// computed in `f64`.
///
/// # Errors
///
/// [`NumericError::NonFinite`] for NaN; [`NumericError::EmptySupport`] if all scores are $`-\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::softmax;
///
/// assert_eq!(softmax(&[0.0, 3.0_f64.ln()])?, [0.25, 0.75]);
/// assert_eq!(softmax(&[1e4, -1e4])?, [1.0, 0.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// P. Blanchard, D. J. Higham and N. J. Higham, *Accurately computing the log-sum-exp and softmax
/// functions*, IMA J. Numer. Anal. 41 (2021), 2311–2330, eq. 1.2 and 4.6,
/// <https://doi.org/10.1093/imanum/draa038>; Goodfellow, Bengio and Courville, *Deep Learning* (2016), §4.1.
#[doc(alias = "Boltzmann distribution")]
pub fn softmax<T: Float>(x: &[T]) -> Result<Vec<T>, NumericError> {
    let Some(top) = support(x)? else {
        return Ok(Vec::new());
    };
    let total = 1.0 + top.rest(x);
    let p = x.iter().map(|x| top.below(x.to_f64()).exp() / total);
    Ok(p.map(T::from_f64).collect())
}

/// The softmax of scores divided by a temperature.
///
/// ```math
/// \operatorname{softmax}(x / \tau)_i = \frac{e^{x_i / \tau}}{\sum_{j=1}^{n} e^{x_j / \tau}}, \qquad \tau > 0
/// ```
///
/// where $`\tau`$ is `temperature`. Of all distributions $`p`$ it maximizes $`\langle p, x \rangle`$ plus $`\tau`$ times the
/// entropy of $`p`$. Cold, it goes to the argmax: $`\tau \to 0`$ shares the whole equally among the largest scores.
/// Hot, it goes to the uniform distribution: $`\tau \to \infty`$.
///
/// # Shapes
///
/// `x: n`; the result has length `n` (nothing of nothing).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\tau = 1`$ is the softmax, to the bit | `temperature_one_is_softmax` |
/// | scores and temperature times $`2^k`$ change nothing, to the bit | `scores_are_measured_by_the_temperature` |
/// | the largest probability falls as the temperature rises | `heat_levels_the_softmax` |
/// | limits of the temperature | `cold_is_the_argmax_and_hot_is_uniform` |
///
/// # Numerics
///
/// The largest score is subtracted before the division: nothing overflows at any temperature, down to the
/// smallest positive number. Otherwise as [`softmax`], with the distance $`\lvert x_i - \max x \rvert / \tau`$.
///
/// # Errors
///
/// [`NumericError::Domain`] unless the temperature is positive and finite; otherwise as [`softmax`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::softmax_with_temperature;
///
/// let x = [0.0, 3.0_f64.ln()];
/// assert_eq!(softmax_with_temperature(&x, 1.0)?, [0.25, 0.75]); // odds 3 : 1
/// let p = softmax_with_temperature(&x, 0.5)?; // odds 9 : 1
/// assert!((p[1] - 0.9_f64).abs() < 1e-15);
/// assert_eq!(softmax_with_temperature(&x, 1e-300)?, [0.0, 1.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// G. Hinton, O. Vinyals and J. Dean, *Distilling the knowledge in a neural network* (2015), eq. 1,
/// <https://arxiv.org/abs/1503.02531>.
#[doc(alias = "Gibbs distribution")]
pub fn softmax_with_temperature<T: Float>(
    x: &[T],
    temperature: f64,
) -> Result<Vec<T>, NumericError> {
    if !(temperature > 0.0 && temperature.is_finite()) {
        return Err(NumericError::Domain {
            name: "temperature",
            value: temperature,
        });
    }
    let Some(top) = support(x)? else {
        return Ok(Vec::new());
    };
    let scaled = |x: &T| below(top, x.to_f64(), temperature);
    let p = softmax(&x.iter().map(scaled).collect::<Vec<f64>>())?;
    Ok(p.into_iter().map(T::from_f64).collect())
}

/// $`(x - x_k) / \tau`$, by halves where the difference overflows.
fn below(top: Top, x: f64, temperature: f64) -> f64 {
    let difference = top.below(x);
    if difference.is_finite() || x.is_infinite() {
        difference / temperature
    } else {
        (0.5 * x - 0.5 * top.value) / (0.5 * temperature)
    }
}

/// The logarithm of the softmax.
///
/// ```math
/// \ln \operatorname{softmax}(x)_i = x_i - \operatorname{LSE}(x)
/// ```
///
/// What log-likelihoods and cross-entropies need: it is finite where the probability itself underflows.
///
/// # Shapes
///
/// `x: n`; the result has length `n` (nothing of nothing).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`= \ln \operatorname{softmax}(x)`$ | `log_softmax_is_the_logarithm_of_softmax` |
/// | $`\sum e^{\ln p_i} = 1`$ | `exponentials_of_log_softmax_sum_to_one` |
///
/// # Numerics
///
/// $`(x_i - x_k) - \ln\bigl(1 + \sum_{j \ne k} e^{x_j - x_k}\bigr)`$ with a largest $`x_k`$: the shift cancels
/// before anything is rounded off. `f32` numbers are computed in `f64`.
///
/// # Errors
///
/// As [`softmax`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_softmax;
///
/// assert_eq!(log_softmax(&[0.0, 0.0])?, [-std::f64::consts::LN_2; 2]);
/// assert_eq!(log_softmax(&[1e4, -1e4])?, [0.0, -2e4]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
///
/// # References
///
/// Blanchard, Higham and Higham (2021), as for [`softmax`].
pub fn log_softmax<T: Float>(x: &[T]) -> Result<Vec<T>, NumericError> {
    let Some(top) = support(x)? else {
        return Ok(Vec::new());
    };
    let ln_total = top.rest(x).ln_1p();
    let ln_p = x.iter().map(|x| top.below(x.to_f64()) - ln_total);
    Ok(ln_p.map(T::from_f64).collect())
}

/// The largest score, if there is any weight at all; `None` of no scores.
fn support<T: Float>(x: &[T]) -> Result<Option<Top>, NumericError> {
    match Top::of(x) {
        Some(Top { index, value }) if value.is_nan() => {
            Err(NumericError::NonFinite { index, value })
        }
        Some(top) if top.value == f64::NEG_INFINITY => Err(NumericError::EmptySupport),
        top => Ok(top),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        assert_eq!(softmax::<f64>(&[]), Ok(vec![]));
        assert_eq!(softmax(&[-INFINITY, 0.0]), Ok(vec![0.0, 1.0]));
        assert_eq!(
            softmax(&[0.0, INFINITY, -INFINITY]),
            Ok(vec![0.0, 1.0, 0.0])
        );
        assert_eq!(softmax(&[INFINITY, 0.0, INFINITY]), Ok(vec![0.5, 0.0, 0.5]));
        assert_eq!(softmax(&[f64::MAX, f64::MIN]), Ok(vec![1.0, 0.0]));
        assert_eq!(softmax(&[1e38_f32, -1e38]), Ok(vec![1.0, 0.0]));
    }

    #[test]
    fn distances_that_overflow_are_measured_by_the_temperature() {
        let expected = softmax(&[0.0, -2.0]);
        assert_eq!(softmax_with_temperature(&[1e308, -1e308], 1e308), expected);
        let cold = softmax_with_temperature(&[1e308, -1e308, -INFINITY], 1.0);
        assert_eq!(cold, Ok(vec![1.0, 0.0, 0.0]));
        let infinite = softmax_with_temperature(&[INFINITY, -1e308], f64::MAX);
        assert_eq!(infinite, Ok(vec![1.0, 0.0]));
    }

    #[test]
    fn logarithms_of_the_edges() {
        assert_eq!(log_softmax::<f64>(&[]), Ok(vec![]));
        assert_eq!(log_softmax(&[-INFINITY, 0.0]), Ok(vec![-INFINITY, 0.0]));
        assert_eq!(log_softmax(&[0.0, INFINITY]), Ok(vec![-INFINITY, 0.0]));
        assert_eq!(log_softmax(&[f64::MAX, f64::MIN]), Ok(vec![0.0, -INFINITY]));
    }

    #[test]
    fn what_is_no_distribution_is_an_error() {
        for f in [softmax::<f64>, log_softmax::<f64>] {
            assert_eq!(f(&[-INFINITY; 2]), Err(NumericError::EmptySupport));
            let nan = f(&[INFINITY, f64::NAN, f64::NAN]);
            assert!(matches!(nan, Err(NumericError::NonFinite { index: 1, .. })));
        }
    }
}
