//! The ratio of two mean squares.

use super::beta::ln_height;
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
/// $`u`$ and $`1 - u`$ are each computed as such; with them everything is as for [`Beta`](crate::Beta).
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

    /// $`(u, 1 - u)`$ for $`x \ge 0`$.
    fn parts(&self, x: f64) -> (f64, f64) {
        let odds = self.numerator / self.denominator * x;
        if odds <= 1.0 {
            (odds / (1.0 + odds), 1.0 / (1.0 + odds))
        } else {
            // odds may be infinite; NaN stays
            (1.0 / (1.0 + 1.0 / odds), 1.0 / odds / (1.0 + 1.0 / odds))
        }
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
        let (u, v) = self.parts(x);
        ln_height(a, b) - deviance(a, (a + b) * u) - deviance(b, (a + b) * v) - x.ln()
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let ((a, b), (u, v)) = (self.shapes(), self.parts(at_least_zero(x)));
        beta_pq(a, b, u, v)
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let ((a, b), (u, v)) = (self.shapes(), self.parts(at_least_zero(x)));
        ln_beta_pq(a, b, u, v)
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (a, b) = self.shapes();
        let (u, v) = beta_pq_inverse(a, b, p, q);
        u / v / (self.numerator / self.denominator)
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
