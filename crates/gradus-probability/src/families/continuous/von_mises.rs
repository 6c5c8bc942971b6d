//! A bell on a circle.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::search::bisected;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
use crate::families::gauss_legendre::gauss_legendre;
use gradus_numeric::{Real, Unary};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::f64::consts::{LN_2, PI};

/// The von Mises distribution: a bell on a circle, for angles and times of day.
///
/// ```math
/// p(x) = \frac{e^{\kappa \cos(x - \mu)}}{2 \pi I_0(\kappa)}, \qquad \mu - \pi \le x \le \mu + \pi
/// ```
///
/// where $`\mu`$ is `location`, the mean direction, and $`\kappa > 0`$ `concentration`: nearly uniform for a small one, nearly normal with variance
/// $`1 / \kappa`$ for a large one. The circle is cut opposite of $`\mu`$, so that the distribution has tails; the density is 0 outside. Mean $`\mu`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | symmetric about $`\mu`$, to the bit | `von_mises_is_symmetric` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// No Bessel functions: with $`J(x) = \int_x^\pi e^{\kappa (\cos t - \cos x)} \, dt`$, an integral of positive numbers by Gauss–Legendre's rule with 16
/// points in pieces as short as the integrand needs, a tail is $`e^{-2 \kappa \sin^2(x / 2)} J(x) / 2 J(0)`$, for every concentration.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, VonMises};
///
/// let wind = VonMises::new(0.0, 2.0)?;
/// assert_eq!((wind.cdf(0.0), wind.median(), wind.cdf(-3.2)), (0.5, 0.0, 0.0));
/// assert!((wind.pdf(0.0) - 0.515_885_412_019_013_6).abs() < 1e-15); // e² / 2π I₀(2)
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// K. V. Mardia and P. E. Jupp, *Directional Statistics* (2000), §3.5.4; draws by D. J. Best and N. I. Fisher, *Efficient simulation of
/// the von Mises distribution*, Appl. Statist. 28 (1979), 152–157.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VonMises {
    location: f64,
    concentration: f64,
    half: f64, // J(0)
}

impl VonMises {
    /// The bell around the direction `location` with this `concentration`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the location lies in $`[-\pi, \pi]`$ and the concentration is finite and positive.
    pub fn new(location: f64, concentration: f64) -> Result<Self, ProbabilityError> {
        if !(-PI..=PI).contains(&location) {
            return Err(ProbabilityError::Domain {
                name: "location",
                value: location,
            });
        }
        finite_positive("concentration", concentration)?;
        let half = integral(concentration, 0.0, |_| 1.0);
        Ok(Self {
            location,
            concentration,
            half,
        })
    }

    /// $`\mu`$, where the density is largest.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// $`\kappa`$.
    #[must_use]
    pub fn concentration(&self) -> f64 {
        self.concentration
    }

    /// The circular variance $`1 - \operatorname{E} \cos(X - \mu) = 1 - I_1(\kappa) / I_0(\kappa)`$: 0 for a single direction, 1 for all alike.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    ///
    /// let nearly_normal = VonMises::new(0.0, 1e6)?.circular_variance();
    /// assert!((nearly_normal * 2e6 - 1.0).abs() < 1e-6); // ½ / κ
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn circular_variance(&self) -> f64 {
        lack_of_cosine(self.concentration, self.half)
    }

    /// The mean resultant length $`A(\kappa) = \operatorname{E} \cos(X - \mu) = I_1(\kappa) / I_0(\kappa)`$: 1 for a single direction, 0 for all alike.
    ///
    /// # Numerics
    ///
    /// From $`\kappa = 1`$ on 1 less the [circular variance](Self::circular_variance); below by the continued fraction
    /// $`\kappa / (2 + \kappa^2 / (4 + \kappa^2 / (6 + \dots)))`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    ///
    /// assert_eq!(VonMises::new(0.0, 1e-9)?.resultant_length(), 0.5e-9); // ½ κ
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    #[doc(alias = "mean resultant length")]
    pub fn resultant_length(&self) -> f64 {
        if self.concentration < 1.0 {
            ratio_of_bessel(self.concentration)
        } else {
            1.0 - self.circular_variance()
        }
    }

    /// The variance of the cosine, $`\operatorname{Var} \cos(X - \mu) = 1 - A(\kappa) / \kappa - A(\kappa)^2`$: what a direction tells of $`\kappa`$ (Fisher).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    ///
    /// let nearly_normal = VonMises::new(0.0, 1e9)?.cosine_variance();
    /// assert!((nearly_normal * 2e18 - 1.0).abs() < 1e-8); // ½ / κ²
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn cosine_variance(&self) -> f64 {
        let (unit, in_units) = self.variance_of_the_cosine();
        in_units * unit.powi(2) * unit.powi(2)
    }

    /// The differential entropy in nats: $`\ln(2 \pi I_0(\kappa)) - \kappa I_1(\kappa) / I_0(\kappa)`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    ///
    /// let nearly_uniform = VonMises::new(0.0, 1e-9)?.entropy();
    /// assert!((nearly_uniform - (2.0 * std::f64::consts::PI).ln()).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        LN_2 + self.half.ln() + self.concentration * self.circular_variance()
    }

    /// $`\ln p`$ of a direction at this angle from the mean one, however many turns it has.
    pub(super) fn ln_density(&self, angle: f64) -> f64 {
        let exponent = -self.concentration * (2.0 * (0.5 * angle).sin().powi(2));
        exponent - LN_2 - self.half.ln()
    }

    /// A unit u and $`\operatorname{Var} \cos(X - \mu) / u^4`$.
    pub(super) fn variance_of_the_cosine(&self) -> (f64, f64) {
        let unit = self.unit();
        let lack = |t: f64| 2.0 * ((0.5 * t).sin() / unit).powi(2); // 1 − cos t
        let mean = |f: &dyn Fn(f64) -> f64| integral(self.concentration, 0.0, f) / self.half;
        let square = mean(&|t| lack(t).powi(2));
        (unit, square - mean(&lack).powi(2))
    }

    /// The width of the bell, so that powers of angles in this unit do not underflow.
    fn unit(&self) -> f64 {
        width(self.concentration)
    }

    /// $`\operatorname{E} \lvert X - \mu \rvert^n`$ in this unit.
    fn moment(&self, n: i32) -> f64 {
        let unit = self.unit();
        integral(self.concentration, 0.0, |t| (t / unit).powi(n)) / self.half
    }

    /// The tail beyond an angle from the mean direction, in $`[0, \pi]`$, as a factor and the logarithm of another.
    fn tail(&self, angle: f64) -> (f64, f64) {
        let exponent = -self.concentration * (2.0 * (0.5 * angle).sin().powi(2));
        let share = integral(self.concentration, angle, |_| 1.0) / (2.0 * self.half);
        (share, exponent)
    }
}

impl Continuous for VonMises {
    fn ln_pdf(&self, x: f64) -> f64 {
        let angle = x - self.location;
        if angle.is_nan() {
            angle
        } else if angle.abs() <= PI {
            -self.concentration * (2.0 * (0.5 * angle).sin().powi(2)) - LN_2 - self.half.ln()
        } else {
            f64::NEG_INFINITY
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let angle = x - self.location;
        if angle.is_nan() {
            return (angle, angle);
        }
        let (share, exponent) = self.tail(angle.abs().min(PI));
        let tail = share * exponent.exp();
        if angle < 0.0 {
            (tail, 1.0 - tail)
        } else {
            (1.0 - tail, tail)
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let angle = x - self.location;
        if angle.is_nan() {
            return (angle, angle);
        }
        let (share, exponent) = self.tail(angle.abs().min(PI));
        let (ln_p, ln_q) = ln_both(self.tails(x));
        let ln_tail = share.ln() + exponent;
        if angle < 0.0 {
            (ln_tail, ln_q)
        } else {
            (ln_p, ln_tail)
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let tail = p.min(q);
        let reached = |angle: f64| {
            let (share, exponent) = self.tail(angle);
            share * exponent.exp() <= tail
        };
        let angle = bisected(0.0, PI, reached);
        self.location + if p < q { -angle } else { angle }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.location)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.moment(2) * self.unit() * self.unit())
    }

    /// By the rejection of Best and Fisher.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let kappa = self.concentration;
        let angle = if kappa < FLAT {
            below_a_uniform_one(kappa, rng)
        } else {
            below_a_wrapped_cauchy(kappa, rng)
        };
        self.location + if uniform(rng) < 0.5 { -angle } else { angle }
    }
}

impl StandardizedMoments for VonMises {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        Ok(0.0)
    }

    /// Of the angle as a number, from $`-\tfrac65`$ for a nearly uniform law to 0 for a nearly normal one.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(self.moment(4) / self.moment(2).powi(2) - 3.0)
    }
}

impl Mode for VonMises {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.location)
    }
}

/// The log-density of the von Mises distribution, as a function of the angle and both parameters.
///
/// ```math
/// \ln p(x) = \kappa \cos(x - \mu) - \ln \bigl( 2 \pi I_0(\kappa) \bigr)
/// ```
///
/// where $`\mu`$ is `location` and $`\kappa`$ `concentration`. For every [`Real`], so it can be differentiated by any of the three, again and again. It is that of a
/// direction, however many turns the angle has: on the way to a fit nothing leaps where [`VonMises`] cuts the circle.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_\mu = \kappa \sin(x - \mu) = -\partial_x`$, $`\partial_\kappa = \cos(x - \mu) - A(\kappa)`$ | `scores_of_a_direction` |
/// | that of [`VonMises`] | `log_densities_are_those_of_their_laws` |
/// | $`\operatorname{E} s = 0`$, $`F = \operatorname{E} s s^\top = -\operatorname{E} s'`$ for the score s, by automatic differentiation | `fisher_information_is_the_variance_of_the_score` |
///
/// # Numerics
///
/// As [`VonMises`]; the slopes of the normalizer are its own integrals, with all digits for every concentration.
///
/// # Examples
///
/// ```
/// use gradus_probability::von_mises_ln_pdf;
///
/// let flat = von_mises_ln_pdf(1.0_f64, 0.0, 1e-300);
/// assert!((flat + (2.0 * std::f64::consts::PI).ln()).abs() < 1e-15); // anywhere on the circle
/// ```
///
/// # References
///
/// As [`VonMises`].
#[must_use]
pub fn von_mises_ln_pdf<R: Real>(x: R, location: R, concentration: R) -> R {
    let sine = (R::from_f64(0.5) * (x - location)).sin();
    let lack = R::from_f64(2.0) * sine * sine;
    -concentration * lack - R::from_f64(LN_2) - concentration.apply(LnIntegral)
}

/// $`\ln J(0)`$ as a function of the concentration, with the slope $`\operatorname{E} \cos - 1`$.
#[derive(Clone, Copy, Debug)]
struct LnIntegral;
impl Unary for LnIntegral {
    fn value(self, kappa: f64) -> f64 {
        if kappa > 0.0 && kappa < f64::INFINITY {
            integral(kappa, 0.0, |_| 1.0).ln()
        } else {
            f64::NAN
        }
    }
    fn slope<R: Real>(self, kappa: R, _y: R) -> R {
        -kappa.apply(CircularVariance)
    }
}

/// $`V = 1 - A`$ as a function of the concentration, with the slope $`-A' = A^2 + A / \kappa - 1`$.
#[derive(Clone, Copy, Debug)]
struct CircularVariance;
impl Unary for CircularVariance {
    fn value(self, kappa: f64) -> f64 {
        lack_of_cosine(kappa, integral(kappa, 0.0, |_| 1.0))
    }
    fn slope<R: Real>(self, kappa: R, y: R) -> R {
        let one = R::from_f64(1.0);
        if kappa.to_f64() < 1.0 {
            let a = ratio_of_bessel(kappa);
            return a * a + a / kappa - one;
        }
        y * y - (y + y) + (one - y) / kappa // with less to cancel
    }
}

/// $`1 - \operatorname{E} \cos(X - \mu)`$, given J(0).
fn lack_of_cosine(kappa: f64, half: f64) -> f64 {
    let unit = width(kappa);
    let square = |t: f64| 2.0 * ((0.5 * t).sin() / unit).powi(2);
    integral(kappa, 0.0, square) / half * unit * unit
}

/// $`I_1(\kappa) / I_0(\kappa)`$ for $`\kappa < 1`$: $`\kappa / (2 + \kappa^2 / (4 + \kappa^2 / (6 + \dots)))`$, DLMF 10.33.1.
fn ratio_of_bessel<R: Real>(kappa: R) -> R {
    let square = kappa * kappa;
    let tail = |below: R, n: u8| R::from_f64(f64::from(2 * n)) + square / below;
    kappa / (1..=9).rev().fold(R::from_f64(20.0), tail)
}

/// $`1 / \sqrt\kappa`$, at most 1.
fn width(kappa: f64) -> f64 {
    kappa.sqrt().recip().min(1.0)
}

/// The size of an angle, by rejection from the uniform distribution.
fn below_a_uniform_one(kappa: f64, rng: &mut (impl Rng + ?Sized)) -> f64 {
    loop {
        let angle = PI * uniform(rng);
        if uniform(rng) < (-kappa * 2.0 * (0.5 * angle).sin().powi(2)).exp() {
            return angle;
        }
    }
}

/// The size of an angle, by rejection from the wrapped Cauchy distribution whose parameter is $`\rho = \kappa / (t + \sqrt t)`$,
/// $`t = \tfrac12 + \sqrt{\kappa^2 + 1/4}`$.
fn below_a_wrapped_cauchy(kappa: f64, rng: &mut (impl Rng + ?Sized)) -> f64 {
    let root = kappa.hypot(0.5);
    let t = 0.5 + root;
    let sum = t + t.sqrt();
    let rest = (0.5 + 0.25 / (root + kappa) + t.sqrt()) / sum; // 1 − ρ; the difference is 0 for a large κ
    let more = 0.5 * rest * (rest / (kappa / sum)); // (1 + ρ²) / 2ρ − 1
    loop {
        let z = (PI * uniform(rng)).cos();
        let lack = more * (1.0 - z) / (1.0 + more + z); // 1 − cos of the angle
        let c = kappa * (more + lack);
        let u = uniform(rng);
        if c * (2.0 - c) > u || (c / u).ln() + 1.0 - c >= 0.0 {
            return 2.0 * (0.5 * lack).sqrt().min(1.0).asin();
        }
    }
}

/// $`\int_a^\pi f(t) \, e^{-\kappa (\cos a - \cos t)} \, dt`$.
fn integral(kappa: f64, a: f64, f: impl Fn(f64) -> f64) -> f64 {
    // cos a − cos t as a product, which does not cancel
    let exponent = |step: f64| kappa * (2.0 * (a + 0.5 * step).sin() * (0.5 * step).sin());
    let width = 2.0 / (kappa * a.sin().abs() + kappa.sqrt());
    let length = PI - a;
    let (mut start, mut sum) = (0.0, 0.0);
    while start < length && exponent(start) < BEYOND {
        let end = start + width.min(length - start);
        sum += gauss_legendre(start, end, |step| f(a + step) * (-exponent(step)).exp());
        start = end;
    }
    sum
}

/// Below this concentration the density varies by 2 % at most.
const FLAT: f64 = 0.01;

/// What is smaller than $`e^{-50}`$ of the first part does not count.
const BEYOND: f64 = 50.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_that_are_none() {
        assert!(VonMises::new(4.0, 1.0).is_err() && VonMises::new(f64::NAN, 1.0).is_err());
        assert!(VonMises::new(0.0, 0.0).is_err() && VonMises::new(0.0, f64::INFINITY).is_err());
    }

    #[test]
    fn the_most_extreme_concentrations() {
        for kappa in [5e-324, 1e-300, 1e300, f64::MAX] {
            let law = VonMises::new(0.0, kappa).unwrap();
            assert!(law.pdf(0.0) > 0.0 && law.cdf(-1.0) >= 0.0, "{kappa:e}");
            assert!(
                law.variance().unwrap().is_finite() && law.entropy().is_finite(),
                "{kappa:e}"
            );
        }
    }
}
