//! Expectation, variance, covariance and correlation of random variables on a finite table.

use super::deviations::{Deviations, mixed, quotient, sum, together};
use super::joint::JointTable;
use crate::error::{ProbabilityError, all_finite};
use gradus_numeric::{Simplex, ldexp};
use std::iter::zip;

/// The expectation of a random variable on a finite set: its mean value, weighted by probability.
///
/// ```math
/// \operatorname{E}[X] = \sum_{i=1}^{n} p_i x_i
/// ```
///
/// where outcome $`i`$ has probability $`p_i`$ and gives the value $`x_i`$: the center of mass of the
/// distribution. For the expectation of $`f(X)`$ pass the values $`f(x_i)`$.
///
/// # Shapes
///
/// `p: n`, `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{E}[aX + b] = a \operatorname{E}[X] + b`$ | `expectation_is_linear` |
/// | $`\operatorname{E}[\operatorname{E}[X \mid Y]] = \operatorname{E}[X]`$ | `expectation_has_the_tower_property` |
/// | $`\operatorname{P}(\lvert X \rvert \ge t) \le \operatorname{E}\lvert X \rvert / t`$ (Markov) | `markov_bounds_the_tail` |
/// | $`\operatorname{E}[X]^2 \le \operatorname{E}[X^2]`$ (Jensen) | `jensen_holds_for_convex_functions` |
/// | $`\min_i x_i \le \operatorname{E}[X] \le \max_i x_i`$, to the bit | `expectation_lies_between_the_values` |
/// | finite values never give NaN | `finite_values_never_give_nan` |
/// | $`\operatorname{E}\lvert XY \rvert \le \sqrt{\operatorname{E}[X^2] \operatorname{E}[Y^2]}`$ (Hölder) | `hoelder_bounds_the_mixed_moment` |
///
/// # Numerics
///
/// A compensated sum: the error is that of rounding the products. The result lies between the smallest and
/// the largest possible value, to the bit: of a constant it is that constant.
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if `p` and `x` differ in length, [`NumericError::NonFinite`](gradus_numeric::NumericError::NonFinite) for
/// the first value that is not finite.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, expectation};
///
/// let die = Simplex::uniform(6)?;
/// assert_eq!(expectation(&die, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?, 3.5);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), definition 2.2.1.
#[doc(alias = "mean")]
pub fn expectation(p: &Simplex, x: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(p, x)?;
    let mean = sum(zip(p.as_slice(), x).map(|(p, x)| p * x));
    let possible = || zip(p.as_slice(), x).filter(|(p, _)| **p > 0.0);
    let smallest = possible().fold(f64::INFINITY, |low, (_, &x)| low.min(x));
    let largest = possible().fold(f64::NEG_INFINITY, |high, (_, &x)| high.max(x));
    Ok(mean.clamp(smallest, largest))
}

/// The variance of a random variable on a finite set: its mean squared distance from its mean.
///
/// ```math
/// \operatorname{Var}(X) = \operatorname{E}\bigl[(X - \operatorname{E} X)^2\bigr]
///                       = \sum_{i=1}^{n} p_i (x_i - \mu)^2, \qquad \mu = \operatorname{E}[X]
/// ```
///
/// # Shapes
///
/// `p: n`, `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{Var}(X) \ge 0`$; a constant has variance 0, to the bit | `variance_is_non_negative_and_zero_of_a_constant` |
/// | $`\operatorname{Var}(X + c) = \operatorname{Var}(X)`$, to the bit where $`x_i + c`$ is exact | `variance_does_not_see_a_shift` |
/// | $`\operatorname{Var}(aX) = a^2 \operatorname{Var}(X)`$ | `variance_scales_by_the_square` |
/// | $`\operatorname{P}(\lvert X - \mu \rvert \ge t) \le \operatorname{Var}(X) / t^2`$ (Chebyshev) | `chebyshev_bounds_the_deviation` |
/// | $`\operatorname{Var}(X) = \operatorname{E}[\operatorname{Var}(X \mid Y)] + \operatorname{Var}(\operatorname{E}[X \mid Y])`$ | `variance_splits_into_within_and_between` |
///
/// # Numerics
///
/// Never $`\operatorname{E}[X^2] - \operatorname{E}[X]^2`$, which cancels. The values are first counted from
/// one of them, which is exact for a constant and where values lie close together; then mean and
/// squared distances are summed in two passes. Distances are first divided by a power of two near the
/// largest that counts, so that no square underflows or overflows on its way.
///
/// # Errors
///
/// As [`expectation`], and [`ProbabilityError::Overflow`] if the variance is larger than any number.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, variance};
///
/// let thirds = Simplex::from_weights(&[1.0, 1.0, 1.0])?;
/// assert_eq!(variance(&thirds, &[1e8 + 1.0, 1e8 + 2.0, 1e8 + 3.0])?, 2.0 / 3.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Casella and Berger (2002), definition 2.3.2; N. J. Higham, *Accuracy and Stability of Numerical
/// Algorithms*, 2nd ed. (2002), §1.9.
pub fn variance(p: &Simplex, x: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(p, x)?;
    let d = Deviations::of(p, x);
    finite(ldexp(d.variance(p), 2 * d.exponent))
}

/// The covariance of two random variables with a joint distribution on a finite table.
///
/// ```math
/// \operatorname{Cov}(X, Y) = \sum_{i,j} p_{ij} (x_i - \operatorname{E} X)(y_j - \operatorname{E} Y)
/// ```
///
/// where `x` gives a value to every row of the table and `y` one to every column. Positive if the two
/// tend to lie on the same side of their means.
///
/// # Shapes
///
/// `table: m × n`, `x: m`, `y: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{Cov}(aX + b, Y) = a \operatorname{Cov}(X, Y)`$ | `covariance_is_bilinear` |
/// | $`\operatorname{Cov}(X, Y) = \operatorname{Cov}(Y, X)`$ | `covariance_is_symmetric` |
/// | $`\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y) + 2 \operatorname{Cov}(X, Y)`$ | `variance_of_a_sum_needs_the_covariance` |
/// | independent variables have covariance 0 | `independent_variables_are_uncorrelated` |
///
/// # Numerics
///
/// As [`variance`].
///
/// # Errors
///
/// As [`expectation`], and [`ProbabilityError::Overflow`] if the covariance is larger than any number.
///
/// # Examples
///
/// ```
/// use gradus_probability::{JointTable, covariance};
///
/// // two coins glued together: X = Y
/// let glued = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]])?;
/// assert_eq!(covariance(&glued, &[0.0, 1.0], &[0.0, 1.0])?, 0.25);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Casella and Berger (2002), definition 4.5.1.
pub fn covariance(table: &JointTable, x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(table.marginal_x(), x)?;
    check_values(table.marginal_y(), y)?;
    let dx = Deviations::of(table.marginal_x(), x);
    let dy = Deviations::of(table.marginal_y(), y);
    finite(ldexp(mixed(table, &dx, &dy), dx.exponent + dy.exponent))
}

/// $`\operatorname{Cov}(X, Y)`$ of two variables that are functions of one outcome.
pub(super) fn covariance_of(p: &Simplex, x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(p, x)?;
    check_values(p, y)?;
    let (dx, dy) = (Deviations::of(p, x), Deviations::of(p, y));
    finite(ldexp(together(p, &dx, &dy), dx.exponent + dy.exponent))
}

/// The correlation of two variables that are functions of one outcome.
pub(crate) fn correlation_of(p: &Simplex, x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(p, x)?;
    check_values(p, y)?;
    let (dx, dy) = (Deviations::of(p, x), Deviations::of(p, y));
    quotient(together(p, &dx, &dy), [dx.variance(p), dy.variance(p)])
}

/// The correlation of two random variables: their covariance in units of their standard deviations.
///
/// ```math
/// \rho = \frac{\operatorname{Cov}(X, Y)}{\sqrt{\operatorname{Var}(X) \operatorname{Var}(Y)}} \in [-1, 1]
/// ```
///
/// ±1 means that one is an affine function of the other: the cosine of the angle between the centered
/// variables.
///
/// # Shapes
///
/// `table: m × n`, `x: m`, `y: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert \rho \rvert \le 1`$ | `correlation_is_at_most_one` |
/// | $`\lvert \rho \rvert = 1`$ for affine functions | `affine_functions_are_perfectly_correlated` |
/// | $`2^k X`$ has the correlation of $`X`$, to the bit, in every scale | `correlation_does_not_see_the_scale` |
///
/// # Numerics
///
/// Computed from scaled deviations, which neither underflow nor overflow; clamped to $`[-1, 1]`$ against
/// the last rounding.
///
/// # Errors
///
/// As [`expectation`], and [`ProbabilityError::Constant`] if a variance is 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::{JointTable, correlation};
///
/// let opposite = JointTable::new(&[[0.0, 0.5], [0.5, 0.0]])?;
/// assert_eq!(correlation(&opposite, &[0.0, 1.0], &[0.0, 1.0])?, -1.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Casella and Berger (2002), definition 4.5.2 and theorem 4.5.7.
#[doc(alias = "Pearson")]
pub fn correlation(table: &JointTable, x: &[f64], y: &[f64]) -> Result<f64, ProbabilityError> {
    check_values(table.marginal_x(), x)?;
    check_values(table.marginal_y(), y)?;
    let dx = Deviations::of(table.marginal_x(), x);
    let dy = Deviations::of(table.marginal_y(), y);
    let variances = [
        dx.variance(table.marginal_x()),
        dy.variance(table.marginal_y()),
    ];
    quotient(mixed(table, &dx, &dy), variances)
}

fn finite(value: f64) -> Result<f64, ProbabilityError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(ProbabilityError::Overflow)
    }
}

/// One finite value for every outcome.
fn check_values(p: &Simplex, x: &[f64]) -> Result<(), ProbabilityError> {
    if p.len() != x.len() {
        return Err(ProbabilityError::LengthMismatch {
            left: p.len(),
            right: x.len(),
        });
    }
    all_finite(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::NumericError;

    fn thirds() -> Simplex {
        Simplex::from_weights(&[1.0; 3]).unwrap()
    }

    #[test]
    fn a_loaded_coin() {
        let coin = Simplex::new(vec![0.25, 0.75]).unwrap();
        assert_eq!(expectation(&coin, &[0.0, 1.0]), Ok(0.75));
        assert_eq!(variance(&coin, &[0.0, 1.0]), Ok(0.1875)); // p (1 − p)
    }

    #[test]
    fn variance_of_large_numbers_is_exact() {
        let x = [1e8 + 1.0, 1e8 + 2.0, 1e8 + 3.0];
        assert_eq!(variance(&thirds(), &x), Ok(2.0 / 3.0));
    }

    #[test]
    fn values_must_be_finite_and_as_many_as_outcomes() {
        let mismatch = ProbabilityError::LengthMismatch { left: 3, right: 2 };
        assert_eq!(expectation(&thirds(), &[1.0, 2.0]), Err(mismatch.clone()));
        assert_eq!(variance(&thirds(), &[1.0, 2.0]), Err(mismatch));
        assert!(matches!(
            variance(&thirds(), &[1.0, f64::NAN, 0.0]),
            Err(ProbabilityError::Numeric(NumericError::NonFinite {
                index: 1,
                ..
            }))
        ));
    }

    #[test]
    fn overflow_is_an_error_and_never_nan() {
        let half = Simplex::new(vec![0.5, 0.5]).unwrap();
        assert_eq!(expectation(&half, &[f64::MAX, f64::MAX]), Ok(f64::MAX));
        assert_eq!(
            variance(&half, &[f64::MAX, -f64::MAX]),
            Err(ProbabilityError::Overflow)
        );
        assert_eq!(
            variance(&half, &[1e200, -1e200]),
            Err(ProbabilityError::Overflow)
        );
        let sure = Simplex::new(vec![1.0, 0.0]).unwrap();
        assert_eq!(variance(&sure, &[f64::MAX, -f64::MAX]), Ok(0.0));
    }

    #[test]
    fn squares_do_not_underflow_or_overflow_on_their_way() {
        let even = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]]).unwrap();
        for x in [1e-200, 5e-324, 1e-320, 1e200, f64::MAX] {
            assert_eq!(correlation(&even, &[0.0, x], &[0.0, x]), Ok(1.0), "{x:e}");
            assert_eq!(correlation(&even, &[-x, x], &[x, -x]), Ok(-1.0), "{x:e}");
        }
        let rare = Simplex::new(vec![1.0, 5e-324]).unwrap();
        let v = variance(&rare, &[0.0, 1e200]).unwrap(); // 5e-324 · 1e400
        assert!(
            (v / (5e-324 * 1e200 * 1e200) - 1.0).abs() <= 4.0 * f64::EPSILON,
            "{v:e}"
        );
        let v = variance(&rare, &[f64::MAX, -f64::MAX]).unwrap(); // 5e-324 · (2 · 1.8e308)²
        assert!(
            (v / (4.0 * (5e-324 * f64::MAX * f64::MAX)) - 1.0).abs() <= 4.0 * f64::EPSILON,
            "{v:e}"
        );
    }

    #[test]
    fn correlation_with_a_constant_is_an_error() {
        let table = JointTable::new(&[[0.25, 0.25], [0.25, 0.25]]).unwrap();
        let constant = ProbabilityError::Constant { name: "y" };
        assert_eq!(correlation(&table, &[0.0, 1.0], &[7.0, 7.0]), Err(constant));
    }
}
