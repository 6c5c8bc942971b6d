//! Two exponentials back to back.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::ProbabilityError;
use crate::families::affine::Affine;
use crate::statistics::fit::{Fit, differ, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{CompensatedSum, Real};
use std::f64::consts::LN_2;
use std::hint::select_unpredictable;
use std::iter::zip;

/// The Laplace distribution: two exponentials back to back.
///
/// ```math
/// p(x) = \frac{1}{2 \sigma} e^{-\lvert z \rvert}, \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// where $`\mu`$ is `location`, mean and median, and $`\sigma > 0`$ `scale`, the mean distance from it. Errors of this kind make
/// the mean absolute error the negative log-likelihood, and weights of this kind the $`L^1`$ penalty. Variance $`2 \sigma^2`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | the distance from $`\mu`$ is [`Exponential`](crate::Exponential) | `laplace_is_a_signed_exponential` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// Each tail from its own exponential: both keep their digits.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Laplace};
///
/// let error = Laplace::new(0.0, 1.0)?;
/// assert_eq!((error.cdf(0.0), error.ln_sf(1000.0)), (0.5, -1000.0 - std::f64::consts::LN_2));
/// assert_eq!(error.variance()?, 2.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), exercise 2.43 ($`q = 1`$); G. Casella and R. L. Berger,
/// *Statistical Inference*, 2nd ed. (2002), §3.3, "double exponential".
pub type Laplace = Affine<StandardLaplace>;

/// The [`Laplace`] distribution around 0, with scale 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StandardLaplace;

impl Laplace {
    /// The most likely Laplace distribution: $`\mu`$ the smallest median of the data, $`\sigma = \overline{\lvert x - \mu \rvert}`$, both with the standard error
    /// $`\sigma / \sqrt n`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite, [`ProbabilityError::NoMaximum`] if all are equal or
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Laplace;
    ///
    /// let fit = Laplace::fit(&[1.0, 2.0, 6.0])?;
    /// assert_eq!((fit.distribution.location(), fit.distribution.scale()), (2.0, 5.0 / 3.0));
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
        let (n, _) = weighted_mean(x, weights, |_| true)?;
        differ(x, weights)?;
        let median = smallest_median(x, weights, n);
        let scale = mean_of(x, weights, n, |x| (x - median).abs());
        let errors = vec![scale / n.sqrt(); 2];
        let law = Self::new(median, scale)?;
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats: $`1 + \ln(2 \sigma)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Laplace;
    ///
    /// assert_eq!(Laplace::new(0.0, 0.5)?.entropy(), 1.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        1.0 + LN_2 + self.scale().ln()
    }
}

/// The smallest observation up to which half of the weight lies.
pub(super) fn smallest_median(x: &[f64], weights: &[f64], n: f64) -> f64 {
    let mut sorted: Vec<_> = zip(x, weights).filter(|(_, w)| **w > 0.0).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(b.0));
    let mut below = CompensatedSum::default();
    let mut reached = sorted.iter().filter_map(|(x, w)| {
        below.add(**w);
        (below.value() >= 0.5 * n).then_some(**x)
    });
    reached.next().unwrap_or(f64::NAN) // never: the weights add up to n
}

impl Continuous for StandardLaplace {
    #[inline]
    fn ln_pdf(&self, z: f64) -> f64 {
        -z.abs() - LN_2
    }

    #[inline]
    fn tails(&self, z: f64) -> (f64, f64) {
        let tail = 0.5 * (-z.abs()).exp();
        let below = z < 0.0;
        (
            select_unpredictable(below, tail, 1.0 - tail),
            select_unpredictable(below, 1.0 - tail, tail),
        )
    }

    fn ln_tails(&self, z: f64) -> (f64, f64) {
        let (ln_tail, ln_rest) = (-z.abs() - LN_2, ln_both(self.tails(z)));
        if z < 0.0 {
            (ln_tail, ln_rest.1)
        } else {
            (ln_rest.0, ln_tail)
        }
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let tail = if p < q { p } else { q };
        (-(2.0 * tail).ln()).copysign(p - q)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(2.0)
    }
}

impl StandardizedMoments for StandardLaplace {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(3.0)
    }
}

impl Mode for StandardLaplace {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }
}

/// The log-density of the Laplace distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = -\frac{\lvert x - \mu \rvert}{\sigma} - \ln(2 \sigma)
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three; minus this is the absolute error, but for a constant.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = -\operatorname{sign}(z) / \sigma`$ | `scores_of_location_and_scale` |
///
/// # Numerics
///
/// As [`Laplace`]; NaN for a scale that is not positive.
///
/// # Examples
///
/// ```
/// use gradus_probability::laplace_ln_pdf;
///
/// assert_eq!(laplace_ln_pdf(3.0, 1.0, 0.5), -4.0);
/// ```
///
/// # References
///
/// As [`Laplace`].
#[must_use]
pub fn laplace_ln_pdf<R: Real>(x: R, location: R, scale: R) -> R {
    -((x - location) / scale).abs() - scale.ln() - R::from_f64(LN_2)
}
