//! Means by Monte Carlo, and two ways to need fewer draws.

use crate::error::{ProbabilityError, all_finite, finite};
use crate::finite::factor::entries;
use gradus_numeric::{Moments, NumericError};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// A mean over draws, and how far it may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the mean, estimated from the draws: $`s / \sqrt n`$.
    pub standard_error: f64,
}

/// The mean of a function of uniform numbers, by draws in opposite pairs.
///
/// ```math
/// \operatorname{E} f(U) \approx \frac1n \sum_{i=1}^{n} \frac{f(u_i) + f(1 - u_i)}{2}
/// ```
///
/// over n `pairs`, u uniform on the cube $`[0, 1)^d`$. Draws of another law are functions of uniform numbers, by its quantile. $`1 - u`$ is as
/// likely as u, so the mean has no bias; and where f rises in every coordinate, or falls, the errors of a pair have opposite signs, so n
/// pairs are worth more than 2n single draws. Of a linear function every pair has the mean itself.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no bias, and a standard error that is true (fixed seed) | `opposite_pairs_and_controls_have_no_bias` |
/// | exact for linear functions | `opposite_pairs_are_exact_for_linear_functions` |
/// | of monotone functions, an error below that of as many single draws | `opposite_pairs_of_monotone_functions_err_less` |
/// | the error of a mean over n draws falls like $`n^{-1/2}`$ | `the_error_of_monte_carlo_falls_like_the_root_of_the_draws` |
/// | a factor of the values is one of mean and standard error, from $`10^{-280}`$ to $`10^{280}`$ | `averages_have_the_unit_of_their_values` |
///
/// # Errors
///
/// [`ProbabilityError::Domain`] for fewer than two pairs, whose spread says nothing; [`ProbabilityError::Numeric`] with the number of the
/// pair if a value is NaN or infinite, [`ProbabilityError::TableTooLarge`] for more than $`2^{26}`$ dimensions.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Key, antithetic_mean};
///
/// let line = |u: &[f64]| 3.0 + 2.0 * u[0];
/// let found = antithetic_mean(line, 1, 10, &mut Key::new(1).rng())?;
/// assert!((found.mean - 4.0).abs() < 1e-15 && found.standard_error < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// J. M. Hammersley and K. W. Morton, *A new Monte Carlo technique: antithetic variates*, Proc. Camb. Phil. Soc. 52 (1956), 449–475;
/// A. B. Owen, *Monte Carlo Theory, Methods and Examples* (2013), §8.2.
#[doc(alias = "variance reduction")]
pub fn antithetic_mean(
    f: impl Fn(&[f64]) -> f64,
    dimension: usize,
    pairs: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Average, ProbabilityError> {
    entries(&[dimension])?;
    average(
        "pairs",
        (0..pairs).map(|_| {
            let u: Vec<f64> = (0..dimension).map(|_| uniform(rng)).collect();
            let opposite: Vec<f64> = u.iter().map(|u| 1.0 - u).collect();
            f64::midpoint(f(&u), f(&opposite))
        }),
    )
}

/// The mean of values, corrected by what the mean of another quantity is known to be: a control variate.
///
/// ```math
/// \operatorname{E} f \approx \frac1n \sum_{i=1}^{n} \bigl( f_i - \beta (c_i - \operatorname{E} c) \bigr)
/// ```
///
/// where `values` are $`f_i`$ and `controls` $`c_i`$ at the same draws, `known` is $`\operatorname{E} c`$, and `coefficient` $`\beta`$. There is no
/// bias, whatever $`\beta`$ is, as long as it does not depend on these draws. Best is $`\beta = \operatorname{Cov}(f, c) / \operatorname{Var} c`$, for
/// example from a few draws before: then the variance is $`1 - \rho^2`$ of what it was.
///
/// # Shapes
///
/// `values: n`, `controls: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no bias, and a standard error that is true (fixed seed) | `opposite_pairs_and_controls_have_no_bias` |
/// | exact if the value is an affine function of the control; without a coefficient the plain mean | `controls_take_out_what_is_known` |
/// | a factor of the values is one of mean and standard error, from $`10^{-280}`$ to $`10^{280}`$ | `averages_have_the_unit_of_their_values` |
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ, [`ProbabilityError::Domain`] for fewer than two values or a mean or
/// coefficient that is not finite, [`ProbabilityError::Numeric`] with the number of a draw that is NaN or infinite,
/// [`ProbabilityError::Overflow`] if a value leaves the range when it is corrected.
///
/// # Examples
///
/// ```
/// use gradus_probability::controlled_mean;
///
/// // f = 1 + 2c, and the mean of c is known to be 0.5
/// let found = controlled_mean(&[1.5, 2.0, 1.0], &[0.25, 0.5, 0.0], 0.5, 2.0)?;
/// assert_eq!((found.mean, found.standard_error), (2.0, 0.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Owen (2013), §8.9.
#[doc(alias = "control variate")]
pub fn controlled_mean(
    values: &[f64],
    controls: &[f64],
    known: f64,
    coefficient: f64,
) -> Result<Average, ProbabilityError> {
    let (left, right) = (values.len(), controls.len());
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    finite("known", known)?;
    finite("coefficient", coefficient)?;
    let corrected = |(f, c): (&f64, &f64)| f - coefficient * (c - known);
    all_finite(values)?;
    all_finite(controls)?;
    if !zip(values, controls).map(corrected).all(f64::is_finite) {
        return Err(ProbabilityError::Overflow);
    }
    average("draws", zip(values, controls).map(corrected))
}

/// The mean of at least two numbers, and its standard error.
fn average(
    counted: &'static str,
    values: impl Iterator<Item = f64>,
) -> Result<Average, ProbabilityError> {
    // deviations from the first value, in three units: of one of them the squares are in range
    let (mut moments, mut deviations) = (Moments::default(), UNITS.map(|_| Moments::default()));
    let mut first = None;
    for (index, value) in values.enumerate() {
        if !value.is_finite() {
            return Err(NumericError::NonFinite { index, value }.into());
        }
        moments.push(value);
        let first = *first.get_or_insert(value);
        zip(&mut deviations, UNITS).for_each(|(all, unit)| all.push(value / unit - first / unit));
    }
    let n = moments.count() as f64;
    if n < 2.0 {
        let (name, value) = (counted, n);
        return Err(ProbabilityError::Domain { name, value });
    }
    let error = |(all, unit): (Moments, f64)| {
        let variance = all.variance(1).ok().filter(|variance| variance.is_normal());
        variance.map(|variance| variance.sqrt() / n.sqrt() * unit)
    };
    Ok(Average {
        mean: moments.mean()?,
        standard_error: zip(deviations, UNITS).find_map(error).unwrap_or(0.0), // all are equal
    })
}

/// $`1, 2^{600}, 2^{-600}`$.
const UNITS: [f64; 3] = [1.0, 4.149_515_568_880_993e180, 2.409_919_865_102_884e-181];
