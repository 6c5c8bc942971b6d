//! The entropy of counts before the r-th success.

use super::negative_binomial::NegativeBinomial;
use super::smooth_sum::{FIRST_SMOOTH, LARGEST_SHAPE, end_correction, integral_of_logarithm};
use super::stride_sum::{entropy_by_strides, entropy_of_bell, surprise};
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::families::continuous::gamma::Gamma;
use gradus_numeric::{deviance, stirling_error};
use std::f64::consts::PI;

impl NegativeBinomial {
    /// The entropy in nats: $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k)`$, which has no closed form.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the sum of its definition | `entropies_of_counts_are_sums` |
    /// | one success: that of [`Geometric`](crate::Geometric) | `entropies_of_sums_grow` |
    /// | at most that of the geometric law with this mean | `no_count_has_more_entropy_than_a_geometric_one` |
    ///
    /// # Numerics
    ///
    /// Some hundred terms where the law is a bell or its tail short. Else the first 128 terms, and for all others an integral over the logarithm of the
    /// count with Gauss's end correction, at most some thousand pieces. Beyond $`2^{60}`$ counts the law is that of its [`Gamma`](crate::Gamma) mean.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::NegativeBinomial;
    ///
    /// // tosses until a head: 2 bits
    /// let tails = NegativeBinomial::new(1.0, 0.5)?;
    /// assert!((tails.entropy() - 2.0 * std::f64::consts::LN_2).abs() < 1e-14);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let (r, p) = (self.successes(), self.probability());
        let mean = r * (1.0 - p) / p;
        if r < LARGEST_SHAPE && p < SHORT {
            return entropy_of_long_tail(self, r, p);
        }
        // Where the mode exceeds 64 bits, so does the mean 2⁶⁰.
        let top = self.mode().unwrap_or(u64::MAX);
        if mean >= MOST_COUNTS {
            return entropy_of_mean(r, p);
        }
        let (ends, ln_mass) = ((0, u64::MAX), |k| self.ln_pmf(k));
        if r < LARGEST_SHAPE {
            entropy_by_strides(top, 1, ends, ln_mass)
        } else {
            entropy_of_bell(top, (mean / p).sqrt(), ends, ln_mass)
        }
    }
}

/// Of so many counts that they are as good as real: that of a gamma law of shape r and of the standard deviation $`\sqrt{r q} / p`$.
fn entropy_of_mean(r: f64, p: f64) -> f64 {
    let ln_unit = 0.5 * (-p).ln_1p() - p.ln();
    Gamma::new(r, 1.0).map_or(f64::NAN, |law| law.entropy()) + ln_unit // the shape was checked
}

/// With a power at 0 and a long tail: with $`c = -\ln(1 - p)`$ and $`u = \ln(c x)`$,
///
/// ```math
/// x \operatorname{P}(X = x) = \frac{(p / c)^r}{\Gamma(r)} \, e^{r u - e^u} \, \frac{\Gamma(x + r)}{\Gamma(x) \, x^r}
/// ```
fn entropy_of_long_tail(law: &NegativeBinomial, r: f64, p: f64) -> f64 {
    let c = -(-p).ln_1p();
    // of the gamma law that the first two factors are, in Loader's form
    let height = 0.5 * (r.ln() - (2.0 * PI).ln()) - stirling_error(r) + r * (p / c).ln();
    let term = |u: f64| {
        let ln_x = u - c.ln();
        let ln_share = height - deviance(r, u.exp()) + ln_rise(ln_x.exp(), r);
        ln_share.exp() * (ln_x - ln_share)
    };
    let mass = |k: u64| surprise(law.ln_pmf(k));
    let start = (c * (FIRST_SMOOTH as f64 - 0.5)).ln();
    (0..FIRST_SMOOTH).map(mass).sum::<f64>()
        + end_correction(FIRST_SMOOTH, mass)
        + integral_of_logarithm(start, LONGEST.ln(), term)
}

/// $`\ln \frac{\Gamma(x + r)}{\Gamma(x) \, x^r}`$, by what Stirling's formula lacks.
fn ln_rise(x: f64, r: f64) -> f64 {
    if x > FAR {
        return 0.0; // r² / 2x
    }
    (x + r - 0.5) * (r / x).ln_1p() - r + stirling_error(x + r) - stirling_error(x)
}

/// From this probability of success on a tail has some hundred counts.
const SHORT: f64 = 1.0 / 16.0;

/// A tail beyond so many means of the time until a success is $`e^{-1000}`$, and with the power 100 still below $`e^{-300}`$.
const LONGEST: f64 = 1000.0;

/// $`2^{60}`$: laws of more counts are as good as continuous.
const MOST_COUNTS: f64 = (1_u64 << 60) as f64;

/// From here on $`100^2 / 2x`$ is lost in rounding.
const FAR: f64 = 1e20;
