//! The ratio of two mean squares.

use super::beta::ln_height;
use super::near_end::{self, ANCHOR};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::{ProbabilityError, finite_positive};
use gradus_numeric::{beta_pq, beta_pq_inverse, deviance, ln_beta_pq};

/// Fisher's F distribution: the ratio of two independent mean squares of normal draws.
///
/// ```math
/// F = \frac{\chi^2_d / d}{\chi^2_e / e}, \qquad
/// p(x) = \frac{u^{d/2} (1 - u)^{e/2}}{x \, \mathrm{B}(\tfrac d2, \tfrac e2)}, \qquad u = \frac{d x}{d x + e}, \quad x > 0
/// ```
///
/// where $`d, e > 0`$ are the degrees of freedom of `numerator` and `denominator`. What an analysis of variance compares a ratio
/// of explained and unexplained variance with. Mean $`e / (e - 2)`$ for $`e > 2`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | $`1 / F`$ is of the same kind with $`d`$ and $`e`$ exchanged | `the_reciprocal_of_a_ratio_is_one` |
/// | $`t^2`$ is F with 1 and $`\nu`$ degrees of freedom | `the_square_of_a_student_is_a_ratio` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// $`u`$ and $`1 - u`$ are each computed as such; with them everything is as for [`Beta`](crate::Beta). Where one of them underflows, the tail
/// there is a power, $`u^{d/2} / \tfrac d2 \mathrm{B}`$, and taken by its logarithm.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, FisherF};
///
/// let ratio = FisherF::new(2.0, 4.0)?;
/// assert!((ratio.sf(2.0) - 0.25).abs() < 1e-15); // (1 + x/2)^(−2)
/// assert_eq!(ratio.mean()?, 2.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §5.3.2, definition 5.3.6.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Snedecor")]
pub struct FisherF {
    numerator: f64,
    denominator: f64,
}

impl FisherF {
    /// The ratio with these degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and positive.
    pub fn new(numerator: f64, denominator: f64) -> Result<Self, ProbabilityError> {
        finite_positive("numerator", numerator)?;
        finite_positive("denominator", denominator)?;
        Ok(Self {
            numerator,
            denominator,
        })
    }

    /// $`d`$.
    #[must_use]
    pub fn numerator(&self) -> f64 {
        self.numerator
    }

    /// $`e`$.
    #[must_use]
    pub fn denominator(&self) -> f64 {
        self.denominator
    }

    /// The shapes of the beta distribution that $`u`$ has.
    fn shapes(&self) -> (f64, f64) {
        (0.5 * self.numerator, 0.5 * self.denominator)
    }

    /// The odds $`u / (1 - u) = d x / e`$.
    fn odds(&self, x: f64) -> f64 {
        scaled_by(x, self.numerator, self.denominator)
    }

    /// $`\ln(d x / e)`$.
    fn ln_odds(&self, x: f64) -> f64 {
        x.ln() + self.numerator.ln() - self.denominator.ln()
    }

    /// The reciprocal of the odds, which keeps its digits where they overflow.
    fn odds_against(&self, x: f64) -> f64 {
        scaled_by(1.0 / x, self.denominator, self.numerator)
    }

    /// Which end of $`[0, 1]`$ is so near that $`u`$ or $`1 - u`$ has no digits left, with that one's logarithm.
    fn near(&self, x: f64) -> Near {
        let ((a, b), odds) = (self.shapes(), self.odds(x));
        if odds < lowest(a, b) {
            Near::Lower(self.ln_odds(x))
        } else if self.odds_against(x) < lowest(b, a) {
            Near::Upper(-self.ln_odds(x))
        } else if odds <= 1.0 {
            Near::Neither(odds / (1.0 + odds), 1.0 / (1.0 + odds))
        } else {
            let against = self.odds_against(x); // NaN stays
            Near::Neither(1.0 / (1.0 + against), against / (1.0 + against))
        }
    }
}

/// A point of the unit interval, as the logarithm of the distance from an end that is too near, or by both distances.
enum Near {
    Lower(f64),
    Upper(f64),
    Neither(f64, f64),
}

fn exchanged((p, q): (f64, f64)) -> (f64, f64) {
    (q, p)
}

/// $`x n / d`$ in an order in which only the result may overflow or underflow.
fn scaled_by(x: f64, n: f64, d: f64) -> f64 {
    if (n / d).is_normal() {
        n / d * x
    } else if (x / d).is_normal() {
        x / d * n
    } else {
        x * n / d
    }
}

impl Continuous for FisherF {
    fn ln_pdf(&self, x: f64) -> f64 {
        let (a, b) = self.shapes();
        if x < 0.0 || x == f64::INFINITY {
            return f64::NEG_INFINITY;
        }
        if x == 0.0 {
            return match a {
                a if a < 1.0 => f64::INFINITY,
                1.0 => 0.0,
                _ => f64::NEG_INFINITY,
            };
        }
        match self.near(x) {
            // s F / x, where F is a power of x
            Near::Lower(_) => self.ln_tails(x).0 + a.ln() - x.ln(),
            Near::Upper(_) => self.ln_tails(x).1 + b.ln() - x.ln(),
            Near::Neither(u, v) => {
                ln_height(a, b) - deviance(a, (a + b) * u) - deviance(b, (a + b) * v) - x.ln()
            }
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let (a, b) = self.shapes();
        match self.near(at_least_zero(x)) {
            Near::Lower(ln_u) => near_end::tails(
                beta_pq(a, b, anchor(b), 1.0),
                near_end::exponent(a, ln_u, anchor(b)),
            ),
            Near::Upper(ln_v) => {
                let ends = beta_pq(b, a, anchor(a), 1.0);
                exchanged(near_end::tails(
                    ends,
                    near_end::exponent(b, ln_v, anchor(a)),
                ))
            }
            Near::Neither(u, v) => beta_pq(a, b, u, v),
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (a, b) = self.shapes();
        match self.near(at_least_zero(x)) {
            Near::Lower(ln_u) => {
                let ends = ln_beta_pq(a, b, anchor(b), 1.0);
                near_end::ln_tails(ends, near_end::exponent(a, ln_u, anchor(b)))
            }
            Near::Upper(ln_v) => {
                let ends = ln_beta_pq(b, a, anchor(a), 1.0);
                exchanged(near_end::ln_tails(
                    ends,
                    near_end::exponent(b, ln_v, anchor(a)),
                ))
            }
            Near::Neither(u, v) => ln_beta_pq(a, b, u, v),
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (a, b) = self.shapes();
        let ln_unit = self.denominator.ln() - self.numerator.ln();
        // only a small shape, or a tiny tail, has points there
        let end = |s: f64, t: f64, (p, q): (f64, f64)| {
            // the tail at the anchor is at most a power; only a small shape, or a tiny tail, has points below
            let highest = s * (anchor(t) * (s + t)).ln() + 1.0;
            let ends = (s < 1.0 || p.ln() < highest).then(|| beta_pq(s, t, anchor(t), 1.0))?;
            let ln = near_end::ln_at_tails(s, ends, p, q) + anchor(t).ln();
            (ln < lowest(s, t).ln()).then_some(ln)
        };
        if let Some(ln_u) = end(a, b, (p, q)) {
            (ln_u + ln_unit).exp()
        } else if let Some(ln_v) = end(b, a, (q, p)) {
            (ln_unit - ln_v).exp()
        } else {
            let (u, v) = beta_pq_inverse(a, b, p, q);
            if (u / v).is_normal() {
                scaled_by(u / v, self.denominator, self.numerator)
            } else {
                (u.ln() - v.ln() + ln_unit).exp()
            }
        }
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        let excess = (self.denominator - 2.0).max(0.0);
        Ok(self.denominator / excess)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let (d, e) = (self.numerator, self.denominator);
        if e <= 2.0 {
            return Err(ProbabilityError::NoMoment {
                moment: "variance",
                needs: "more than 2 degrees of freedom of the denominator",
            });
        }
        let mean = e / (e - 2.0);
        Ok(2.0 * mean * mean * ((d + e - 2.0) / d) / (e - 4.0).max(0.0))
    }
}

impl StandardizedMoments for FisherF {
    /// $`\frac{2d + e - 2}{e - 6} \sqrt{\frac{8 (e - 4)}{d (d + e - 2)}}`$ for $`e > 6`$; infinite from 4 on.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (d, e) = (self.numerator, self.denominator);
        of_power_tail(SKEWNESS, NEEDS, e, [4.0, 6.0], || {
            let ratio = 1.0 / (e - 6.0) + (e - 2.0) / (e - 6.0) / d; // (d + e − 2) / d (e − 6)
            (1.0 + 1.0 / (1.0 + (e - 2.0) / d)) * (8.0 * ((e - 4.0) / (e - 6.0)) * ratio).sqrt()
        })
    }

    /// $`12 \, \frac{d (5e - 22)(d + e - 2) + (e - 4)(e - 2)^2}{d (e - 6)(e - 8)(d + e - 2)}`$ for $`e > 8`$; infinite from 4 on.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let (d, e) = (self.numerator, self.denominator);
        of_power_tail(EXCESS_KURTOSIS, NEEDS, e, [4.0, 8.0], || {
            let wide = (5.0 + 8.0 / (e - 6.0)) / (e - 8.0); // 5e − 22 = 5 (e − 6) + 8
            let few = (e - 4.0) / (e - 6.0) * ((e - 2.0) / (e - 8.0)) / d / (1.0 + d / (e - 2.0));
            12.0 * (wide + few)
        })
    }
}

impl Mode for FisherF {
    type Outcome = f64;

    /// $`\frac{d - 2}{d} \cdot \frac{e}{e + 2}`$, or 0 for a numerator of up to 2 degrees of freedom.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        let (d, e) = (self.numerator, self.denominator);
        Ok((1.0 - 2.0 / d).max(0.0) / (1.0 + 2.0 / e))
    }
}

/// 0 for what is negative; NaN stays.
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// What a third and a fourth moment need.
const NEEDS: &str = "more than 4 degrees of freedom of the denominator";

/// Below, the tail with the shape s is a power, at the other end of which the shape is t: there are no digits for the point itself, and none are
/// needed for the factor $`(1 - u)^t`$.
fn lowest(s: f64, t: f64) -> f64 {
    if t < LARGE {
        ANCHOR
    } else if s < 2.0 {
        ANCHOR.min(SEEN / t)
    } else {
        anchor(t) // the tail there may be 0: no way up from it
    }
}

/// Where the factor $`(1 - u)^t`$ is 1: for a large t the smallest numbers.
fn anchor(t: f64) -> f64 {
    if t < LARGE {
        ANCHOR
    } else {
        f64::from_bits(1 << 14) // 2⁻¹⁰⁶⁰, exact
    }
}

/// From here on t times the smallest normal number can be seen beside 1.
const LARGE: f64 = 1e290;

/// What is smaller is not seen beside 1.
const SEEN: f64 = 1e-17;
