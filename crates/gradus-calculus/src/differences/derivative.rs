//! Derivatives with an estimate of their error.

use super::difference::{central_difference, five_point};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite, in_range};
use std::cell::Cell;

/// The derivative of a smooth function, by five-point differences of two steps.
///
/// ```math
/// f'(x) \approx D_h, \qquad \text{error} \approx |D_{2h} - D_h| + \text{rounding},
/// \qquad h = \varepsilon^{1/5} \max(1, |x|)
/// ```
///
/// where $`D_h`$ is the [`five_point_difference`](crate::five_point_difference). Its error is about
/// $`C h^4`$, so $`D_{2h} - D_h \approx 15 C h^4`$ (Richardson): the estimate is cautious by a factor of 15. Where
/// the two differences disagree by more than rounding explains, `f` changes on a smaller scale than `h`; then the
/// step is divided by 8, and again, and of the answers that no finer step contradicts, the one with the smallest
/// estimate is taken. For more digits there is
/// [`ridders`], which starts from a step of your choice.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error estimate covers the error | `derivative_knows_its_error` |
/// | also where the first step is too long for the function | `derivative_finds_the_scale_of_the_function` |
/// | it counts rounding too | `the_error_estimate_counts_rounding` |
///
/// # Numerics
///
/// Seven evaluations if the first step fits: three to each side, and one between, which must lie on the polynomial
/// through the others. Without it, steps of one period of a sine see a constant, and those to both sides of the kink
/// of $`|x|`$ a parabola. The estimate is not divided by 15, because that is right only where the error does shrink
/// with $`h^4`$: for the sine at $`x = 10^4`$ the first step is longer than a period.
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
    let slopes = slopes(finite("x", x)?, |x| evaluate(&f, x).map(|value| [value]))?;
    Ok(slopes[0]) // one value, one slope
}

/// The slope of each entry of `f` at `x`.
pub(crate) fn slopes<V: AsRef<[f64]>>(
    x: f64,
    mut f: impl FnMut(f64) -> Result<V, CalculusError>,
) -> Result<Vec<Estimate>, CalculusError> {
    let mut h = natural_step(x);
    let mut best = quotients(&mut f, x, h)?;
    for _ in 0..SHORTENINGS {
        h = representable(x, h / 8.0);
        if best.iter().all(Quotient::is_balanced) || h == 0.0 {
            break;
        }
        for (best, next) in best.iter_mut().zip(quotients(&mut f, x, h)?) {
            // What is balanced would only lose digits to a shorter step; and among steps whose errors are rounding, the
            // one that looks best by chance is not better.
            let improves = !best.is_balanced() && 8.0 * next.error() < best.error();
            if improves || next.contradicts(best) {
                *best = next;
            }
        }
    }
    best.iter().map(Quotient::estimate).collect()
}

/// A five-point difference and the two parts of its error.
struct Quotient {
    value: f64,
    truncation: f64,
    rounding: f64,
}

impl Quotient {
    /// Whether a shorter step would lose more to rounding than it gains.
    fn is_balanced(&self) -> bool {
        // The error of the finer difference is about a fifteenth of the truncation estimate.
        self.truncation <= 15.0 * self.rounding
    }

    /// Whether this quotient, of a shorter step, shows that another is wrong.
    fn contradicts(&self, coarse: &Self) -> bool {
        // Functions that compute with more than one rounding are allowed twenty.
        let doubt = coarse.error() + self.truncation + 20.0 * self.rounding;
        (self.value - coarse.value).abs() > doubt
    }

    fn error(&self) -> f64 {
        self.truncation + self.rounding
    }

    fn estimate(&self) -> Result<Estimate, CalculusError> {
        Ok(Estimate {
            value: in_range(self.value)?,
            error: in_range(self.error())?,
        })
    }
}

/// The differences with step `h`, entry by entry.
fn quotients<V: AsRef<[f64]>>(
    f: &mut impl FnMut(f64) -> Result<V, CalculusError>,
    x: f64,
    h: f64,
) -> Result<Vec<Quotient>, CalculusError> {
    let mut sides =
        |k: f64| -> Result<(V, V), CalculusError> { Ok((f(x - k * h)?, f(x + k * h)?)) };
    let (one, two, four) = (sides(1.0)?, sides(2.0)?, sides(4.0)?);
    let witness = f(x + WITNESS * h)?;
    let length = one.0.as_ref().len();
    for side in [&one.1, &two.0, &two.1, &four.0, &four.1, &witness] {
        same_length(length, side.as_ref().len())?;
    }
    let quotient = |i: usize| {
        // All sides have entry i.
        let pairs = [&one, &two, &four].map(|(left, right)| [left.as_ref()[i], right.as_ref()[i]]);
        let size = pairs
            .as_flattened()
            .iter()
            .fold(0.0_f64, |size, value| size.max(value.abs()));
        let misfit = (witness.as_ref()[i] - at_witness(pairs)).abs();
        let [one, two, four] = pairs.map(|[left, right]| right - left);
        let (fine, coarse) = (five_point(one, two, h), five_point(two, four, 2.0 * h));
        Quotient {
            value: fine,
            truncation: (coarse - fine).abs() + misfit / h,
            rounding: rounding(size, x, fine, h),
        }
    };
    Ok((0..length).map(quotient).collect())
}

/// The polynomial of degree 5 through the values at ±1, ±2 and ±4 steps, at the witness.
fn at_witness(pairs: [[f64; 2]; 3]) -> f64 {
    let places = [[-1.0, 1.0], [-2.0, 2.0], [-4.0, 4.0]];
    let (places, values) = (places.as_flattened(), pairs.as_flattened());
    let basis = |i: usize| -> f64 {
        let others = (0..6).filter(|&j| j != i);
        others
            .map(|j| (WITNESS - places[j]) / (places[i] - places[j]))
            .product()
    };
    (0..6).map(|i| values[i] * basis(i)).sum()
}

pub(crate) fn same_length(left: usize, right: usize) -> Result<(), CalculusError> {
    if left == right {
        return Ok(());
    }
    Err(CalculusError::LengthMismatch { left, right })
}

/// The derivative of a smooth function, extrapolated from central differences of shrinking steps.
///
/// ```math
/// A_{i,0} = \frac{f(x + h_i) - f(x - h_i)}{2 h_i}, \quad h_i = \frac{h}{c^i}, \qquad
/// A_{i,j} = \frac{c^{2j} A_{i,j-1} - A_{i-1,j-1}}{c^{2j} - 1}, \quad c = 1.4
/// ```
///
/// A central difference is $`f'(x) + a_1 h^2 + a_2 h^4 + \dots`$; each column of the table removes one more
/// power. The answer is the entry closest to its two parents, and that difference, with
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
/// Recipes* does, saves evaluations, but is misled by entries that agree by chance: three rows of a sum of sine and
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
    // Rounding is counted from the largest value that enters a difference: at x itself f may vanish.
    let size = Cell::new(0.0_f64);
    let f = |x| {
        let value = f(x);
        size.set(size.get().max(value.abs()));
        value
    };
    let mut h = step;
    let mut row = vec![central_difference(f, x, h)?];
    let mut best = Estimate {
        value: row[0], // the row has one entry
        error: f64::INFINITY,
    };
    for _ in 1..ROWS {
        h /= SHRINK;
        let next = extrapolate(central_difference(f, x, h)?, &row);
        for (j, &value) in next.iter().enumerate().skip(1) {
            // Row i has one entry more than row i − 1: both parents of entry j are there.
            let change = (value - next[j - 1]).abs().max((value - row[j - 1]).abs());
            let error = change + rounding(size.get(), x, value, h);
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
fn natural_step(x: f64) -> f64 {
    representable(x, FIFTH_ROOT_OF_EPSILON * x.abs().max(1.0))
}

/// The step nearest to `h` for which $`x + h`$ is a machine number.
fn representable(x: f64, h: f64) -> f64 {
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

/// The golden section: a place that no multiple of a period shares with whole steps.
const WITNESS: f64 = 0.618_033_988_749_894_8;

/// How often a step that is too long is divided by 8: down to $`10^{-9}`$ of the first.
const SHORTENINGS: usize = 10;

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
    fn a_kink_beside_the_point_shortens_the_step() {
        let slope = derivative(|x: f64| (x - 1e-4).abs(), 0.0).unwrap();
        assert!(
            (slope.value + 1.0).abs() <= slope.error && slope.error < 1e-6,
            "{slope:?}"
        );
    }

    #[test]
    fn a_kink_at_the_point_shows_in_the_error_estimate() {
        for f in [|x: f64| x.abs(), |x: f64| x.max(0.0)] {
            let slope = derivative(f, 0.0).unwrap();
            assert!(slope.error > 0.05, "{slope:?}");
        }
    }

    #[test]
    fn a_step_of_one_period_is_no_constant() {
        let (x, frequency) = (362505.0241771674, 96.30443959870507);
        let slope = derivative(|x| (frequency * x).sin(), x).unwrap();
        let truth = frequency * (frequency * x).cos();
        assert!(
            (slope.value - truth).abs() <= slope.error && slope.error < 1e-3,
            "{slope:?}"
        );
    }

    #[test]
    fn a_step_longer_than_a_period_is_shortened() {
        let (x, truth) = (1e4, 1e4_f64.cos());
        let slope = derivative(f64::sin, x).unwrap();
        assert!(
            (slope.value - truth).abs() <= slope.error && slope.error < 1e-6,
            "{slope:?}"
        );
    }

    #[test]
    fn rounding_is_counted_where_the_function_is_large() {
        let slope = ridders(|x| x.powi(3), 1e-10, 1.0).unwrap();
        assert!((slope.value - 3e-20).abs() <= slope.error, "{slope:?}");
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
