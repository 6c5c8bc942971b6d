//! A law seen through a map that keeps or turns the order.

use super::maps::Monotone;
use crate::contract::continuous::Continuous;
use crate::contract::expectation::{expectation, mean_of};
use crate::contract::standardized_moments::{EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments};
use crate::error::ProbabilityError;
use gradus_random::rand::Rng;

/// The law of $`X = g(Z)`$ for a draw Z of a law and a map $`g`$ that only rises, or only falls.
///
/// ```math
/// p_X(x) = \frac{p_Z(z)}{\lvert g'(z) \rvert}, \qquad
/// F_X(x) = \begin{cases} F_Z(z) & g \text{ rises} \\ 1 - F_Z(z) & g \text{ falls} \end{cases}, \qquad z = g^{-1}(x)
/// ```
///
/// where `map` is $`g`$. Probabilities move with the numbers, and a density is thinned where the map stretches: the change of variables
/// by which a normalizing flow knows its likelihood. A stretch and a shift are [`Affine`](crate::Affine).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the contract of a law | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_transformed_laws_are_slopes` |
/// | $`e^Z`$ of a normal Z is [`LogNormal`](crate::LogNormal), in every answer | `the_exponential_of_a_normal_is_log_normal` |
/// | $`\lambda E^{1/k}`$ is [`Weibull`](crate::Weibull) | `powers_of_waiting_times_are_weibull` |
/// | $`1 / G`$ is [`InverseGamma`](crate::InverseGamma) | `a_reciprocal_turns_the_tails` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_transformed_laws_follow_their_tails` |
///
/// # Numerics
///
/// Tails and densities have the errors of the law at $`z`$, whose rounding counts in units of the law's width. Mean and variance are
/// integrals over the quantiles, to $`10^{-10}`$ of their size, and [`ProbabilityError::NotIntegrated`] where these do not converge.
/// Where the density at an end of the range would be $`\infty / \infty`$ it is 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Exp, Normal, Transformed};
///
/// let growth = Transformed::new(Normal::new(0.0, 0.1)?, Exp)?;
/// assert_eq!((growth.median(), growth.cdf(1.0)), (1.0, 0.5));
/// assert!((growth.mean()? - 0.005_f64.exp()).abs() < 1e-10); // exp(σ² / 2)
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), theorems 2.1.3 and 2.1.5; C. M. Bishop, *Pattern Recognition and
/// Machine Learning* (2006), eq. 1.27.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "change of variables")]
pub struct Transformed<D, M> {
    law: D,
    map: M,
    low: f64,
    high: f64,
}

impl<D: Continuous, M: Monotone> Transformed<D, M> {
    /// The law of $`g(Z)`$ for a draw Z of `law`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutsideOfDomain`] if the law reaches beyond the domain of the map.
    pub fn new(law: D, map: M) -> Result<Self, ProbabilityError> {
        let (low, high) = (law.at_tails(0.0, 1.0), law.at_tails(1.0, 0.0));
        let (first, last) = map.domain();
        if !(first <= low && high <= last) {
            return Err(ProbabilityError::OutsideOfDomain { low, high });
        }
        let (a, b) = (map.map(first), map.map(last));
        Ok(Self {
            law,
            low: a.min(b),
            high: a.max(b),
            map,
        })
    }

    /// The law of $`Z`$.
    #[must_use]
    pub fn law(&self) -> &D {
        &self.law
    }

    /// $`g`$.
    #[must_use]
    pub fn map(&self) -> &M {
        &self.map
    }

    /// Two tails in the order of x, from those in the order of z, or the other way round.
    fn ordered(&self, (p, q): (f64, f64)) -> (f64, f64) {
        if self.map.is_increasing() {
            (p, q)
        } else {
            (q, p)
        }
    }

    /// Both tails, from those of the law at z.
    fn both(&self, x: f64, [none, all]: [f64; 2], at: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
        if x <= self.low {
            (none, all)
        } else if x >= self.high {
            (all, none)
        } else {
            self.ordered(at(self.map.inverse(x)))
        }
    }
}

impl<D: Continuous, M: Monotone> Continuous for Transformed<D, M> {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high {
            return f64::NEG_INFINITY;
        }
        let z = self.map.inverse(x);
        let ln_pdf = self.law.ln_pdf(z) - self.map.ln_slope(z);
        // −∞ + ∞ at an end of the range: no density there
        if ln_pdf.is_nan() && !x.is_nan() {
            f64::NEG_INFINITY
        } else {
            ln_pdf
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        self.both(x, [0.0, 1.0], |z| self.law.tails(z))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        self.both(x, [f64::NEG_INFINITY, 0.0], |z| self.law.ln_tails(z))
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (p, q) = self.ordered((p, q));
        self.map.map(self.law.at_tails(p, q))
    }

    /// An integral over the quantiles.
    fn mean(&self) -> Result<f64, ProbabilityError> {
        mean_of(self, 0.0)
    }

    /// An integral over the quantiles.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        let mean = self.mean()?;
        expectation(self, 0.0, "variance", |x| (x - mean) * (x - mean))
    }

    /// $`g`$ of a draw of the law.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.map.map(self.law.sample(rng))
    }
}

/// Integrals over the quantiles.
impl<D: Continuous, M: Monotone> StandardizedMoments for Transformed<D, M> {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (mean, deviation) = (self.mean()?, self.variance()?.sqrt());
        expectation(self, 0.0, SKEWNESS, |x| ((x - mean) / deviation).powi(3))
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let (mean, deviation) = (self.mean()?, self.variance()?.sqrt());
        let fourth = expectation(self, 0.0, EXCESS_KURTOSIS, |x| {
            ((x - mean) / deviation).powi(4)
        })?;
        Ok(fourth - 3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::maps::{Exp, Power};
    use super::*;
    use crate::families::continuous::cauchy::Cauchy;
    use crate::families::continuous::exponential::Exponential;
    use crate::families::continuous::normal::Normal;

    #[test]
    fn what_lies_outside_of_the_range_is_impossible() {
        let law = Transformed::new(Normal::STANDARD, Exp).unwrap();
        for x in [-1.0, 0.0, f64::NEG_INFINITY, f64::INFINITY] {
            assert_eq!(law.ln_pdf(x), f64::NEG_INFINITY);
        }
        assert_eq!(
            (law.tails(-1.0), law.tails(f64::INFINITY)),
            ((0.0, 1.0), (1.0, 0.0))
        );
        assert!(law.cdf(f64::NAN).is_nan() && law.ln_pdf(f64::NAN).is_nan());
    }

    #[test]
    fn a_law_must_lie_in_the_domain() {
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!(
            Transformed::new(Normal::STANDARD, Power::new(2.0).unwrap()),
            Err(ProbabilityError::OutsideOfDomain { low, high })
        );
        assert!(Power::new(0.0).is_err() && Power::new(f64::NAN).is_err());
    }

    #[test]
    fn a_mean_that_diverges_is_an_error() {
        let law = Transformed::new(Cauchy::new(0.0, 1.0).unwrap(), Exp).unwrap();
        assert!(law.mean().is_err());
        // 1 / E has no mean, though E has all moments
        let law = Transformed::new(Exponential::new(1.0).unwrap(), Power::new(-1.0).unwrap());
        assert!(matches!(
            law.unwrap().mean(),
            Err(ProbabilityError::NotIntegrated { .. })
        ));
    }

    #[test]
    fn the_density_at_an_end() {
        // the square of a waiting time, and its root
        let waiting = Exponential::new(1.0).unwrap();
        let of = |c| Transformed::new(waiting, Power::new(c).unwrap()).unwrap();
        assert_eq!(
            (of(2.0).pdf(0.0), of(0.5).pdf(0.0), of(1.0).pdf(0.0)),
            (f64::INFINITY, 0.0, 1.0)
        );
    }
}
