//! The sum of squares of normal draws.

use super::digamma_gap::inverse_digamma;
use super::gamma::{Gamma, gamma_ln_pdf};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{Real, trigamma};
use gradus_random::rand::Rng;
use std::f64::consts::LN_2;

/// The χ² distribution: the sum of squares of independent standard normal draws.
///
/// ```math
/// p(x) = \frac{x^{k/2 - 1} e^{-x/2}}{2^{k/2} \, \Gamma(k/2)}, \qquad x > 0
/// ```
///
/// where $`k > 0`$ is `freedom`, the degrees of freedom: how many squares, or a number between. [`Gamma`] with shape $`k/2`$ and
/// rate ½. Pearson's statistic of a table is nearly of this kind. Mean $`k`$, variance $`2k`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | for $`k = 1`$, $`F(z^2) = \Phi(z) - \Phi(-z)`$ | `the_square_of_a_normal_is_chi_squared` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
/// | the fit of the expected logarithm gives back the degrees | `chi_squared_fits_of_expected_logarithms_are_exact` |
///
/// # Numerics
///
/// Those of [`Gamma`].
///
/// # Examples
///
/// ```
/// use gradus_probability::{ChiSquared, Continuous};
///
/// let misfit = ChiSquared::new(2.0)?;
/// assert!((misfit.sf(6.0) - (-3.0_f64).exp()).abs() < 1e-16); // e^(−x/2)
/// assert_eq!((misfit.mean()?, misfit.variance()?), (2.0, 4.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §5.3.1 and example 3.3.2.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "chi-squared")]
pub struct ChiSquared {
    gamma: Gamma,
}

impl ChiSquared {
    /// The sum of `freedom` squares.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless that is finite and positive.
    pub fn new(freedom: f64) -> Result<Self, ProbabilityError> {
        finite_positive("freedom", freedom)?;
        let outside = |_| ProbabilityError::Domain {
            name: "freedom",
            value: freedom,
        };
        let gamma = Gamma::new(0.5 * freedom, 0.5).map_err(outside)?;
        Ok(Self { gamma })
    }

    /// $`k`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        2.0 * self.gamma.shape()
    }

    /// The most likely degrees of freedom, $`\psi(k/2) = \overline{\ln(x/2)}`$, with the standard error $`2 / \sqrt{n \, \psi'(k/2)}`$.
    ///
    /// The scale is known, so even equal observations have a fit.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite, [`ProbabilityError::NoMaximum`] if there
    /// are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::ChiSquared;
    ///
    /// let typical = 2.0 * (-0.577_215_664_901_532_9_f64).exp(); // its logarithm is that of two squares on average
    /// let fit = ChiSquared::fit(&[typical, typical, typical])?;
    /// assert!((fit.distribution.freedom() - 2.0).abs() < 1e-14);
    /// // 2 / √(3 ψ'(1)), ψ'(1) = π² / 6
    /// assert!((fit.standard_errors[0] - 8.0_f64.sqrt() / std::f64::consts::PI).abs() < 1e-14);
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
        let (n, _) = weighted_mean(x, weights, |x| x > 0.0)?;
        let half = inverse_digamma(mean_of(x, weights, n, |x| x.ln() - LN_2));
        let errors = vec![2.0 / (n * trigamma(half)).sqrt()];
        let law = Self::new(2.0 * half)?;
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats, that of the [`Gamma`] distribution.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::ChiSquared;
    ///
    /// assert!((ChiSquared::new(2.0)?.entropy() - (1.0 + 2.0_f64.ln())).abs() < 1e-15); // exponential, rate ½
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.gamma.entropy()
    }
}

impl Continuous for ChiSquared {
    fn ln_pdf(&self, x: f64) -> f64 {
        self.gamma.ln_pdf(x)
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        self.gamma.tails(x)
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        self.gamma.ln_tails(x)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        self.gamma.at_tails(p, q)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        self.gamma.mean()
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        self.gamma.variance()
    }

    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.gamma.sample(rng)
    }
}

impl StandardizedMoments for ChiSquared {
    /// $`\sqrt{8 / k}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        self.gamma.skewness()
    }

    /// $`12 / k`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        self.gamma.excess_kurtosis()
    }
}

impl Mode for ChiSquared {
    type Outcome = f64;

    /// $`k - 2`$, or 0 for up to 2 squares.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        self.gamma.mode()
    }
}

/// The log-density of the χ² distribution, as a function of the draw and the degrees of freedom.
///
/// ```math
/// \ln p(x) = (\tfrac k2 - 1) \ln x - \tfrac x2 - \tfrac k2 \ln 2 - \ln \Gamma(\tfrac k2)
/// ```
///
/// For every [`Real`], so it can be differentiated by both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (\tfrac k2 - 1)/x - \tfrac12`$ | `scores_of_positive_families` |
///
/// # Numerics
///
/// As [`gamma_ln_pdf`].
///
/// # Examples
///
/// ```
/// use gradus_probability::chi_squared_ln_pdf;
///
/// assert!((chi_squared_ln_pdf(4.0_f64, 2.0) + 2.0 + 2.0_f64.ln()).abs() < 1e-15); // ½ e^(−x/2)
/// ```
///
/// # References
///
/// As [`ChiSquared`].
#[must_use]
pub fn chi_squared_ln_pdf<R: Real>(x: R, freedom: R) -> R {
    let half = R::from_f64(0.5);
    gamma_ln_pdf(x, half * freedom, half)
}

/// With fewer degrees of freedom draws are 0 too often: $`\operatorname{P}(X < 10^{-308}) \approx 10^{-15}`$ for these.
pub(super) const FEWEST_TO_DRAW: f64 = 0.1;
