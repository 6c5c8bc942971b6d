//! A law on a part of its line.

use super::between::{Cut, ln_between};
use crate::contract::continuous::Continuous;
use crate::contract::expectation::{expectation, mean_of};
use crate::contract::mode::Mode;
use crate::contract::search::crossed;
use crate::contract::standardized_moments::{EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments};
use crate::error::ProbabilityError;
use gradus_numeric::log1mexp;
use std::f64::consts::LN_2;

/// A law given that its draw lies in an interval: the law of $`X`$ if $`a < X \le b`$.
///
/// ```math
/// p(x \mid a < X \le b) = \frac{p(x)}{F(b) - F(a)}, \qquad
/// F(x \mid a < X \le b) = \frac{F(x) - F(a)}{F(b) - F(a)}, \qquad a \le x \le b
/// ```
///
/// where $`a`$ is `low` and $`b`$ `high`; one or both may be infinite. What is known of a number once it is known where it lies: the size of a
/// claim above the deductible, the height of those who were admitted. It is not the *censored* law, which puts what is cut off onto the ends.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the contract of a law | `continuous_laws_obey_the_contract` |
/// | $`F(x \mid I) \operatorname{P}(I) = \operatorname{P}(X \in I, X \le x)`$ | `a_truncated_law_is_a_conditional_law` |
/// | truncated twice is truncated to what both intervals share | `truncating_twice_is_truncating_once` |
/// | an exponential law beyond a is the law moved by a | `an_exponential_law_above_a_point_is_moved_there` |
/// | $`\operatorname{E}[Z \mid Z > a] = \varphi(a) / (1 - \Phi(a))`$ (Mills), $`\operatorname{Var} = 1 + a m - m^2`$ | `the_mean_of_a_normal_tail_is_its_hazard` |
/// | mean and variance lie in the interval's bounds | `truncated_moments_lie_in_the_interval` |
/// | on a narrow interval from a to b: $`\operatorname{E}[X \mid I] \to \frac{a + b}{2} + \frac{b - a}{12} \ln \frac{p(b)}{p(a)}`$ | `means_on_narrow_intervals_are_their_middles` |
/// | draws (Kolmogorov–Smirnov), also 40 standard deviations out | `draws_of_truncated_laws_follow_their_tails` |
///
/// # Numerics
///
/// Everything is computed from the logarithms of the tail that is smaller in the interval, so an interval may lie where $`F`$ is 1 and
/// $`1 - F`$ is 0 in double precision; digits are then lost like those of the logarithm, $`\varepsilon \lvert \ln
/// \operatorname{P}(I) \rvert`$. Where a difference of tails would lose more than four bits, near the ends and in narrow intervals, the
/// density is integrated instead. A quantile is that of the law at $`F(a) + p \operatorname{P}(I)`$, or, where this rounds too much or
/// underflows, the point at which Newton's method on the logarithm of the smaller tail ends. A draw is such a quantile.
///
/// Moments are integrals over the quantiles, to $`10^{-10}`$ of their size. On an interval of few machine numbers a mean is right to some
/// 16 of them and lies in the interval; variances and higher moments, of which too few digits are left there, are
/// [`ProbabilityError::NotIntegrated`].
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Normal, Truncated, Uniform};
///
/// let die = Truncated::new(Uniform::new(0.0, 6.0)?, 2.0, 4.0)?;
/// assert!((die.cdf(3.0) - 0.5).abs() < 1e-15 && (die.mean()? - 3.0).abs() < 1e-10);
///
/// // beyond 40 standard deviations, where 1 − F is 0, a normal law is nearly exponential with rate 40
/// let tail = Truncated::new(Normal::STANDARD, 40.0, f64::INFINITY)?;
/// assert!((tail.median() - 40.0 - 2.0_f64.ln() / 40.0).abs() < 2e-5);
/// assert!(Truncated::new(Normal::STANDARD, 1.0, 1.0).is_err());
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// N. L. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed. (1994), §10.1 (normal, with both
/// moments); L. Devroye, *Non-Uniform Random Variate Generation* (1986), §II.2.2 (draws by inversion).
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "conditional distribution")]
pub struct Truncated<D> {
    law: D,
    low: Cut,
    high: Cut,
    ln_mass: f64,
}

impl<D: Continuous> Truncated<D> {
    /// The law given that its draw lies between `low` and `high`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::EmptyInterval`] unless `low` is below `high`; [`ProbabilityError::ZeroEvidence`] if the law has no probability
    /// there, [`ProbabilityError::TooRare`] if it has less than $`e^{-100000}`$, of which too few digits are known.
    pub fn new(law: D, low: f64, high: f64) -> Result<Self, ProbabilityError> {
        if low >= high || low.is_nan() || high.is_nan() {
            return Err(ProbabilityError::EmptyInterval { low, high });
        }
        let (low, high) = (Cut::of(&law, low), Cut::of(&law, high));
        let ln_probability = ln_between(&law, low, high);
        if ln_probability == f64::NEG_INFINITY {
            return Err(ProbabilityError::ZeroEvidence);
        }
        if ln_probability.is_nan() || ln_probability < RAREST {
            return Err(ProbabilityError::TooRare { ln_probability });
        }
        Ok(Self {
            law,
            low,
            high,
            ln_mass: ln_probability.min(0.0),
        })
    }

    /// The law on the whole line.
    #[must_use]
    pub fn law(&self) -> &D {
        &self.law
    }

    /// $`a`$.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low.x
    }

    /// $`b`$.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high.x
    }

    /// $`\ln \operatorname{P}(a < X \le b)`$: how probable it is that a draw of the law lies in the interval.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Exponential, Truncated};
    ///
    /// let late = Truncated::new(Exponential::new(1.0)?, 1000.0, f64::INFINITY)?;
    /// assert_eq!(late.ln_probability(), -1000.0);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn ln_probability(&self) -> f64 {
        self.ln_mass
    }

    /// The ends of the interval, or of the support where that ends before.
    fn support(&self) -> (f64, f64) {
        let low = self.low.x.max(self.law.at_tails(0.0, 1.0));
        let high = self.high.x.min(self.law.at_tails(1.0, 0.0));
        (low, high.max(low)) // an end of the law may be rounded beyond the interval
    }

    /// The law's point with these tails in the interval; none where their sums round much of p or q away, or underflow.
    fn by_law(&self, p: f64, q: f64) -> Option<f64> {
        let mass = self.ln_mass.exp();
        let below = (self.low.ln_below.exp() + p * mass).min(1.0);
        let above = (self.high.ln_above.exp() + q * mass).min(1.0);
        let part = p.min(q) * mass;
        let is_exact = part >= 0.0625 * below.min(above) && part > SMALLEST;
        is_exact.then(|| {
            let x = self.law.at_tails(below, above);
            x.clamp(self.low.x, self.high.x)
        })
    }

    /// The point as if the law were exponential from an end on: from the nearer end, unless it is much less dense than the other one.
    fn by_end(&self, p: f64, q: f64) -> f64 {
        let (low, high) = self.support();
        let (rate_low, rate_high) = (self.pdf(low), self.pdf(high));
        let is_low = if p <= q {
            10.0 * rate_low >= rate_high
        } else {
            rate_low > 10.0 * rate_high
        };
        // −ln(1 − p) from the smaller of two that sum to one
        let exponent = |p: f64, q: f64| if p <= q { -(-p).ln_1p() } else { -q.ln() };
        if is_low {
            low + exponent(p, q) / rate_low
        } else {
            high - exponent(q, p) / rate_high
        }
    }

    /// The relative error of a probability: that of $`\ln \operatorname{P}(I)`$.
    fn rounding(&self) -> f64 {
        16.0 * f64::EPSILON * self.ln_mass.abs()
    }

    /// A moment that exists where the law has one, and in any case where the support is bounded.
    fn moment(
        &self,
        name: &'static str,
        of_law: impl FnOnce() -> Result<f64, ProbabilityError>,
        f: impl Fn(f64) -> f64,
    ) -> Result<f64, ProbabilityError> {
        let (low, high) = self.support();
        let is_bounded = low.is_finite() && high.is_finite();
        if is_bounded || of_law().is_ok_and(f64::is_finite) {
            return expectation(self, self.rounding(), name, f);
        }
        Err(ProbabilityError::NoMoment {
            moment: name,
            needs: "a bounded interval, or a law that has it",
        })
    }

    /// Mean and standard deviation.
    fn place(&self) -> Result<(f64, f64), ProbabilityError> {
        Ok((self.mean()?, self.variance()?.sqrt()))
    }
}

impl<D: Continuous> Continuous for Truncated<D> {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.low.x || x > self.high.x {
            f64::NEG_INFINITY
        } else {
            self.law.ln_pdf(x) - self.ln_mass
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let (ln_p, ln_q) = self.ln_tails(x);
        if ln_p < ln_q {
            (ln_p.exp(), -ln_p.exp_m1())
        } else {
            (-ln_q.exp_m1(), ln_q.exp())
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        if x.is_nan() {
            return (x, x);
        }
        if x <= self.low.x {
            return (f64::NEG_INFINITY, 0.0);
        }
        if x >= self.high.x {
            return (0.0, f64::NEG_INFINITY);
        }
        let at = Cut::of(&self.law, x);
        let part = |from, to| (ln_between(&self.law, from, to) - self.ln_mass).min(0.0);
        let ln_p = part(self.low, at);
        if ln_p < -LN_2 {
            return (ln_p, log1mexp(ln_p));
        }
        let ln_q = part(at, self.high);
        (log1mexp(ln_q), ln_q)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (low, high) = self.support();
        if p == 0.0 {
            return low;
        }
        if q == 0.0 {
            return high;
        }
        if let Some(x) = self.by_law(p, q) {
            return x;
        }
        crossed(low, high, self.by_end(p, q), |x| {
            let ((ln_p, ln_q), ln_pdf) = (self.ln_tails(x), self.ln_pdf(x));
            if p <= q {
                (ln_p - p.ln(), (ln_pdf - ln_p).exp())
            } else {
                (q.ln() - ln_q, (ln_pdf - ln_q).exp())
            }
        })
    }

    /// An integral over the quantiles; infinite where one side of the interval is, and the law's mean diverges there.
    fn mean(&self) -> Result<f64, ProbabilityError> {
        let (low, high) = self.support();
        let whole = self.law.mean();
        // a mean that does not exist diverges on both sides
        let diverges = |to: f64| match &whole {
            Ok(mean) => *mean == to,
            Err(error) => matches!(error, ProbabilityError::NoMoment { .. }),
        };
        let up = high == f64::INFINITY && diverges(f64::INFINITY);
        let down = low == f64::NEG_INFINITY && diverges(f64::NEG_INFINITY);
        match (down, up) {
            (true, true) => whole,
            (true, false) => Ok(f64::NEG_INFINITY),
            (false, true) => Ok(f64::INFINITY),
            (false, false) => mean_of(self, self.rounding()),
        }
    }

    /// An integral over the quantiles; as for [`mean`](Self::mean), and [`ProbabilityError::NoMoment`] where the law's is infinite
    /// and the interval does not tell on which side.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        let mean = self.mean()?;
        let (whole, (low, high)) = (self.law.variance(), self.support());
        let ends = (self.law.at_tails(0.0, 1.0), self.law.at_tails(1.0, 0.0));
        let is_one_sided = ends.0.is_finite() || ends.1.is_finite();
        let is_bounded = low.is_finite() && high.is_finite();
        let is_told = is_one_sided || (low, high) == ends;
        if mean.is_finite() && !is_bounded && is_told && whole == Ok(f64::INFINITY) {
            return whole;
        }
        self.moment("variance", || whole, |x| (x - mean) * (x - mean))
    }
}

/// Integrals over the quantiles.
impl<D: Continuous + StandardizedMoments> StandardizedMoments for Truncated<D> {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (mean, deviation) = self.place()?;
        let cube = |x: f64| ((x - mean) / deviation).powi(3);
        self.moment(SKEWNESS, || self.law.skewness(), cube)
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let (mean, deviation) = self.place()?;
        let fourth = |x: f64| ((x - mean) / deviation).powi(4);
        Ok(self.moment(EXCESS_KURTOSIS, || self.law.excess_kurtosis(), fourth)? - 3.0)
    }
}

/// The mode of the law if it lies in the interval, else the likelier end: for densities that rise to one top and then fall, or fall first and
/// then rise, as those of all families here do.
impl<D: Continuous + Mode<Outcome = f64>> Mode for Truncated<D> {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        let (low, high) = self.support();
        let top = self.law.mode()?.clamp(low, high);
        let likelier = |a: f64, b: f64| {
            if self.law.ln_pdf(b) > self.law.ln_pdf(a) {
                b
            } else {
                a
            }
        };
        Ok(likelier(likelier(low, top), high))
    }
}

/// The logarithm of the smallest probability of which ten digits are known.
const RAREST: f64 = -100_000.0;
/// A probability with all its digits.
const SMALLEST: f64 = 1e-290;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::continuous::beta::Beta;
    use crate::families::continuous::cauchy::Cauchy;
    use crate::families::continuous::normal::Normal;
    use crate::families::continuous::uniform::Uniform;

    #[test]
    fn a_part_of_an_interval_is_an_interval() {
        let part = Truncated::new(Uniform::new(0.0, 8.0).unwrap(), 2.0, 4.0).unwrap();
        assert!((part.pdf(3.0) - 0.5).abs() < 1e-15 && part.pdf(4.5) == 0.0);
        assert_eq!((part.cdf(2.0), part.cdf(4.0)), (0.0, 1.0));
        assert!((part.quantile(0.25) - 2.5).abs() < 1e-15);
        assert!((part.variance().unwrap() - 1.0 / 3.0).abs() < 1e-10);
        assert_eq!((part.quantile(0.0), part.quantile(1.0)), (2.0, 4.0));
    }

    #[test]
    fn intervals_without_probability_are_errors() {
        let law = Uniform::new(0.0, 1.0).unwrap();
        for (low, high) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::NAN)] {
            let error = Truncated::new(law, low, high).unwrap_err();
            assert!(matches!(error, ProbabilityError::EmptyInterval { .. }));
        }
        assert_eq!(
            Truncated::new(law, 2.0, 3.0),
            Err(ProbabilityError::ZeroEvidence)
        );
        let error = Truncated::new(Normal::STANDARD, 1e4, f64::INFINITY).unwrap_err();
        assert!(matches!(error, ProbabilityError::TooRare { .. }), "{error}");
    }

    #[test]
    fn moments_that_diverge() {
        let law = Cauchy::new(0.0, 1.0).unwrap();
        let of = |low, high| Truncated::new(law, low, high).unwrap();
        let (infinite, one) = (f64::INFINITY, of(-1.0, 1.0));
        assert!(one.mean().unwrap().abs() < 1e-10);
        // 4/π − 1
        assert!((one.variance().unwrap() - 0.273_239_544_735_162_7).abs() < 1e-10);
        assert_eq!(of(0.0, infinite).mean(), Ok(infinite));
        assert_eq!(of(-infinite, 0.0).mean(), Ok(-infinite));
        assert!(of(-infinite, infinite).mean().is_err() && of(0.0, infinite).variance().is_err());
    }

    #[test]
    fn modes_at_the_ends() {
        let cup = Beta::new(0.5, 0.5).unwrap();
        assert_eq!(Truncated::new(cup, 0.2, 0.9).unwrap().mode(), Ok(0.9));
        assert_eq!(Truncated::new(cup, 0.1, 0.8).unwrap().mode(), Ok(0.1));
        assert_eq!(
            Truncated::new(Normal::STANDARD, -1.0, 2.0).unwrap().mode(),
            Ok(0.0)
        );
        assert_eq!(
            Truncated::new(Normal::STANDARD, 1.0, 2.0).unwrap().mode(),
            Ok(1.0)
        );
    }
}
