//! The most likely t distribution.

use super::cauchy::heaviest;
use super::laplace::smallest_median;
use super::ln_1p_gap::gap;
use super::student_t::StudentT;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, center_and_spread, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_calculus::brent;
use gradus_numeric::{CompensatedSum, digamma, trigamma};
use std::f64::consts::PI;
use std::iter::zip;

impl StudentT {
    /// The most likely t distribution with at least one degree of freedom: location, scale and degrees at once.
    ///
    /// For each $`\tau = 1 / \nu`$ from 1, the Cauchy law, to 0, the normal one, location and scale are found by weights that count what is far out
    /// little,
    ///
    /// ```math
    /// \mu = \frac{\sum_i w_i v_i x_i}{\sum_i w_i v_i}, \qquad \sigma^2 = \frac{\sum_i w_i v_i (x_i - \mu)^2}{\sum_i w_i v_i}, \qquad v_i = \frac{\nu + 1}{\nu + z_i^2},
    /// \qquad z_i = \frac{x_i - \mu}{\sigma},
    /// ```
    ///
    /// again and again (the expectation–maximization algorithm with one more parameter), which leads to their single top. Then $`\tau`$ is where the
    /// slope of the likelihood along these tops is 0, of several such places the likeliest. Standard errors come from the expected information.
    ///
    /// Below one degree of freedom tops are many, and for $`\nu < 1 / (n - 1)`$ the likelihood has no bound: it rises without end as the scale shrinks
    /// around any one observation.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite. [`ProbabilityError::NoMaximum`] if there are none, if half of the weight
    /// lies at one value, if the tails are no heavier than those of a normal law, towards which the likelihood then rises, or if they are
    /// heavier than those of a Cauchy law.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::StudentT;
    ///
    /// let fit = StudentT::fit(&[-9.0, -2.0, -1.0, 0.0, 1.0, 2.0, 9.0])?;
    /// let law = fit.distribution;
    /// assert!(law.location().abs() < 1e-14); // by symmetry
    /// // where the likelihood is flat along the scale, the mean of z² (ν + 1) / (ν + z²) is 1
    /// let share = |x: f64| {
    ///     let square = (x / law.scale()).powi(2);
    ///     square * (law.freedom() + 1.0) / (law.freedom() + square)
    /// };
    /// let mean = 2.0 * (share(1.0) + share(2.0) + share(9.0)) / 7.0;
    /// assert!((mean - 1.0).abs() < 1e-12);
    /// assert!(StudentT::fit(&[1.0, 2.0, 3.0, 4.0]).is_err()); // no tails: the normal law
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. L. Lange, R. J. A. Little and J. M. G. Taylor, *Robust statistical modeling using the t distribution*, JASA 84 (1989), 881–896, the information
    /// in appendix B; J. T. Kent, D. E. Tyler and Y. Vardi, *A curious likelihood identity for the multivariate t-distribution*, Commun. Statist. Simul. 23
    /// (1994), 441–453, for the weights; C. Fernández and M. F. J. Steel, *Multivariate Student-t regression models: pitfalls and inference*, Biometrika 86
    /// (1999), 153–167, for the missing bound.
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, mean) = weighted_mean(x, weights, |_| true)?;
        if heaviest(x, weights) >= 0.5 * n {
            let reason = "half of the weight lies at one value";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let sample = Sample {
            x,
            weights,
            n,
            mean,
        };
        let top = sample.highest()?;
        let law = Self::new(top.location, top.scale, 1.0 / top.tau)?;
        let errors = standard_errors(&top, n);
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }
}

/// Observations with their weights, the sum of these and the mean.
struct Sample<'a> {
    x: &'a [f64],
    weights: &'a [f64],
    n: f64,
    mean: f64,
}

/// The most likely location and scale for one $`\tau = 1 / \nu`$, and the slope of the mean log-likelihood along such tops, by $`\tau`$.
#[derive(Clone, Copy)]
struct Top {
    tau: f64,
    location: f64,
    scale: f64,
    slope: f64,
}

impl Sample<'_> {
    fn mean_of(&self, f: impl Fn(f64) -> f64) -> f64 {
        mean_of(self.x, self.weights, self.n, f)
    }

    /// The likeliest place between the ends where the slope falls through 0.
    fn highest(&self) -> Result<Top, ProbabilityError> {
        let tops = self.tops()?;
        let (normal, cauchy) = (tops[0], tops[tops.len() - 1]);
        let (mut best, mut most) = (None, f64::NEG_INFINITY);
        for pair in tops.windows(2) {
            if pair[0].slope > 0.0 && pair[1].slope <= 0.0 {
                let top = self.between(pair[0].tau, pair[1])?;
                let value = self.mean_ln_likelihood(&top)?;
                if value > most {
                    (best, most) = (Some(top), value);
                }
            }
        }
        if cauchy.slope > 0.0 && self.mean_ln_likelihood(&cauchy)? > most {
            let reason = "the tails are heavier than those of a Cauchy distribution";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        match best {
            Some(top) if normal.slope > 0.0 || self.mean_ln_likelihood(&normal)? < most => Ok(top),
            _ => {
                let reason = "the likelihood rises with the degrees of freedom, towards a normal distribution";
                Err(ProbabilityError::NoMaximum { reason })
            }
        }
    }

    /// The tops at the nodes, from the normal law to the Cauchy law, each found from the next heavier one.
    fn tops(&self) -> Result<Vec<Top>, ProbabilityError> {
        let median = smallest_median(self.x, self.weights, self.n);
        let away: Vec<_> = self.x.iter().map(|x| (x - median).abs()).collect();
        // positive, since no value has half of the weight
        let mut place = (median, smallest_median(&away, self.weights, self.n));
        let mut tops = Vec::with_capacity(NODES.len());
        for tau in NODES.into_iter().rev() {
            let top = self.top(tau, place)?;
            place = (top.location, top.scale);
            tops.push(top);
        }
        tops.reverse();
        Ok(tops)
    }

    /// Where the slope is 0 between a lighter node and a heavier one.
    fn between(&self, lighter: f64, heavier: Top) -> Result<Top, ProbabilityError> {
        let place = (heavier.location, heavier.scale);
        let slope = |tau: f64| self.top(tau, place).map_or(f64::NAN, |top| top.slope);
        let tau = match brent(slope, lighter, heavier.tau, ROUNDING * heavier.tau) {
            Ok(root) => root.value,
            Err(_) => return Err(NOT_SETTLED),
        };
        self.top(tau.max(f64::MIN_POSITIVE), place)
    }

    /// The most likely location and scale for $`\tau`$.
    fn top(&self, tau: f64, start: (f64, f64)) -> Result<Top, ProbabilityError> {
        let (location, scale) = if tau == 0.0 {
            center_and_spread(self.x, self.weights, self.n, self.mean)
        } else {
            self.settled(tau, start).ok_or(NOT_SETTLED)?
        };
        let square = |x: f64| ((x - location) / scale).powi(2);
        let heaviness = self.mean_of(|x| heaviness(tau, square(x)));
        Ok(Top {
            tau,
            location,
            scale,
            slope: 0.5 * (heaviness - expected_heaviness(tau)),
        })
    }

    /// Weighted means and spreads, until Newton's steps are short, then these.
    fn settled(&self, tau: f64, (mut location, mut scale): (f64, f64)) -> Option<(f64, f64)> {
        let mut longest = SHORT;
        for _ in 0..MOST_STEPS {
            let bend = self.bend(tau, location, scale);
            let [step, growth] = bend.newton();
            let length = step.abs().max(growth.abs());
            // a long step may lead anywhere, and so may one that is not much shorter than the one before
            let short = length <= longest;
            let [step, growth] = if short {
                [step, growth]
            } else {
                bend.weighted()
            };
            longest = if short { 0.5 * length } else { SHORT };
            location += scale * step;
            scale *= growth.exp();
            if short && length <= LAST + ROUNDING * location.abs() / scale {
                return Some((location, scale));
            }
        }
        None
    }

    /// The sums of one pass.
    fn bend(&self, tau: f64, location: f64, scale: f64) -> Bend {
        let mut sums = [CompensatedSum::default(); 6];
        for (x, w) in zip(self.x, self.weights).filter(|(_, w)| **w > 0.0) {
            let z = (x - location) / scale;
            let u = 1.0 / (1.0 + tau * z * z);
            let v = (1.0 + tau) * u;
            // v z and v z², also where the square overflows
            let (vz, vzz) = if z.abs() > 1.0 {
                let part = (1.0 + tau) / (1.0 / z / z + tau);
                (part / z, part)
            } else {
                (v * z, v * z * z)
            };
            let turned = 2.0 * u - 1.0; // (1 − τ z²) / (1 + τ z²)
            let terms = [v, vz, vzz, v * turned, vz * turned, 2.0 * vzz * u];
            zip(&mut sums, terms).for_each(|(sum, term)| sum.add(w / self.n * term));
        }
        Bend(sums.map(CompensatedSum::value))
    }

    /// The mean log-likelihood, that of the normal law for $`\tau = 0`$.
    fn mean_ln_likelihood(&self, top: &Top) -> Result<f64, ProbabilityError> {
        if top.tau == 0.0 {
            return Ok(-top.scale.ln() - 0.5 * (1.0 + (2.0 * PI).ln()));
        }
        let law = StudentT::new(top.location, top.scale, 1.0 / top.tau)?;
        Ok(self.mean_of(|x| law.ln_pdf(x)))
    }
}

/// Means of $`v, v z, v z^2, v t, v z t, 2 v z^2 u`$ with $`u = 1 / (1 + \tau z^2)`$, $`v = (1 + \tau) u`$ and $`t = 2u - 1`$.
struct Bend([f64; 6]);

impl Bend {
    /// By how many scales the location moves to the weighted mean, and the logarithm of the factor to the weighted spread.
    fn weighted(&self) -> [f64; 2] {
        let [v, vz, vzz, ..] = self.0;
        let step = vz / v;
        [step, 0.5 * (vzz / v - step * step).ln()]
    }

    /// The same by Newton's step, with the slopes $`v z`$ and $`v z^2 - 1`$; infinite where the log-likelihood is not concave.
    fn newton(&self) -> [f64; 2] {
        let [_, vz, vzz, vt, vzt, of_scale] = self.0;
        let (of_both, slope) = (vzt + vz, vzz - 1.0);
        let determinant = vt * of_scale - of_both * of_both;
        if !(determinant > 0.0 && vt > 0.0) {
            return [f64::INFINITY; 2];
        }
        [
            (of_scale * vz - of_both * slope) / determinant,
            (vt * slope - of_both * vz) / determinant,
        ]
    }
}

/// $`\nu^2 (\ln(1 + y) - \tfrac{y}{1 + y})`$ with $`y = \tau z^2`$; half the fourth power of z in the limit $`\tau \to 0`$.
///
/// The slope of the log-likelihood by $`\tau`$ is half the mean of this less its expectation: tails that are heavier than expected want a larger $`\tau`$.
fn heaviness(tau: f64, square: f64) -> f64 {
    let y = tau * square;
    if y <= 1.0 {
        square * square * (1.0 / (1.0 + y) - gap(y))
    } else {
        (y.ln_1p() - 1.0 / (1.0 + 1.0 / y)) / tau / tau
    }
}

/// $`\nu^2 (\psi(\tfrac{\nu + 1}2) - \psi(\tfrac\nu2) - \tfrac1{\nu + 1})`$, the expectation of [`heaviness`].
///
/// For many degrees of freedom by the series of the difference, $`\nu^{-1} + \sum_k (2^{2k} - 1) B_{2k} / k \nu^{2k}`$, from DLMF 5.11.2.
fn expected_heaviness(tau: f64) -> f64 {
    if tau > MANY {
        let nu = 1.0 / tau;
        let rise = digamma(0.5 * (nu + 1.0)) - digamma(0.5 * nu);
        return nu * nu * (rise - 1.0 / (nu + 1.0));
    }
    1.0 / (1.0 + tau) + even_series(tau, |c, _| c)
}

/// $`\operatorname{Var} \partial_\tau \ln p = \tfrac{\nu^4}{4} (\psi'(\tfrac\nu2) - \psi'(\tfrac{\nu + 1}2)) - \tfrac{\nu^3 (\nu + 5)}{2 (\nu + 1)(\nu + 3)}`$.
fn information(tau: f64) -> f64 {
    if tau > MANY {
        let nu = 1.0 / tau;
        let fall = 0.25 * (trigamma(0.5 * nu) - trigamma(0.5 * (nu + 1.0)));
        let rest = (nu + 5.0) / (2.0 * nu * (nu + 1.0) * (nu + 3.0));
        return nu.powi(4) * (fall - rest);
    }
    // the first two terms of the series and the quotient together, and the other terms
    let first = (7.0 + 3.0 * tau) / (2.0 * (1.0 + tau) * (1.0 + 3.0 * tau));
    first + even_series(tau, |c, k| if k > 1.0 { k * c / tau } else { 0.0 })
}

/// $`\sum_k f(c_k, k) \, \tau^{2k - 2}`$ with the coefficients $`c_k = (2^{2k} - 1) B_{2k} / k`$.
fn even_series(tau: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
    let numbered = (1_u8..).zip(COEFFICIENTS).map(|(k, c)| (f64::from(k), c));
    let terms = numbered.map(|(k, c)| f(c, k) * (tau * tau).powf(k - 1.0));
    terms.sum()
}

/// Those of location, scale and degrees of freedom.
fn standard_errors(top: &Top, n: f64) -> Vec<f64> {
    let (tau, nu) = (top.tau, 1.0 / top.tau);
    // the information about ln σ and τ
    let of_scale = 2.0 / (1.0 + 3.0 * tau);
    let of_both = of_scale / (1.0 + tau);
    let of_tau = information(tau);
    let determinant = n * (of_scale * of_tau - of_both * of_both);
    vec![
        top.scale * ((1.0 + 3.0 * tau) / (1.0 + tau) / n).sqrt(),
        top.scale * (of_tau / determinant).sqrt(),
        nu * nu * (of_scale / determinant).sqrt(),
    ]
}

/// $`c_1, \dots, c_7`$.
const COEFFICIENTS: [f64; 7] = [0.5, -0.25, 0.5, -2.125, 15.5, -172.75, 2730.5];

/// From 40 degrees of freedom on the series has all digits.
const MANY: f64 = 1.0 / 40.0;

/// Values of $`\tau`$ among which the slope is looked at: 0, the normal law, to 1, the Cauchy law.
const NODES: [f64; 8] = [0.0, 1.0 / 64.0, 1.0 / 32.0, 0.0625, 0.125, 0.25, 0.5, 1.0];

/// Of a mean, and of a quotient of means.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// A Newton's step of at most so many scales is tried.
const SHORT: f64 = 0.25;

/// After such a step the next one is not seen.
const LAST: f64 = 1e-9;

/// Ten are usual, more if an observation is many orders of magnitude away from the others.
const MOST_STEPS: usize = 2000;

/// The likelihood is too flat for its top to be found.
const NOT_SETTLED: ProbabilityError = ProbabilityError::NoMaximum {
    reason: "the search for it does not settle",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_differences_meet() {
        for tau in [MANY, 0.02] {
            let nu = 1.0 / tau;
            let rise = digamma(0.5 * (nu + 1.0)) - digamma(0.5 * nu);
            let direct = nu * nu * (rise - 1.0 / (nu + 1.0));
            // of terms ν² times as large
            assert!((expected_heaviness(tau) - direct).abs() < 1e-15 * nu * nu);
            let above = information(MANY * (1.0 + 1e-12));
            assert!((information(MANY) - above).abs() < 1e-10);
        }
        // a normal law: half of E z⁴, and the variance of (z⁴ − 2 z² − 1) / 4
        assert_eq!((expected_heaviness(0.0), information(1e-300)), (1.5, 3.5));
    }

    #[test]
    fn data_without_a_fit() {
        let reason = |x: &[f64]| match StudentT::fit(x) {
            Err(ProbabilityError::NoMaximum { reason }) => reason,
            other => panic!("{other:?}"),
        };
        assert!(reason(&[]).contains("no observations"));
        assert!(reason(&[1.0, 2.0]).contains("half"));
        assert!(reason(&[1.0, 2.0, 3.0, 4.0, 5.0]).contains("normal"));
        assert_eq!(
            reason(&[0.0, 1.0, -1.0, 2.0, 1e6, -1e7, 1e12]),
            "the tails are heavier than those of a Cauchy distribution"
        );
        let far = StudentT::fit(&[f64::NAN, 1.0]);
        assert!(matches!(
            far,
            Err(ProbabilityError::InvalidObservation { index: 0, .. })
        ));
    }

    #[test]
    fn one_observation_far_out() {
        let mut x: Vec<f64> = (0..40).map(f64::from).collect();
        x.push(200.0);
        let fit = StudentT::fit(&x).unwrap();
        assert!((fit.distribution.location() - 20.0).abs() < 1.0);
        for far in [1e9, 1e300] {
            x[40] = far; // Cauchy's tails are too light for it
            assert!(matches!(
                StudentT::fit(&x),
                Err(ProbabilityError::NoMaximum { .. })
            ));
        }
    }
}
