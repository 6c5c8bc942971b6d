//! The bell whose distribution function is the sigmoid.

use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::ProbabilityError;
use crate::families::affine::Affine;
use crate::statistics::fit::{Concave, Fit, center_and_spread, differ, maximum, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, log_sigmoid, sigmoid};
use std::f64::consts::PI;

/// The logistic distribution: the bell whose distribution function is the sigmoid.
///
/// ```math
/// F(x) = \sigma(z), \qquad p(x) = \frac{\sigma(z) \, \sigma(-z)}{s}, \qquad z = \frac{x - \mu}{s}
/// ```
///
/// where $`\mu`$ is `location`, mean and median, and $`s > 0`$ `scale`. The noise under which "the score exceeds 0" has the
/// probability that logistic regression gives. Variance $`\pi^2 s^2 / 3`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | symmetric: $`F(\mu - t) = 1 - F(\mu + t)`$, to the bit | `symmetric_families_are_symmetric` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Tails and their logarithms are [`sigmoid`] and [`log_sigmoid`] of $`\pm z`$, which keep their digits.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Logistic};
///
/// let noise = Logistic::new(0.0, 1.0)?;
/// assert_eq!(noise.cdf(3.0_f64.ln()), 0.75); // odds 3 : 1
/// assert_eq!(noise.ln_cdf(-1000.0), -1000.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), table of common distributions; C. M. Bishop, *Pattern
/// Recognition and Machine Learning* (2006), §4.3.2.
pub type Logistic = Affine<StandardLogistic>;

/// The [`Logistic`] distribution around 0, with scale 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StandardLogistic;

impl Logistic {
    /// The most likely logistic distribution, by Newton's steps in $`1 / s`$ and $`\mu / s`$, in which the likelihood is concave. Standard errors
    /// $`s \sqrt{3 / n}`$ and $`3 s / \sqrt{(3 + \pi^2) \, n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Logistic;
    ///
    /// let fit = Logistic::fit(&[-1.0, 0.0, 1.0])?;
    /// assert!(fit.distribution.location().abs() < 1e-15); // symmetric, as the data are
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, about) = weighted_mean(x, weights, |_| true)?;
        differ(x, weights)?;
        let (mean, deviation) = center_and_spread(x, weights, n, about);
        let y: Vec<_> = x.iter().map(|x| (x - mean) / deviation).collect();
        let start = [0.0, PI / 3.0_f64.sqrt()]; // of variance 1
        let [place, slope] = maximum(start, |at| mean_ln_likelihood(at, &y, weights, n));
        let scale = deviation / slope;
        let law = Self::new(mean + place * scale, scale)?;
        let errors = vec![
            scale * (3.0 / n).sqrt(),
            3.0 * scale / ((3.0 + PI * PI) * n).sqrt(),
        ];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats: $`2 + \ln s`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Logistic;
    ///
    /// assert_eq!(Logistic::new(0.0, 1.0)?.entropy(), 2.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        2.0 + self.scale().ln()
    }
}

/// $`\ln \beta + \overline{\ln \sigma(z) + \ln \sigma(-z)}`$ with $`z = \beta y - \alpha`$: a sum of concave functions of linear ones.
fn mean_ln_likelihood([alpha, beta]: [f64; 2], y: &[f64], weights: &[f64], n: f64) -> Concave {
    let mean = |f: &dyn Fn(f64) -> f64| mean_of(y, weights, n, f);
    let z = |y: f64| beta * y - alpha;
    let slope = |y: f64| (0.5 * z(y)).tanh();
    let bend = |y: f64| 2.0 * sigmoid(z(y)) * sigmoid(-z(y));
    Concave {
        value: beta.ln() + mean(&|y| log_sigmoid(z(y)) + log_sigmoid(-z(y))),
        slopes: [mean(&slope), 1.0 / beta - mean(&|y| y * slope(y))],
        bend: [
            mean(&bend),
            -mean(&|y| y * bend(y)),
            1.0 / (beta * beta) + mean(&|y| y * y * bend(y)),
        ],
    }
}

impl Continuous for StandardLogistic {
    #[inline]
    fn ln_pdf(&self, z: f64) -> f64 {
        log_sigmoid(z) + log_sigmoid(-z)
    }

    #[inline]
    fn tails(&self, z: f64) -> (f64, f64) {
        (sigmoid(z), sigmoid(-z))
    }

    fn ln_tails(&self, z: f64) -> (f64, f64) {
        (log_sigmoid(z), log_sigmoid(-z))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (tail, rest) = (p.min(q), p.max(q));
        let z = if tail < 0.25 {
            (-tail).ln_1p() - tail.ln()
        } else {
            ((rest - tail) / tail).ln_1p() // the difference is exact
        };
        if p < q { -z } else { z }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(PI * PI / 3.0)
    }
}

impl StandardizedMoments for StandardLogistic {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(1.2)
    }
}

impl Mode for StandardLogistic {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// The log-density of the logistic distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = \ln \sigma(z) + \ln \sigma(-z) - \ln s, \qquad z = \frac{x - \mu}{s}
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (1 - 2 \sigma(z)) / s`$ | `scores_of_location_and_scale` |
///
/// # Numerics
///
/// As [`Logistic`]; NaN for a scale that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_probability::logistic_ln_pdf;
///
/// assert_eq!(logistic_ln_pdf(0.0, 0.0, 1.0), -4.0_f64.ln());
/// ```
///
/// # References
///
/// As [`Logistic`].
#[must_use]
pub fn logistic_ln_pdf<R: Real>(x: R, location: R, scale: R) -> R {
    let z = (x - location) / scale;
    log_sigmoid(z) + log_sigmoid(-z) - scale.ln()
}
