//! Derivatives with an estimate of their error.

use super::difference::{central_difference, five_point};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite, in_range};

/// The derivative of a smooth function, by two five-point differences.
///
/// ```math
/// f'(x) \approx D_h, \qquad \text{error} \approx \tfrac{1}{15} |D_{2h} - D_h| + \text{rounding},
/// \qquad h = \varepsilon^{1/5} \max(1, |x|)
/// ```
///
/// where $`D_h`$ is the [`five_point_difference`](crate::five_point_difference). Its error is about
/// $`C h^4`$, so $`D_{2h} - D_h \approx 15 C h^4`$ (Richardson). The function must be smooth on a scale of
/// $`4h \approx 3 \cdot 10^{-3} \max(1, |x|)`$; for others, and for more digits, there is
/// [`ridders`], which starts from a step of your choice.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error estimate covers the error | `derivative_knows_its_error` |
/// | it counts rounding too | `the_error_estimate_counts_rounding` |
///
/// # Errors
///
/// [`CalculusError::Domain`] if `x` is not finite; [`CalculusError::NonFinite`] if `f` is not finite at or
/// near `x`; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::derivative;
///
/// let slope = derivative(f64::exp, 0.0)?;
/// assert!((slope.value - 1.0).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn derivative(f: impl Fn(f64) -> f64, x: f64) -> Result<Estimate, CalculusError> {
    let h = natural_step(finite("x", x)?);
    let mut greatest = 0.0_f64;
    let mut difference = |k: f64| -> Result<f64, CalculusError> {
        let (left, right) = (evaluate(&f, x - k * h)?, evaluate(&f, x + k * h)?);
        greatest = greatest.max(left.abs()).max(right.abs());
        Ok(right - left)
    };
    let (one, two, four) = (difference(1.0)?, difference(2.0)?, difference(4.0)?);
    let (fine, coarse) = (five_point(one, two, h), five_point(two, four, 2.0 * h));
    let truncation = (coarse - fine).abs() / 15.0;
    Ok(Estimate {
        value: in_range(fine)?,
        error: in_range(truncation + rounding(greatest, x, fine, h))?,
    })
}

/// The derivative of a smooth function, extrapolated from central differences of shrinking steps.
///
/// ```math
/// A_{i,0} = \frac{f(x + h_i) - f(x - h_i)}{2 h_i}, \quad h_i = \frac{h}{c^i}, \qquad
/// A_{i,j} = \frac{c^{2j} A_{i,j-1} - A_{i-1,j-1}}{c^{2j} - 1}, \quad c = 1.4
/// ```
///
/// A central difference is $`f'(x) + a_1 h^2 + a_2 h^4 + \dots`$; each column of the table removes one more
/// power. The answer is the entry that differs least from its two parents, and that difference, with
/// the rounding of the quotient, is its error estimate. `step` is the first step, a length over which `f`
/// changes noticeably but stays smooth.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error estimate covers the error | `ridders_knows_its_error` |
/// | twelve digits on smooth functions | `ridders_is_right_to_twelve_digits` |
///
/// # Numerics
///
/// The table always has ten rows, from 20 evaluations. Ending it when the error begins to grow, as *Numerical
/// Recipes* does, saves evaluations but falls for entries that agree by chance: three rows of a sum of sine and
/// exponential gave an error estimate ten times too small.
///
/// # Errors
///
/// As for [`forward_difference`](crate::forward_difference).
///
/// # Examples
///
/// ```
/// use gradus_calculus::ridders;
///
/// let slope = ridders(f64::sin, 0.0, 0.5)?;
/// assert!((slope.value - 1.0).abs() < 1e-13);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// C. J. F. Ridders, *Accurate computation of F′(x) and F′(x)F″(x)*, Adv. Eng. Software 4 (1982), 75–76,
/// <https://doi.org/10.1016/S0141-1195(82)80057-0>; W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007,
/// §5.7, routine `dfridr`.
#[doc(alias = "Richardson extrapolation")]
pub fn ridders(f: impl Fn(f64) -> f64, x: f64, step: f64) -> Result<Estimate, CalculusError> {
    let mut h = step;
    let mut row = vec![central_difference(&f, x, h)?];
    let mut best = Estimate {
        value: row[0], // the row has one entry
        error: f64::INFINITY,
    };
    let size = evaluate(&f, x)?.abs();
    for _ in 1..ROWS {
        h /= SHRINK;
        let next = extrapolate(central_difference(&f, x, h)?, &row);
        for (j, &value) in next.iter().enumerate().skip(1) {
            // Row i has one entry more than row i − 1: both parents of entry j are there.
            let change = (value - next[j - 1]).abs().max((value - row[j - 1]).abs());
            let error = change + rounding(size, x, value, h);
            if error <= best.error {
                best = Estimate { value, error };
            }
        }
        row = next;
    }
    in_range(best.error)?;
    Ok(best)
}

/// The next row of the table: its first entry and the row above.
fn extrapolate(first: f64, above: &[f64]) -> Vec<f64> {
    let mut row = vec![first];
    let mut factor = 1.0;
    let mut entry = first;
    for parent in above {
        factor *= SHRINK * SHRINK;
        entry = (factor * entry - parent) / (factor - 1.0);
        row.push(entry);
    }
    row
}

/// $`\varepsilon^{1/5} \max(1, |x|)`$, rounded to where $`x + h`$ is a machine number.
pub(crate) fn natural_step(x: f64) -> f64 {
    let h = FIFTH_ROOT_OF_EPSILON * x.abs().max(1.0);
    (x + h) - x
}

/// What rounding may do to a difference quotient: of the values (each right to two units) and of the
/// points at which they are taken.
fn rounding(size: f64, x: f64, slope: f64, h: f64) -> f64 {
    f64::EPSILON * (3.0 * size + x.abs() * slope.abs()) / h
}

/// $`\varepsilon^{1/5}`$ balances the truncation $`h^4`$ and the rounding $`\varepsilon / h`$.
const FIFTH_ROOT_OF_EPSILON: f64 = 7.4009597974140505e-4;

/// The factor c by which the step shrinks from row to row.
const SHRINK: f64 = 1.4;

/// How many rows the table may have; the last step is 1.4⁹ ≈ 21 times smaller than the first.
const ROWS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_has_slope_zero_exactly() {
        assert_eq!(derivative(|_| 3.0, 5.0).map(|d| d.value), Ok(0.0));
        assert_eq!(ridders(|_| 3.0, 5.0, 0.1).map(|d| d.value), Ok(0.0));
    }

    #[test]
    fn ridders_beats_the_five_point_rule_on_the_exponential() {
        let e = 1.0_f64.exp();
        let (plain, extrapolated) = (derivative(f64::exp, 1.0), ridders(f64::exp, 1.0, 0.5));
        let (plain, extrapolated) = (plain.unwrap(), extrapolated.unwrap());
        assert!((plain.value - e).abs() < 1e-11 * e);
        assert!((extrapolated.value - e).abs() < 1e-12 * e);
    }

    #[test]
    fn a_chance_agreement_of_early_rows_does_not_end_the_table() {
        let f = |x: f64| (1.4830634973025258 * x).sin() - 0.8508210211205661 * (0.5 * x).exp();
        let slope = ridders(f, 6.447445257369602, 0.9870299683902783).unwrap();
        assert!(
            (slope.value + 12.156063292266536).abs() < 1e-11,
            "{slope:?}"
        );
    }

    #[test]
    fn a_kink_shows_in_the_error_estimate() {
        let slope = derivative(|x: f64| (x - 1e-4).abs(), 0.0).unwrap();
        assert!(slope.error > 1e-3, "{slope:?}");
    }

    #[test]
    fn a_point_or_value_that_is_not_finite_is_an_error() {
        assert!(matches!(
            derivative(f64::sin, f64::NAN),
            Err(CalculusError::Domain { name: "x", .. })
        ));
        assert!(matches!(
            derivative(f64::ln, 1e-3),
            Err(CalculusError::NonFinite { .. })
        ));
        assert!(derivative(f64::atan, f64::MAX).is_err());
        assert!(ridders(f64::sqrt, 0.25, 0.5).is_err());
    }

    #[test]
    fn an_overflowing_difference_is_an_error() {
        let steep = |x: f64| if x > 0.0 { 1e308 } else { -1e308 };
        assert_eq!(derivative(steep, 0.0), Err(CalculusError::Overflow));
        assert_eq!(ridders(steep, 0.0, 0.1), Err(CalculusError::Overflow));
    }
}
