//! Maximum likelihood.

use crate::error::ProbabilityError;
use gradus_numeric::CompensatedSum;
use std::iter::zip;

/// The member of a family that makes the data most probable, and how sure that is.
///
/// ```math
/// \hat\theta = \arg\max_\theta \sum_i w_i \ln p(x_i \mid \theta), \qquad
/// \operatorname{se}(\hat\theta_j) \approx \sqrt{(I(\hat\theta)^{-1})_{jj}}
/// ```
///
/// where $`I`$ is the Fisher information of the whole sample. The weights $`w_i`$ are frequencies: $`w_i = 2`$ counts an observation twice.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\partial_\theta \sum_i w_i \ln p(x_i \mid \hat\theta) = 0`$ | `scores_of_fits_are_zero` |
/// | weights are repetitions | `weights_of_fits_are_repetitions` |
/// | data of any size have numbers or an error, never NaN | `fits_of_extremes_are_numbers_or_errors` |
/// | the fit of many draws is within five standard errors of the truth | `fits_find_the_law_of_the_draws` |
/// | the standard error is the spread of the fits of many samples | `standard_errors_are_the_spread_of_fits` |
///
/// # Examples
///
/// ```
/// use gradus_probability::Normal;
///
/// let fit = Normal::fit(&[1.0, 3.0, 5.0, 7.0])?;
/// assert_eq!(fit.distribution.location(), 4.0);
/// assert_eq!(fit.distribution.standard_deviation(), 5.0_f64.sqrt()); // of the sample itself: 20 / 4
/// assert_eq!(fit.standard_errors[0], 5.0_f64.sqrt() / 2.0); // σ / √n
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §7.2.2 and 10.1.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit<D> {
    /// The most likely member.
    pub distribution: D,
    /// Standard errors of its parameters, in the order of the constructor; empty for a family whose likelihood leaps at the end of the support,
    /// so that there is no information.
    pub standard_errors: Vec<f64>,
    /// The logarithm of the likelihood there.
    pub ln_likelihood: f64,
}

impl<D> Fit<D> {
    /// The fit, with the log-likelihood of the observations there.
    pub(crate) fn of<X: Copy>(
        distribution: D,
        standard_errors: Vec<f64>,
        x: &[X],
        weights: &[f64],
        ln_p: impl Fn(&D, X) -> f64,
    ) -> Self {
        // what counts 0 times adds nothing, even if it is impossible
        let seen = zip(x, weights).filter(|(_, w)| **w > 0.0);
        let terms = seen.map(|(&x, w)| w * ln_p(&distribution, x));
        let ln_likelihood = terms.collect::<CompensatedSum>().value();
        Self {
            distribution,
            standard_errors,
            ln_likelihood,
        }
    }
}

/// $`\sum_i w_i f(x_i) / n`$ with the total weight n.
pub(crate) fn mean_of(x: &[f64], weights: &[f64], n: f64, f: impl Fn(f64) -> f64) -> f64 {
    let seen = zip(x, weights).filter(|(_, w)| **w > 0.0); // f may overflow where nothing counts
    let terms = seen.map(|(&x, w)| w * f(x));
    terms.collect::<CompensatedSum>().value() / n
}

/// Counts as numbers.
pub(crate) fn numbers(counts: &[u64]) -> Vec<f64> {
    counts.iter().map(|&k| k as f64).collect()
}

/// The observations that count.
pub(crate) fn observed<'a, X: Copy>(
    x: &'a [X],
    weights: &'a [f64],
) -> impl Iterator<Item = X> + 'a {
    zip(x, weights).filter(|(_, w)| **w > 0.0).map(|(x, _)| *x)
}

/// Standard errors, unless rounding has lost the information.
pub(crate) fn known(errors: Vec<f64>) -> Result<Vec<f64>, ProbabilityError> {
    if errors.iter().any(|error| error.is_nan()) {
        let reason = "a parameter is so large or so small that the information is lost in rounding";
        return Err(ProbabilityError::NoMaximum { reason });
    }
    Ok(errors)
}

/// Two observations that count are different.
pub(crate) fn differ(x: &[f64], weights: &[f64]) -> Result<(), ProbabilityError> {
    let mut seen = observed(x, weights);
    let first = seen.next();
    if seen.any(|x| Some(x) != first) {
        Ok(())
    } else {
        let reason = "all observations are equal";
        Err(ProbabilityError::NoMaximum { reason })
    }
}

/// The mean, exact to the last digits, and the standard deviation of a sample whose mean is about this.
pub(crate) fn center_and_spread(x: &[f64], weights: &[f64], n: f64, about: f64) -> (f64, f64) {
    let rest = mean_of(x, weights, n, |x| x - about);
    let square = mean_of(x, weights, n, |x| (x - about) * (x - about));
    (about + rest, (square - rest * rest).max(0.0).sqrt())
}

/// A function of two numbers, concave near its maximum: its value, its slopes, and minus its second derivatives by the first, by both and by the second.
pub(crate) struct Concave {
    pub(crate) value: f64,
    pub(crate) slopes: [f64; 2],
    pub(crate) bend: [f64; 3],
}

impl Concave {
    /// What bends no less than a part of its larger bend in any direction, by adding the same to both bends: a Newton's step then leads up.
    fn bent(&self) -> [f64; 3] {
        let [a, b, c] = self.bend;
        let (middle, half) = (0.5 * (a + c), (0.5 * (a - c)).hypot(b));
        let most = middle.abs() + half;
        let more = if middle - half > f64::EPSILON * most {
            0.0
        } else {
            half - middle + SMALLEST_BEND * most
        };
        [a + more, b, c + more]
    }
}

/// The maximum of such a function, by Newton's steps, each halved until it leads up and not out of the domain, where the value is
/// $`-\infty`$ or NaN.
pub(crate) fn maximum(start: [f64; 2], f: impl Fn([f64; 2]) -> Concave) -> [f64; 2] {
    let (mut at, mut here) = (start, f(start));
    for _ in 0..MOST_STEPS {
        let ([u, v], [a, b, c]) = (here.slopes, here.bent());
        let determinant = a * c - b * b;
        let mut step = [(c * u - b * v) / determinant, (a * v - b * u) / determinant];
        // near the top the values differ by their rounding only
        let lowest = here.value - 8.0 * f64::EPSILON * (1.0 + here.value.abs());
        let next = (0..MOST_HALVINGS).find_map(|_| {
            let to = [at[0] + step[0], at[1] + step[1]];
            let there = f(to);
            step = step.map(|s| 0.5 * s);
            (there.value >= lowest).then_some((to, there))
        });
        let Some((to, there)) = next else { break };
        let settled = zip(at, to).all(|(x, y)| (y - x).abs() <= 2.0 * f64::EPSILON * x.abs());
        (at, here) = (to, there);
        if settled {
            break;
        }
    }
    at
}

/// Of the larger bend, where the function is not concave.
const SMALLEST_BEND: f64 = 0.01;
/// Ten are usual.
const MOST_STEPS: usize = 100;
/// Shorter steps are not seen.
const MOST_HALVINGS: usize = 60;
