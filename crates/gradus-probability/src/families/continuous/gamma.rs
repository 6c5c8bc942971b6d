//! The waiting time for the a-th event.

use super::digamma_gap::{ln_minus_digamma, trigamma_excess};
use super::near_end::{self, ANCHOR};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Fit, differ, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{
    Real, deviance, gamma_pq, gamma_pq_inverse, ln_gamma_pq, stirling_error, trigamma,
};
use gradus_random::rand::Rng;
use rand_distr::Distribution;
use std::f64::consts::PI;

/// The gamma distribution: how long one waits for the a-th event, if b are expected per unit of time.
///
/// ```math
/// p(x) = \frac{b^a}{\Gamma(a)} x^{a - 1} e^{-b x}, \qquad x > 0
/// ```
///
/// where $`a > 0`$ is `shape` (a whole number or not) and $`b > 0`$ `rate`, the reciprocal of the scale. Mean $`a / b`$,
/// variance $`a / b^2`$. $`a = 1`$ is the exponential law, $`a = \tfrac k2, b = \tfrac12`$ the $`\chi^2`$ law with $`k`$ degrees of
/// freedom; it is the conjugate prior of a Poisson rate and of a normal precision.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_are_slopes_of_distribution_functions` |
/// | $`\operatorname{P}(X > t) = \operatorname{P}(N < a)`$, $`N`$ Poisson with mean $`b t`$ | `a_gamma_law_waits_for_poisson_events` |
/// | score $`\partial_a = \ln(b x) - \psi(a)`$, $`\partial_b = a/b - x`$ | `score_of_a_gamma` |
/// | the fit has score zero | `fits_have_score_zero` |
/// | narrow ones have the entropy of a normal law with their variance, less $`1 / 3a`$ | `entropies_of_narrow_gammas_are_normal` |
/// | draws (Kolmogorov–Smirnov) | `draws_follow_the_tails` |
///
/// # Numerics
///
/// $`\ln p`$ in Loader's form, in which nothing cancels: with $`\delta`$ ([`stirling_error`]) and $`D`$ ([`deviance`]),
///
/// ```math
/// \ln p(x) = \tfrac12 \ln \frac{a}{2\pi} - \delta(a) - D(a, b x) - \ln x
/// ```
///
/// At 0 the density is $`\infty`$, $`b`$ or 0 for shapes below, at and above 1. Tails and quantiles are those of
/// [`gamma_pq`], [`ln_gamma_pq`] and [`gamma_pq_inverse`]; a quantile of a tiny shape underflows to 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Gamma};
///
/// let third_bus = Gamma::new(3.0, 6.0)?; // six an hour
/// assert_eq!(third_bus.mean()?, 0.5);
/// assert!((third_bus.sf(1.0) - 25.0 * (-6.0_f64).exp()).abs() < 1e-15); // at most two came
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.6; C. Loader, *Fast and accurate
/// computation of binomial probabilities* (2000).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    rate: f64,
    ln_height: f64, // ½ ln(a / 2π) − δ(a)
    sampler: rand_distr::Gamma<f64>,
}

impl Gamma {
    /// The waiting time for event number `shape` at a `rate` of events.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(shape: f64, rate: f64) -> Result<Self, ProbabilityError> {
        finite_positive("shape", shape)?;
        finite_positive("rate", rate)?;
        let sampler = rand_distr::Gamma::new(shape, 1.0).map_err(|_| ProbabilityError::Domain {
            name: "shape",
            value: shape,
        })?;
        Ok(Self {
            shape,
            rate,
            ln_height: ln_height(shape),
            sampler,
        })
    }

    /// $`a`$.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// $`b`$.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The differential entropy in nats: $`a - \ln b + \ln \Gamma(a) + (1 - a) \psi(a)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Gamma;
    ///
    /// assert!((Gamma::new(1.0, 1.0)?.entropy() - 1.0).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let a = self.shape;
        // with δ and the gap for ln Γ and ψ, whose leading terms cancel
        let gaps = stirling_error(a) + (a - 1.0) * ln_minus_digamma(a);
        0.5 * ((2.0 * PI).ln() + a.ln()) - self.rate.ln() + gaps
    }

    /// The log-density at x, with t and its logarithm.
    pub(super) fn ln_pdf_of(&self, t: (f64, impl Fn() -> f64), ln_x: f64) -> f64 {
        if t.0 < ANCHOR {
            self.ln_tails_of(t).0 + self.shape.ln() - ln_x // a F / x
        } else {
            self.ln_height - deviance(self.shape, t.0) - ln_x
        }
    }

    /// Both tails at t, with its logarithm, which is asked for near 0 only.
    pub(super) fn tails_of(&self, (t, ln_t): (f64, impl Fn() -> f64)) -> (f64, f64) {
        if t < ANCHOR {
            let anchor = gamma_pq(self.shape, ANCHOR);
            near_end::tails(anchor, near_end::exponent(self.shape, ln_t(), ANCHOR))
        } else {
            gamma_pq(self.shape, t)
        }
    }

    /// The logarithms of both tails at t, with its logarithm.
    pub(super) fn ln_tails_of(&self, (t, ln_t): (f64, impl Fn() -> f64)) -> (f64, f64) {
        if t < ANCHOR {
            let anchor = ln_gamma_pq(self.shape, ANCHOR);
            near_end::ln_tails(anchor, near_end::exponent(self.shape, ln_t(), ANCHOR))
        } else {
            ln_gamma_pq(self.shape, t)
        }
    }

    /// The point t with these tails: itself, or its logarithm where it is too small for a normal number.
    pub(super) fn unit_at_tails(&self, p: f64, q: f64) -> Result<f64, f64> {
        // only a small shape, or a tiny tail, has a point there
        let anchor = (self.shape < 1.0 || p < ANCHOR).then(|| gamma_pq(self.shape, ANCHOR));
        match anchor.map(|anchor| near_end::ln_at_tails(self.shape, anchor, p, q)) {
            Some(ln_ratio) if ln_ratio < 0.0 => Err(ln_ratio + ANCHOR.ln()),
            _ => Ok(gamma_pq_inverse(self.shape, p, q)),
        }
    }

    /// $`t = b x`$ with its logarithm.
    fn unit(&self, x: f64) -> (f64, impl Fn() -> f64) {
        let (x, rate) = (at_least_zero(x), self.rate);
        (rate * x, move || rate.ln() + x.ln())
    }

    /// The most likely gamma law.
    ///
    /// $`\ln \hat a - \psi(\hat a) = \ln \bar x - \overline{\ln x}`$ by Minka's iteration, $`\hat b = \hat a / \bar x`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite,
    /// [`ProbabilityError::NoMaximum`] if all are equal or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Gamma;
    ///
    /// let fit = Gamma::fit(&[0.5, 1.0, 1.5, 2.0, 4.0])?;
    /// assert!((fit.distribution.shape() / fit.distribution.rate() - 1.8).abs() < 1e-14); // the mean of the data
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The most likely gamma law where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(x, weights, |x| x > 0.0)?;
        differ(x, weights)?;
        // ln x̄ − mean of ln x, as a mean of terms that are not negative
        let spread = mean_of(x, weights, n, |x| deviance(1.0, x / mean));
        let shape = shape_of_spread(spread)?;
        let law = Self::new(shape, shape / mean)?;
        let lack = n * trigamma_excess(shape); // the determinant of the information, but for factors
        let errors = vec![
            (shape / lack).sqrt(),
            law.rate * (trigamma(shape) / lack).sqrt(),
        ];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }
}

impl Continuous for Gamma {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() || x <= 0.0 {
            return outside(x, self.shape, self.rate);
        }
        self.ln_pdf_of(self.unit(x), x.ln())
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        self.tails_of(self.unit(x))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        self.ln_tails_of(self.unit(x))
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        match self.unit_at_tails(p, q) {
            Ok(t) => t / self.rate,
            Err(ln_t) => (ln_t - self.rate.ln()).exp(),
        }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.shape / self.rate)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.shape / self.rate / self.rate)
    }

    /// By the squeeze of Marsaglia and Tsang.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.sampler.sample(rng) / self.rate
    }
}

impl StandardizedMoments for Gamma {
    /// $`2 / \sqrt a`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(2.0 / self.shape.sqrt())
    }

    /// $`6 / a`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(6.0 / self.shape)
    }
}

impl Mode for Gamma {
    type Outcome = f64;

    /// $`(a - 1) / b`$, or 0 for shapes up to 1.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok((self.shape - 1.0).max(0.0) / self.rate)
    }
}

/// The log-density of the gamma distribution, as a function of the draw and both parameters.
///
/// ```math
/// \ln p(x) = a \ln b - \ln \Gamma(a) + (a - 1) \ln x - b x
/// ```
///
/// where $`a`$ is `shape` and $`b`$ `rate`. For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (a - 1)/x - b`$, $`\partial_a = \ln(b x) - \psi(a)`$, $`\partial_b = a/b - x`$ | `score_of_a_gamma` |
///
/// # Numerics
///
/// As [`Gamma`]; NaN for parameters that are not positive.
///
/// # Examples
///
/// ```
/// use gradus_probability::gamma_ln_pdf;
///
/// assert!((gamma_ln_pdf(2.0_f64, 1.0, 3.0) - (3.0_f64.ln() - 6.0)).abs() < 1e-15); // 3 e^(−6)
/// ```
///
/// # References
///
/// As [`Gamma`].
#[must_use]
pub fn gamma_ln_pdf<R: Real>(x: R, shape: R, rate: R) -> R {
    if x.to_f64() > 0.0 {
        ln_height(shape) - deviance(shape, rate * x) - x.ln()
    } else {
        R::from_f64(outside(x.to_f64(), shape.to_f64(), rate.to_f64()))
    }
}

/// $`\tfrac12 \ln(a / 2\pi) - \delta(a)`$.
pub(super) fn ln_height<R: Real>(shape: R) -> R {
    R::from_f64(0.5) * (shape / R::from_f64(2.0 * PI)).ln() - stirling_error(shape)
}

/// The log-density where it is not positive and finite.
fn outside(x: f64, shape: f64, rate: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x < 0.0 || shape > 1.0 {
        f64::NEG_INFINITY
    } else if shape < 1.0 {
        f64::INFINITY
    } else {
        rate.ln()
    }
}

/// 0 for what is negative; NaN stays.
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// The shape with $`\ln a - \psi(a) = s`$.
fn shape_of_spread(s: f64) -> Result<f64, ProbabilityError> {
    if !(s > 0.0 && s.is_finite()) {
        return Err(ProbabilityError::NoMaximum {
            reason: "all observations are equal",
        });
    }
    let mut a = (3.0 - s + ((s - 3.0).powi(2) + 24.0 * s).sqrt()) / (12.0 * s);
    for _ in 0..MOST_STEPS {
        let excess = ln_minus_digamma(a) - s;
        let next = 1.0 / (1.0 / a - excess / (a * trigamma_excess(a)));
        let settled = (next - a).abs() <= 4.0 * f64::EPSILON * a;
        a = next;
        if settled {
            break;
        }
    }
    Ok(a)
}

/// Four are usual.
const MOST_STEPS: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_parameters_are_errors() {
        for (a, b) in [
            (0.0, 1.0),
            (-1.0, 1.0),
            (f64::NAN, 1.0),
            (f64::INFINITY, 1.0),
            (1.0, 0.0),
            (1.0, f64::NAN),
            (1.0, f64::INFINITY),
        ] {
            assert!(matches!(
                Gamma::new(a, b),
                Err(ProbabilityError::Domain { .. })
            ));
        }
    }

    #[test]
    fn the_density_at_zero() {
        let at_zero = [0.5, 1.0, 2.0].map(|a| Gamma::new(a, 3.0).unwrap().pdf(0.0));
        assert_eq!((at_zero[0], at_zero[2]), (f64::INFINITY, 0.0));
        assert!((at_zero[1] - 3.0).abs() < 1e-15);
    }

    #[test]
    fn data_without_spread_have_no_fit() {
        assert!(matches!(
            Gamma::fit(&[2.0, 2.0]),
            Err(ProbabilityError::NoMaximum { .. })
        ));
        assert!(matches!(
            Gamma::fit(&[]),
            Err(ProbabilityError::NoMaximum { .. })
        ));
        assert!(matches!(
            Gamma::fit(&[1.0, -1.0]),
            Err(ProbabilityError::InvalidObservation { index: 1, .. })
        ));
    }
}
