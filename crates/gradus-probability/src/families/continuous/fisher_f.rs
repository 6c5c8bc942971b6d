//! The ratio of two mean squares.

use super::beta::ln_height;
use super::chi_squared::FEWEST_TO_DRAW;
use super::digamma_gap::ln_minus_digamma;
use super::gamma::Gamma;
use super::ln_1p_gap::deviance_from_share;
use super::near_end::{self, ANCHOR};
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_power_tail,
};
use crate::error::{ProbabilityError, finite_positive};
use gradus_numeric::{Real, beta_pq, beta_pq_inverse, ln_beta_pq, stirling_error};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use rand_distr::Distribution;
use std::f64::consts::PI;

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
/// | $`d, e \to \infty`$: normal, for any number of degrees of freedom | `ratios_of_very_many_degrees_of_freedom_are_normal` |
/// | $`d, e \to 0`$: even by the logarithm | `ratios_of_hardly_any_degrees_of_freedom_have_all_sizes` |
/// | $`t^2`$ is F with 1 and $`\nu`$ degrees of freedom | `the_square_of_a_student_is_a_ratio` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
///
/// # Numerics
///
/// $`u`$ and $`1 - u`$ are each computed as such; with them everything is as for [`Beta`](crate::Beta), but that in the density
/// their excess over $`\tfrac{d}{d + e}`$ and $`\tfrac{e}{d + e}`$ is taken from $`x - 1`$: among a million degrees of freedom a rounding of u would cost digits,
/// among $`10^{32}`$ it would be many standard deviations. Where one of them underflows, the tail
/// there is a power, $`u^{d/2} / \tfrac d2 \mathrm{B}`$, and taken by its logarithm. Of more than $`10^{290}`$ degrees of freedom the mean square is 1, where
/// the other one is far from it, and [`Gamma`] tells the rest.
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
    samplers: Option<[rand_distr::Gamma<f64>; 2]>, // none for so few degrees of freedom that a draw underflows
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
        let half_squares = |freedom: f64| rand_distr::Gamma::new(0.5 * freedom, 1.0).ok();
        let samplers = (numerator.min(denominator) >= FEWEST_TO_DRAW)
            .then(|| Some([half_squares(numerator)?, half_squares(denominator)?]))
            .flatten();
        Ok(Self {
            numerator,
            denominator,
            samplers,
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

    /// The differential entropy in nats:
    /// $`\ln \tfrac ba + \ln \mathrm{B}(a, b) - (a - 1) \psi(a) - (b + 1) \psi(b) + (a + b) \psi(a + b)`$ with $`a = d / 2`$, $`b = e / 2`$.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`h(1 / F) = h(F) - 2 \operatorname{E} \ln F`$ | `the_entropy_of_a_reciprocal_ratio` |
    /// | the mean of $`-\ln p`$ | `the_entropy_of_a_ratio_is_the_mean_of_minus_ln_p` |
    ///
    /// # Numerics
    ///
    /// With $`\delta`$ ([`stirling_error`]) and the gap $`g(x) = \ln x - \psi(x)`$, in which nothing cancels for many degrees of freedom:
    ///
    /// ```math
    /// \tfrac12 \ln \frac{2 \pi (a + b)}{a b} + \delta(a) + \delta(b) - \delta(a + b) + a g(a) + b g(b) - (a + b) g(a + b) + g(b) - g(a)
    /// ```
    ///
    /// $`\mp\infty`$ for so few degrees of freedom that $`1 / a`$ overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::FisherF;
    ///
    /// // p = (1 + x)⁻²
    /// let ratio = FisherF::new(2.0, 2.0)?;
    /// assert!((ratio.entropy() - 2.0).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let (a, b) = self.shapes();
        let (a, b) = (a.max(f64::from_bits(1)), b.max(f64::from_bits(1))); // half of the smallest number rounds to 0
        let s = a + b;
        let width = 0.5 * ((2.0 * PI).ln() + s.ln() - a.ln() - b.ln());
        let lacks = stirling_error(a) + stirling_error(b) - stirling_error(s);
        let gaps = scaled_gap(a) + scaled_gap(b) - scaled_gap(s);
        width + lacks + gaps + gap_difference(b, a)
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

    /// Which mean square alone is seen, or which end of $`[0, 1]`$ is so near that $`u`$ or $`1 - u`$ has no digits left.
    fn near(&self, x: f64) -> Near {
        let (odds, against) = (self.odds(x), self.odds_against(x));
        if odds < NEGLIGIBLE
            && let Some(law) = beside_a_certain(self.numerator, self.denominator)
        {
            Near::Numerator(law)
        } else if against < NEGLIGIBLE
            && let Some(law) = beside_a_certain(self.denominator, self.numerator)
        {
            Near::Denominator(law)
        } else if odds < ANCHOR {
            Near::Lower(self.ln_odds(x))
        } else if against < ANCHOR {
            Near::Upper(-self.ln_odds(x))
        } else if odds <= 1.0 {
            Near::Neither(odds / (1.0 + odds), 1.0 / (1.0 + odds))
        } else {
            Near::Neither(1.0 / (1.0 + against), against / (1.0 + against)) // NaN stays
        }
    }

    /// The log-density by both shares of all squares, of numerator and denominator.
    fn ln_pdf_of_shares(&self, x: f64, u: f64, v: f64) -> f64 {
        let ((a, b), [of_a, of_b]) = (self.shapes(), excesses(x, u, v));
        let (n, ln_height) = (a + b, ln_height(a, b));
        let of_a = deviance_from_share(a, n, (u, || u.ln()), of_a);
        let of_b = deviance_from_share(b, n, (v, || v.ln()), of_b);
        ln_height - of_a - of_b - x.ln()
    }

    /// The point, if only one mean square is seen there.
    fn of_one_mean_square(&self, p: f64, q: f64) -> Option<f64> {
        let above = || Some(beside_a_certain(self.numerator, self.denominator)?.at_tails(p, q));
        let below =
            || Some(1.0 / beside_a_certain(self.denominator, self.numerator)?.at_tails(q, p));
        let x = above().or_else(below)?;
        let there = matches!(self.near(x), Near::Numerator(_) | Near::Denominator(_));
        there.then_some(x)
    }
}

/// Where a point lies: on the scale of one mean square, beside which the other one is 1; so near an end of the unit interval that only the logarithm of
/// the distance is known; or by both distances.
enum Near {
    Numerator(Gamma),
    Denominator(Gamma),
    Lower(f64),
    Upper(f64),
    Neither(f64, f64),
}

/// The law of a mean square, if the other one has so many degrees of freedom that it is 1 to the last digit.
///
/// With $`t = e/2`$ the factor $`(1 - u)^t`$ is $`e^{-t u}`$ but for $`t u^2`$, and $`\mathrm{B}(s, t)`$ is $`\Gamma(s) \, t^{-s}`$ but for $`s^2 / t`$.
fn beside_a_certain(freedom: f64, other: f64) -> Option<Gamma> {
    let (s, certain) = (0.5 * freedom, other >= CERTAIN && freedom <= MOST_BESIDE);
    certain.then(|| Gamma::new(s, s).ok()).flatten()
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
        if x <= 0.0 || x == f64::INFINITY {
            return outside(x, a);
        }
        let beside_one = (x - 1.0).abs() < BESIDE_ONE;
        match self.near(x) {
            Near::Numerator(_) if beside_one => self.ln_pdf_of_shares(x, self.odds(x), 1.0),
            Near::Denominator(_) if beside_one => {
                self.ln_pdf_of_shares(x, 1.0, self.odds_against(x))
            }
            Near::Numerator(law) => law.ln_pdf(x),
            Near::Denominator(law) => law.ln_pdf(1.0 / x) - 2.0 * x.ln(),
            // s F / x, where F is a power of x
            Near::Lower(_) => self.ln_tails(x).0 + a.ln() - x.ln(),
            Near::Upper(_) => self.ln_tails(x).1 + b.ln() - x.ln(),
            Near::Neither(u, v) => self.ln_pdf_of_shares(x, u, v),
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        let (a, b) = self.shapes();
        let x = at_least_zero(x);
        match self.near(x) {
            Near::Numerator(law) => law.tails(x),
            Near::Denominator(law) => exchanged(law.tails(1.0 / x)),
            Near::Lower(ln_u) => {
                let ends = beta_pq(a, b, ANCHOR, 1.0);
                near_end::tails(ends, near_end::exponent(a, ln_u, ANCHOR))
            }
            Near::Upper(ln_v) => {
                let ends = beta_pq(b, a, ANCHOR, 1.0);
                exchanged(near_end::tails(ends, near_end::exponent(b, ln_v, ANCHOR)))
            }
            Near::Neither(u, v) => beta_pq(a, b, u, v),
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (a, b) = self.shapes();
        let x = at_least_zero(x);
        match self.near(x) {
            Near::Numerator(law) => law.ln_tails(x),
            Near::Denominator(law) => exchanged(law.ln_tails(1.0 / x)),
            Near::Lower(ln_u) => {
                let ends = ln_beta_pq(a, b, ANCHOR, 1.0);
                near_end::ln_tails(ends, near_end::exponent(a, ln_u, ANCHOR))
            }
            Near::Upper(ln_v) => {
                let ends = ln_beta_pq(b, a, ANCHOR, 1.0);
                exchanged(near_end::ln_tails(
                    ends,
                    near_end::exponent(b, ln_v, ANCHOR),
                ))
            }
            Near::Neither(u, v) => ln_beta_pq(a, b, u, v),
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        if let Some(x) = self.of_one_mean_square(p, q) {
            return x;
        }
        let (a, b) = self.shapes();
        let ln_unit = self.denominator.ln() - self.numerator.ln();
        // only a small shape, or a tiny tail, has points there
        let end = |s: f64, t: f64, (p, q): (f64, f64)| {
            // the tail at the anchor is at most a power; only a small shape, or a tiny tail, has points below
            let highest = s * (ANCHOR * (s + t)).ln() + 1.0;
            let ends = (s < 1.0 || p.ln() < highest).then(|| beta_pq(s, t, ANCHOR, 1.0))?;
            let ln = near_end::ln_at_tails(s, ends, p, q) + ANCHOR.ln();
            (ln < ANCHOR.ln()).then_some(ln)
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

    /// A quotient of two mean squares; by inversion for so few degrees of freedom that a sum of squares underflows.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let ((a, b), Some([above, below])) = (self.shapes(), self.samplers) else {
            let u = uniform(rng);
            return self.at_tails(u, 1.0 - u);
        };
        (above.sample(rng) / a) / (below.sample(rng) / b)
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

/// The log-density of Fisher's F distribution, as a function of the draw and both degrees of freedom.
///
/// ```math
/// \ln p(x) = a \ln u + b \ln(1 - u) - \ln x - \ln \mathrm{B}(a, b), \qquad u = \frac{d x}{d x + e}, \quad x > 0
/// ```
///
/// where $`d`$ is `numerator`, $`e`$ `denominator`, $`a = d / 2`$ and $`b = e / 2`$. For every [`Real`], so it can be differentiated by any of the three.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = (a - (a + b) u) / x - 1 / x`$, $`\partial_d = \tfrac12 \bigl( \ln u - \psi(a) + \psi(a + b) \bigr) + \frac{a - (a + b) u}{d}`$ | `scores_of_a_ratio` |
/// | that of [`FisherF`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// With the [`deviance`](gradus_numeric::deviance) as for [`Beta`](crate::Beta), and by the logarithm of the odds where u or $`1 - u`$ is below $`10^{-200}`$. $`-\infty`$ below 0 and at ∞; at
/// 0 a pole for $`d < 2`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::fisher_f_ln_pdf;
///
/// assert!((fisher_f_ln_pdf(1.0_f64, 2.0, 2.0) + 4.0_f64.ln()).abs() < 1e-15); // (1 + x)⁻²
/// ```
///
/// # References
///
/// As [`FisherF`].
#[must_use]
pub fn fisher_f_ln_pdf<R: Real>(x: R, numerator: R, denominator: R) -> R {
    let half = R::from_f64(0.5);
    let (a, b) = (half * numerator, half * denominator);
    if !(x.to_f64() > 0.0 && x.to_f64() < f64::INFINITY) {
        return R::from_f64(outside(x.to_f64(), a.to_f64()));
    }
    let (one, ln_odds) = (R::from_f64(1.0), x.ln() + numerator.ln() - denominator.ln());
    let above = ln_odds.to_f64() > 0.0;
    // the odds of the rarer side
    let odds = match (above, (numerator / denominator).to_f64().is_normal()) {
        (false, true) => numerator / denominator * x,
        (true, true) => one / (numerator / denominator * x),
        (above, _) => (if above { -ln_odds } else { ln_odds }).exp(),
    };
    let (likely, rare) = if above { (a, b) } else { (b, a) };
    let (n, ln_rare) = (a + b, if above { -ln_odds } else { ln_odds });
    let (share, rest) = (odds / (one + odds), one / (one + odds));
    let (u, v) = if above { (rest, share) } else { (share, rest) };
    let [of_a, of_b] = excesses(x, u, v);
    let (of_likely, of_rare) = if above { (of_a, of_b) } else { (of_b, of_a) };
    let of_likely = deviance_from_share(likely, n, (rest, || rest.ln()), of_likely);
    let of_rare = deviance_from_share(rare, n, (share, || ln_rare), of_rare);
    ln_height(a, b) - of_rare - of_likely - x.ln()
}

/// By how much both shares of all squares, u of the numerator and v of the denominator, are more than expected: relative to that, and exact for
/// the x given, also where millions of degrees of freedom make a rounding of u many standard deviations.
fn excesses<R: Real>(x: R, u: R, v: R) -> [R; 2] {
    let excess = x - R::from_f64(1.0);
    [v * excess, -u * (excess / x)]
}

/// The log-density at 0, and where there is none.
fn outside(x: f64, a: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x != 0.0 || a > 1.0 {
        f64::NEG_INFINITY
    } else if a < 1.0 {
        f64::INFINITY
    } else {
        0.0
    }
}

/// $`x (\ln x - \psi(x))`$: from 1 at 0 to ½ at ∞.
fn scaled_gap(x: f64) -> f64 {
    let gap = ln_minus_digamma(x);
    if gap < f64::MAX { x * gap } else { 1.0 }
}

/// $`g(b) - g(a)`$; near 0, where $`g(x) = \tfrac1x + \ln x + \gamma`$ may overflow, without a difference of infinities.
fn gap_difference(b: f64, a: f64) -> f64 {
    if a.max(b) < TINY {
        return (a - b) / a / b + b.ln() - a.ln();
    }
    ln_minus_digamma(b) - ln_minus_digamma(a)
}

/// 0 for what is negative; NaN stays.
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// Up to here $`\tfrac1x + \ln x + \gamma`$ is all of the gap.
const TINY: f64 = 1e-100;

/// What a third and a fourth moment need.
const NEEDS: &str = "more than 4 degrees of freedom of the denominator";

/// So many degrees of freedom make a mean square certain,
const CERTAIN: f64 = 1e290;

/// beside one of at most so many,
const MOST_BESIDE: f64 = 1e100;

/// Closer to 1, the shares of all squares are so near to what is expected that their excess tells the density, however certain one mean square is.
const BESIDE_ONE: f64 = 0.3;

/// for a $`u`$ or $`1 - u`$ that is so small.
const NEGLIGIBLE: f64 = 1e-180;
