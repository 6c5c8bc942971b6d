//! One of several laws, chosen at random.

use crate::contract::continuous::Continuous;
use crate::contract::discrete::Discrete;
use crate::contract::search::bisected;
use crate::contract::standardized_moments::{EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments};
use crate::error::ProbabilityError;
use crate::families::discrete::categorical::Categorical;
use gradus_numeric::{CompensatedSum, LogSumExp, Simplex};
use gradus_random::rand::Rng;

/// A mixture: first one of the components is chosen, then a number is drawn from it.
///
/// ```math
/// p(x) = \sum_i w_i \, p_i(x)
/// ```
///
/// where the weights $`w_i`$ are a distribution on the components. A component of another family is a
/// `Box<dyn Continuous>`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the contract of a law | `continuous_laws_obey_the_contract` |
/// | of equal components it is that component | `a_mixture_of_equals_has_their_moments` |
/// | skewness and excess kurtosis are integrals | `moments_of_mixtures_are_integrals` |
/// | around an infinite mean no variance is finite, and none is NaN | `mixtures_with_an_infinite_mean_have_an_infinite_variance` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_mixtures_follow_their_tails` |
///
/// # Numerics
///
/// Logarithms by [`LogSumExp`], so tails are finite where they underflow. A quantile lies between the smallest and the largest
/// quantile of the components at the same probability; bisection in between, over the
/// order of the doubles (64 steps at most), judged by the smaller tail.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Simplex;
/// use gradus_probability::{Continuous, Gamma, Mixture, StudentT};
///
/// let parts: Vec<Box<dyn Continuous>> =
///     vec![Box::new(Gamma::new(2.0, 1.0)?), Box::new(StudentT::new(9.0, 1.0, 3.0)?)];
/// let mixture = Mixture::new(Simplex::new(vec![0.5, 0.5])?, parts)?;
/// assert_eq!(mixture.mean()?, 5.5);
/// let q = mixture.quantile(1e-6);
/// assert!((mixture.cdf(q) / 1e-6 - 1.0).abs() < 1e-12);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture<D> {
    choice: Categorical,
    components: Vec<D>,
}

impl<D> Mixture<D> {
    /// The components with their weights.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless there is one weight for each.
    pub fn new(weights: Simplex, components: Vec<D>) -> Result<Self, ProbabilityError> {
        let (left, right) = (weights.len(), components.len());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        Ok(Self {
            choice: weights.try_into()?,
            components,
        })
    }

    /// What can be chosen, and how often it is.
    fn parts(&self) -> impl Iterator<Item = (f64, &D)> {
        let weights = self.choice.probabilities().as_slice().iter().copied();
        let parts = weights.zip(&self.components);
        parts.filter(|(weight, _)| *weight > 0.0)
    }

    fn ln_sum(&self, ln: impl Fn(&D) -> f64) -> f64 {
        let mut sum = LogSumExp::default();
        self.parts()
            .for_each(|(weight, part)| sum.push(weight.ln() + ln(part)));
        sum.value()
    }

    fn sum(&self, f: impl Fn(&D) -> f64) -> f64 {
        let terms = self.parts().map(|(weight, part)| weight * f(part));
        terms.collect::<CompensatedSum>().value()
    }
}

impl<D: Continuous> Continuous for Mixture<D> {
    fn ln_pdf(&self, x: f64) -> f64 {
        self.ln_sum(|part| part.ln_pdf(x))
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (
            self.sum(|part| part.cdf(x)).clamp(0.0, 1.0),
            self.sum(|part| part.sf(x)).clamp(0.0, 1.0),
        )
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (p, q) = self.tails(x);
        // next to 1 the logarithm has the digits of the other tail
        let ln_p = if p > 0.5 {
            (-q).ln_1p()
        } else {
            not_positive(self.ln_sum(|part| part.ln_cdf(x)))
        };
        let ln_q = if q > 0.5 {
            (-p).ln_1p()
        } else {
            not_positive(self.ln_sum(|part| part.ln_sf(x)))
        };
        (ln_p, ln_q)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let ends = self.parts().map(|(_, part)| part.at_tails(p, q));
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        bisected(low, high, |x| {
            if p <= q {
                self.cdf(x) >= p
            } else {
                self.sf(x) <= q
            }
        })
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        let mut sum = CompensatedSum::default();
        for (weight, part) in self.parts() {
            sum.add(weight * part.mean()?);
        }
        Ok(sum.value())
    }

    /// $`\sum_i w_i \left( \sigma_i^2 + (\mu_i - \mu)^2 \right)`$, the law of total variance.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        let (mean, mut sum) = (self.mean()?, CompensatedSum::default());
        for (weight, part) in self.parts() {
            let (own, distance) = (part.variance()?, part.mean()? - mean);
            // no variance around an infinite mean is finite; the distance from it may be ∞ − ∞
            let around = if mean.is_infinite() {
                f64::INFINITY
            } else {
                own + distance * distance
            };
            sum.add(weight * around);
        }
        Ok(sum.value())
    }

    /// A draw of the component that was drawn.
    #[allow(clippy::cast_possible_truncation, reason = "the number of a component")]
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.components[self.choice.sample(rng) as usize].sample(rng)
    }
}

impl<D: Continuous + StandardizedMoments> StandardizedMoments for Mixture<D> {
    /// $`\sum_i w_i \left( s_i t_i^3 + 3 d_i t_i^2 + d_i^3 \right)`$ with the skewness $`s_i`$ of a component, and its deviation $`t_i`$ and
    /// distance $`d_i`$ from the mean in units of σ.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let mut sum = CompensatedSum::default();
        for (weight, part, d, t) in self.standardized(SKEWNESS)? {
            sum.add(weight * ((part.skewness()? * t + 3.0 * d) * t * t + d * d * d));
        }
        if sum.value().is_nan() {
            return Err(unbounded(SKEWNESS)); // ∞ − ∞
        }
        Ok(sum.value())
    }

    /// $`\sum_i w_i \left( (k_i + 3) t_i^4 + 4 d_i s_i t_i^3 + 6 d_i^2 t_i^2 + d_i^4 \right) - 3`$ with the excess kurtosis $`k_i`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let mut sum = CompensatedSum::default();
        for (weight, part, d, t) in self.standardized(EXCESS_KURTOSIS)? {
            let k = part.excess_kurtosis()?;
            if k == f64::INFINITY {
                return Ok(k); // also where the skewness is infinite
            }
            let square = (k + 3.0) * t * t + 4.0 * d * (part.skewness()? * t) + 6.0 * d * d;
            sum.add(weight * (square * t * t + d * d * d * d));
        }
        Ok(sum.value() - 3.0)
    }
}

impl<D: Continuous> Mixture<D> {
    /// The components with their weights, distances of means and standard deviations, in units of that of the mixture.
    fn standardized(
        &self,
        moment: &'static str,
    ) -> Result<Vec<(f64, &D, f64, f64)>, ProbabilityError> {
        let (mean, unit) = (self.mean()?, self.variance()?.sqrt());
        if !(unit > 0.0 && unit.is_finite()) {
            return Err(unbounded(moment));
        }
        let place = |(weight, part): (f64, _)| {
            let part: &D = part;
            let (d, t) = (part.mean()? - mean, part.variance()?.sqrt());
            Ok((weight, part, d / unit, t / unit))
        };
        self.parts().map(place).collect()
    }
}

fn unbounded(moment: &'static str) -> ProbabilityError {
    let needs = "components with finite variances and tails that do not diverge on both sides";
    ProbabilityError::NoMoment { moment, needs }
}

/// A logarithm of a probability, which rounding may have brought above 0; NaN stays NaN.
fn not_positive(ln: f64) -> f64 {
    if ln > 0.0 { 0.0 } else { ln }
}
