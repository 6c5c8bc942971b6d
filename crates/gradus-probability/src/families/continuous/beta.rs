//! A probability that is itself uncertain.

use super::digamma_gap::ln_minus_digamma;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::statistics::fit::{Concave, Fit, center_and_spread, differ, known, maximum, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{
    Real, beta_pq, beta_pq_inverse, deviance, digamma, ln_beta, ln_beta_pq, stirling_error,
    trigamma,
};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use rand_distr::Distribution;
use std::f64::consts::PI;

/// The beta distribution: a probability that is itself uncertain.
///
/// ```math
/// p(x) = \frac{x^{a - 1} (1 - x)^{b - 1}}{\mathrm{B}(a, b)}, \qquad 0 \le x \le 1
/// ```
///
/// where $`a, b > 0`$ are the shapes. After $`a - 1`$ successes and $`b - 1`$ failures it is what is known of the probability of
/// success, if every probability was equally likely before: the conjugate prior of [`Bernoulli`](crate::Bernoulli) and
/// [`Binomial`](crate::Binomial). Mean $`a / (a + b)`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`F`$ of $`a, b`$ at $`x`$ is $`1 - F`$ of $`b, a`$ at $`1 - x`$ | `beta_is_reflected_by_exchanging_its_shapes` |
/// | score $`\partial_a = \ln x - \psi(a) + \psi(a + b)`$ | `scores_of_positive_families` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// $`\ln p`$ in Loader's form, in which nothing cancels: with $`n = a + b`$, $`\delta`$ ([`stirling_error`]) and $`D`$ ([`deviance`]),
///
/// ```math
/// \ln p(x) = \tfrac12 \ln \frac{a b}{2 \pi n} + \delta(n) - \delta(a) - \delta(b) - D(a, n x) - D(b, n (1 - x)) - \ln x - \ln(1 - x)
/// ```
///
/// Tails and quantiles are those of [`beta_pq`], [`ln_beta_pq`] and [`beta_pq_inverse`]. A quantile next to 1 has the digits that
/// numbers have there.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Beta, Continuous};
///
/// let known = Beta::new(3.0, 2.0)?; // two heads and one tail were seen
/// assert!((known.mean()? - 0.6).abs() < 1e-15);
/// assert!((known.cdf(0.5) - 5.0 / 16.0).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.3, eq. 3.3.16; C. Loader, *Fast and accurate computation
/// of binomial probabilities* (2000).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
    ln_height: f64, // ½ ln(a b / 2πn) + δ(n) − δ(a) − δ(b)
    sampler: Option<rand_distr::Beta<f64>>,
}

impl Beta {
    /// The distribution with the shape `a` at 0 and the shape `b` at 1.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(a: f64, b: f64) -> Result<Self, ProbabilityError> {
        finite_positive("a", a)?;
        finite_positive("b", b)?;
        let by_rejection = a.min(b) >= SMALLEST_SAMPLED;
        let sampler = by_rejection.then(|| rand_distr::Beta::new(a, b).ok());
        Ok(Self {
            a,
            b,
            ln_height: ln_height(a, b),
            sampler: sampler.flatten(),
        })
    }

    /// The shape at 0.
    #[must_use]
    pub fn a(&self) -> f64 {
        self.a
    }

    /// The shape at 1.
    #[must_use]
    pub fn b(&self) -> f64 {
        self.b
    }

    /// The differential entropy in nats: $`\ln \mathrm{B}(a, b) - (a - 1) \psi(a) - (b - 1) \psi(b) + (a + b - 2) \psi(a + b)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Beta;
    ///
    /// assert!(Beta::new(1.0, 1.0)?.entropy().abs() < 1e-15); // uniform on an interval of length 1
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let (a, b) = (self.a, self.b);
        let n = a + b;
        // with δ, which is in the height, and the gap for ln Γ and ψ, whose leading terms cancel
        let of_shapes = (a - 1.0) * ln_minus_digamma(a) + (b - 1.0) * ln_minus_digamma(b);
        let of_all = (n - 2.0) * ln_minus_digamma(n);
        a.min(b).ln() + a.max(b).ln() - 2.0 * n.ln() - self.ln_height + of_shapes - of_all
    }

    /// The most likely beta distribution: $`\psi(a) - \psi(a + b) = \overline{\ln x}`$ and $`\psi(b) - \psi(a + b) = \overline{\ln(1 - x)}`$ by Newton's steps, with
    /// the inverse of the Fisher information
    ///
    /// ```math
    /// n \begin{pmatrix} \psi'(a) - \psi'(a + b) & -\psi'(a + b) \\ -\psi'(a + b) & \psi'(b) - \psi'(a + b) \end{pmatrix}
    /// ```
    ///
    /// Data that vary little have large shapes, of which the logarithms keep fewer digits: of $`a = 10^6`$ some ten.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not between 0 and 1, or is one of them,
    /// [`ProbabilityError::NoMaximum`] if all are equal, or so nearly that a shape loses its error in rounding, or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Beta;
    ///
    /// let fit = Beta::fit(&[0.25, 0.5, 0.75])?;
    /// assert!((fit.distribution.a() - fit.distribution.b()).abs() < 1e-12); // symmetric, as the data are
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
        let (n, about) = weighted_mean(x, weights, |x| 0.0 < x && x < 1.0)?;
        differ(x, weights)?;
        let ln_x = mean_of(x, weights, n, f64::ln);
        let ln_rest = mean_of(x, weights, n, |x| (-x).ln_1p());
        let (mean, deviation) = center_and_spread(x, weights, n, about);
        let sum = mean * (1.0 - mean) / (deviation * deviation) - 1.0;
        let start = [mean * sum, (1.0 - mean) * sum].map(|shape| shape.max(SMALLEST_START));
        let [a, b] = maximum(start, |at| mean_ln_likelihood(at, ln_x, ln_rest));
        let [by_a, by_both, by_b] = mean_ln_likelihood([a, b], ln_x, ln_rest).bend;
        let determinant = n * (by_a * by_b - by_both * by_both);
        let errors = known(vec![
            (by_b / determinant).sqrt(),
            (by_a / determinant).sqrt(),
        ])?;
        Ok(Fit::of(Self::new(a, b)?, errors, x, weights, |law, x| {
            law.ln_pdf(x)
        }))
    }

    /// The shapes and 1, all halved where the sum of the shapes would overflow.
    fn scaled(&self) -> Scaled {
        let one = if self.a.max(self.b) > HUGE { 0.5 } else { 1.0 };
        let (a, b) = (one * self.a, one * self.b);
        Scaled { a, b, one }
    }
}

impl Continuous for Beta {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if !(0.0..=1.0).contains(&x) {
            f64::NEG_INFINITY
        } else if x == 0.0 {
            at_end(self.a, self.b)
        } else if x == 1.0 {
            at_end(self.b, self.a)
        } else {
            self.ln_height + ln_shape(self.a, self.b, x) - x.ln() - (-x).ln_1p()
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let x = within(x);
        beta_pq(self.a, self.b, x, 1.0 - x)
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let x = within(x);
        ln_beta_pq(self.a, self.b, x, 1.0 - x)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        beta_pq_inverse(self.a, self.b, p, q).0
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.a / (self.a + self.b))
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let n = self.a + self.b;
        Ok(self.a / n * (self.b / n) / (n + 1.0))
    }

    /// By Cheng's rejection; by inversion for shapes below 0.01, of which rejection makes zeros.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        if let Some(sampler) = self.sampler {
            return sampler.sample(rng);
        }
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u)
    }
}

impl StandardizedMoments for Beta {
    /// $`2 (b - a) \sqrt{n + 1} \, / \, (n + 2) \sqrt{a b}`$ with $`n = a + b`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let Scaled { a, b, one } = self.scaled();
        let (n, small, big) = (a + b, a.min(b), a.max(b));
        Ok(2.0
            * ((b - a) / (n + 2.0 * one))
            * ((n + one).sqrt() / big.sqrt())
            * (one.sqrt() / small.sqrt()))
    }

    /// $`6 \left( \frac{(a - b)^2 (n + 1)}{a b (n + 2)} - 1 \right) / (n + 3)`$ with $`n = a + b`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let Scaled { a, b, one } = self.scaled();
        let (n, small, big) = (a + b, a.min(b), a.max(b));
        // in an order in which no quotient overflows before the result does
        let far = if big > one {
            (big - small) / (n + 3.0 * one) * one / small
        } else {
            (big - small) / small / (n + 3.0 * one) * one
        };
        let share = (big - small) / big * (1.0 - one / (n + 2.0 * one));
        Ok(6.0 * (far * share - one / (n + 3.0 * one)))
    }
}

impl Mode for Beta {
    type Outcome = f64;

    /// $`(a - 1) / (a + b - 2)`$ for shapes above 1, else an end: 0 where both are poles.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        let (a, b) = (self.a, self.b);
        Ok(if a < 1.0 || (a == 1.0 && b >= 1.0) {
            0.0 // a pole, or where the density does not rise
        } else if b <= 1.0 {
            1.0
        } else {
            1.0 / (1.0 + (b - 1.0) / (a - 1.0))
        })
    }
}

/// $`(a - 1) \overline{\ln x} + (b - 1) \overline{\ln(1 - x)} - \ln \mathrm{B}(a, b)`$, which is concave.
fn mean_ln_likelihood([a, b]: [f64; 2], ln_x: f64, ln_rest: f64) -> Concave {
    let (of_sum, bend_of_sum) = (digamma(a + b), trigamma(a + b));
    let value = (a - 1.0) * ln_x + (b - 1.0) * ln_rest - ln_beta(a, b);
    Concave {
        value: if a > 0.0 && b > 0.0 {
            value
        } else {
            f64::NEG_INFINITY
        },
        slopes: [ln_x - digamma(a) + of_sum, ln_rest - digamma(b) + of_sum],
        bend: [
            trigamma(a) - bend_of_sum,
            -bend_of_sum,
            trigamma(b) - bend_of_sum,
        ],
    }
}

/// Data at both ends may have a spread that no beta distribution has.
const SMALLEST_START: f64 = 1e-3;

/// Shapes in units of 1 or 2.
struct Scaled {
    a: f64,
    b: f64,
    one: f64,
}

/// From here on the sum of two shapes could overflow.
const HUGE: f64 = 1e300;

/// 0 below the interval, 1 above it; NaN stays.
fn within(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

/// The log-density at the end with shape `a`.
fn at_end(a: f64, b: f64) -> f64 {
    if a < 1.0 {
        f64::INFINITY
    } else if a == 1.0 {
        b.ln()
    } else {
        f64::NEG_INFINITY
    }
}

/// $`\tfrac12 \ln \frac{a b}{2 \pi n} + \delta(n) - \delta(a) - \delta(b)`$ with $`n = a + b`$.
pub(super) fn ln_height<R: Real>(a: R, b: R) -> R {
    let n = a + b;
    let root = R::from_f64(0.5) * (a.min(b) * (a.max(b) / n) / R::from_f64(2.0 * PI)).ln();
    root + stirling_error(n) - stirling_error(a) - stirling_error(b)
}

/// $`-D(a, n x) - D(b, n (1 - x))`$.
fn ln_shape<R: Real>(a: R, b: R, x: R) -> R {
    let n = a + b;
    -deviance(a, n * x) - deviance(b, n * (R::from_f64(1.0) - x))
}

/// The log-density of the beta distribution, as a function of the draw and both shapes.
///
/// ```math
/// \ln p(x) = (a - 1) \ln x + (b - 1) \ln(1 - x) - \ln \mathrm{B}(a, b)
/// ```
///
/// For every [`Real`], so it can be differentiated by any of the three, for $`0 < x < 1`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (a - 1)/x - (b - 1)/(1 - x)`$, $`\partial_a = \ln x - \psi(a) + \psi(a + b)`$ | `scores_of_positive_families` |
///
/// # Numerics
///
/// As [`Beta`].
///
/// # Examples
///
/// ```
/// use gradus_probability::beta_ln_pdf;
///
/// assert!((beta_ln_pdf(0.5_f64, 2.0, 2.0) - 1.5_f64.ln()).abs() < 1e-15); // 6 x (1 − x)
/// ```
///
/// # References
///
/// As [`Beta`].
#[must_use]
pub fn beta_ln_pdf<R: Real>(x: R, a: R, b: R) -> R {
    ln_height(a, b) + ln_shape(a, b, x) - x.ln() - (-x).ln_1p()
}

/// Below, the sampler makes zeros of what is no zero (Kolmogorov–Smirnov over 300 000 draws).
const SMALLEST_SAMPLED: f64 = 0.01;
