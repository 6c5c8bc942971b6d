//! A bell on a circle.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::search::bisected;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite_positive};
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
        self.mean_of_lack(|lack| lack) * self.unit() * self.unit()
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

    /// $`\sqrt{A'(\kappa)}`$, the standard deviation of $`\cos(X - \mu)`$.
    pub(super) fn deviation_of_cosine(&self) -> f64 {
        let mean = self.mean_of_lack(|lack| lack);
        let variance = self.mean_of_lack(|lack| (lack - mean).powi(2));
        variance.sqrt() * self.unit() * self.unit()
    }

    /// $`\operatorname{E} f((1 - \cos(X - \mu)) / u^2)`$ with the width u of the bell.
    fn mean_of_lack(&self, f: impl Fn(f64) -> f64) -> f64 {
        let unit = self.unit();
        let lack = |t: f64| 2.0 * ((0.5 * t).sin() / unit).powi(2);
        integral(self.concentration, 0.0, |t| f(lack(t))) / self.half
    }

    /// $`\ln p`$ at an angle from the mean direction, on the whole circle.
    pub(super) fn ln_density_around(&self, angle: f64) -> f64 {
        -self.concentration * (2.0 * (0.5 * angle).sin().powi(2)) - LN_2 - self.half.ln()
    }

    /// The width of the bell, so that powers of angles in this unit do not underflow.
    fn unit(&self) -> f64 {
        self.concentration.sqrt().recip().min(1.0)
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
            self.ln_density_around(angle)
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
        let half = 0.5 * width.min(length - start);
        let middle = start + half;
        let at = |step: f64| f(a + step) * (-exponent(step)).exp();
        let terms =
            GAUSS_LEGENDRE.map(|(x, w)| w * (at(middle - half * x) + at(middle + half * x)));
        sum += half * terms.iter().sum::<f64>();
        start += 2.0 * half;
    }
    sum
}

/// Below this concentration the density varies by 2 % at most.
const FLAT: f64 = 0.01;

/// What is smaller than $`e^{-50}`$ of the first part does not count.
const BEYOND: f64 = 50.0;

/// Positive nodes and weights of 16 points on $`[-1, 1]`$; mpmath at 40 digits, by Newton's iteration on the Legendre polynomial.
const GAUSS_LEGENDRE: [(f64, f64); 8] = [
    (0.9894009349916499, 0.027152459411754096),
    (0.9445750230732326, 0.062253523938647894),
    (0.8656312023878318, 0.09515851168249279),
    (0.755404408355003, 0.12462897125553388),
    (0.6178762444026438, 0.14959598881657674),
    (0.45801677765722737, 0.16915651939500254),
    (0.2816035507792589, 0.18260341504492358),
    (0.09501250983763744, 0.1894506104550685),
];

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
