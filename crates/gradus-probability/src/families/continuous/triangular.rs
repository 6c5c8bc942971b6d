//! Between two ends, with a favorite.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite};
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::f64::consts::SQRT_2;
use std::iter::zip;

/// The triangular distribution: a density that rises in a line from one end to the mode, and falls in a line to the other.
///
/// ```math
/// F(x) = \frac{(x - a)^2}{(b - a)(c - a)} \;\; (a \le x \le c), \qquad 1 - F(x) = \frac{(b - x)^2}{(b - a)(b - c)} \;\; (c \le x \le b)
/// ```
///
/// where $`a`$ is `low`, $`c`$ `mode` and $`b`$ `high`. What is left of an estimate of which only a smallest, a likeliest and a largest
/// value are told; for $`c`$ in the middle, the mean of two uniform draws. Mean $`(a + b + c) / 3`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | $`F' = p`$ | `densities_of_families_are_slopes` |
/// | moments are integrals | `moments_of_triangles_are_integrals` |
/// | draws (Kolmogorov–Smirnov) | `draws_of_families_follow_their_tails` |
/// | no other mode is more likely than that of the fit | `no_other_mode_is_more_likely` |
///
/// # Numerics
///
/// Each tail is a sum of terms that are not negative; nothing cancels even if the mode is an end. Half the interval is used where its length
/// overflows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Triangular};
///
/// let days = Triangular::new(1.0, 2.0, 5.0)?;
/// assert_eq!((days.cdf(2.0), days.pdf(2.0)), (0.25, 0.5));
/// assert!((days.mean()? - 8.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// S. Kotz and J. R. van Dorp, *Beyond Beta* (2004), ch. 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
    half: f64,  // ½ (b − a)
    left: f64,  // (c − a) / (b − a)
    right: f64, // (b − c) / (b − a)
}

impl Triangular {
    /// From `low` to `high`, most likely near `mode`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless all are finite, `low` lies below `high`, and `mode` between them or on one of them.
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self, ProbabilityError> {
        finite("low", low)?;
        finite("high", high)?;
        let half = 0.5 * high - 0.5 * low;
        if half <= 0.0 {
            return Err(ProbabilityError::Domain {
                name: "high",
                value: high,
            });
        }
        if !(low..=high).contains(&mode) {
            return Err(ProbabilityError::Domain {
                name: "mode",
                value: mode,
            });
        }
        let share = |from: f64, to: f64| (0.5 * to - 0.5 * from) / half;
        let (left, right) = (share(low, mode), share(mode, high));
        Ok(Self {
            low,
            mode,
            high,
            half,
            left,
            right,
        })
    }

    /// $`a`$.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// $`b`$.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The most likely mode between two known ends: one of the observations, without a standard error.
    ///
    /// Between two neighbors the log-likelihood, $`-W_{<c} \ln(c - a) - W_{>c} \ln(b - c)`$ and a constant with the weights on both sides of $`c`$, is convex: its
    /// top is at an observation, with a kink instead of a slope zero, so there is no information. The ends are not estimated: a likelihood that is highest at
    /// some observation for each pair of ends has many tops.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] for ends as in [`new`](Self::new), [`ProbabilityError::InvalidObservation`] for an observation that is not between them,
    /// [`ProbabilityError::NoMaximum`] if there are none, or if some lie on both ends, where the density is 0 for all modes but one.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Triangular;
    ///
    /// let fit = Triangular::fit(0.0, 1.0, &[0.1, 0.25, 0.3, 0.4, 0.45, 0.6, 0.75, 0.8])?;
    /// assert_eq!(fit.distribution, Triangular::new(0.0, 0.3, 1.0)?); // their example
    /// assert!(fit.standard_errors.is_empty());
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// The example, and the theorem: Kotz and van Dorp, *Beyond Beta* (2004), §1.4; N. L. Johnson and S. Kotz, *Non-smooth sailing or triangular distributions revisited after some 50 years*, The
    /// Statistician 48 (1999), 179–187.
    pub fn fit(low: f64, high: f64, x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(low, high, x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        low: f64,
        high: f64,
        x: &[f64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        Self::new(low, low, high)?;
        weighted_mean(x, weights, |x| (low..=high).contains(&x))?;
        let mut seen: Vec<_> = zip(x, weights).filter(|(_, w)| **w > 0.0).collect();
        seen.sort_by(|a, b| a.0.total_cmp(b.0));
        let before =
            ln_likelihood_of_one_side(seen.iter().map(|(x, w)| (part(low, **x, high), **w)));
        let from_above = seen.iter().rev();
        let beyond =
            ln_likelihood_of_one_side(from_above.map(|(x, w)| (part(high, **x, low), **w)));
        let (mut mode, mut most) = (None, f64::NEG_INFINITY);
        for ((x, _), value) in zip(&seen, zip(before, beyond.into_iter().rev())) {
            if value.0 + value.1 > most {
                (mode, most) = (Some(**x), value.0 + value.1);
            }
        }
        let reason = "observations lie on both ends";
        let mode = mode.ok_or(ProbabilityError::NoMaximum { reason })?;
        let law = Self::new(low, mode, high)?;
        Ok(Fit::of(law, Vec::new(), x, weights, Self::ln_pdf))
    }

    /// The differential entropy in nats: $`\tfrac12 + \ln((b - a) / 2)`$, whatever the mode.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Triangular;
    ///
    /// assert_eq!(Triangular::new(0.0, 0.5, 2.0)?.entropy(), 0.5);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        0.5 + self.half.ln()
    }

    /// The logarithm of the tail from an end to a point on the same side of the mode: of $`\lvert x - a \rvert / (b - a)`$ times the part of the way
    /// to the mode.
    fn ln_tail(&self, end: f64, x: f64) -> f64 {
        let ln_share = (0.5 * x - 0.5 * end).abs().ln() - self.half.ln();
        (ln_share + part(end, x, self.mode).ln()).min(0.0)
    }

    /// The tail from an end to a point on the same side of the mode: $`\lvert x - a \rvert / (b - a)`$ times the part of the way to the mode.
    #[inline]
    fn before(&self, end: f64, x: f64) -> f64 {
        let way = (0.5 * x - 0.5 * end).abs();
        way / self.half * (way / (0.5 * self.mode - 0.5 * end).abs())
    }

    /// The tail beyond the mode, to a point on the side of the other end: the whole side before the mode, of mass `side`, and a sum of terms that are
    /// not negative.
    #[inline]
    fn beyond(&self, side: f64, x: f64, end: f64) -> f64 {
        let way = (0.5 * x - 0.5 * self.mode).abs();
        let rest = 2.0 - way / (0.5 * end - 0.5 * self.mode).abs();
        (side + way / self.half * rest).min(1.0)
    }
}

impl Continuous for Triangular {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        if !(self.low..=self.high).contains(&x) {
            return f64::NEG_INFINITY;
        }
        let height = if x < self.mode {
            part(self.low, x, self.mode).ln()
        } else if x > self.mode {
            part(self.high, x, self.mode).ln()
        } else {
            0.0 // also where the side is a wall
        };
        height - self.half.ln()
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x < self.mode {
            self.before(self.low, x)
        } else if x < self.high {
            self.beyond(self.left, x, self.high)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        if x >= self.high {
            0.0
        } else if x > self.mode {
            self.before(self.high, x)
        } else if x > self.low {
            self.beyond(self.right, x, self.low)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (ln_p, ln_q) = ln_both(self.tails(x));
        // a square may underflow, and a share
        if self.low < x && x < self.mode {
            (self.ln_tail(self.low, x), ln_q)
        } else if self.mode < x && x < self.high {
            (ln_p, self.ln_tail(self.high, x))
        } else {
            (ln_p, ln_q)
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        // on which side of the mode, by the smaller of the two
        let before = if p <= q {
            p <= self.left
        } else {
            q >= self.right
        };
        let x = if before {
            let (from_end, from_mode) = place(p, q, self.left, self.right);
            near(self.low, self.mode, self.half, from_end, from_mode)
        } else {
            let (from_end, from_mode) = place(q, p, self.right, self.left);
            near(self.high, self.mode, -self.half, from_end, from_mode)
        };
        x.clamp(self.low, self.high)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.low / 3.0 + self.mode / 3.0 + self.high / 3.0)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(4.0 * self.half * self.half * (1.0 - self.left * self.right) / 18.0)
    }

    /// By inversion, to a few roundings of the ends: of a draw far fewer digits are seen than of a quantile.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let u = uniform(rng);
        let (end, way) = if u < self.left {
            (self.low, self.half * (u * self.left).sqrt())
        } else {
            (self.high, -self.half * ((1.0 - u) * self.right).sqrt())
        };
        ((end + way) + way).clamp(self.low, self.high)
    }
}

impl StandardizedMoments for Triangular {
    /// $`\sqrt 2 \, (a + b - 2c)(2a - b - c)(a - 2b + c) / 5 \, (a^2 + b^2 + c^2 - ab - ac - bc)^{3/2}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (l, r) = (self.left, self.right); // of an interval of length 1
        Ok(SQRT_2 * (r - l) * (1.0 + l) * (1.0 + r) / (5.0 * (1.0 - l * r).powf(1.5)))
    }

    /// −3/5, whatever the parameters.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        Ok(-0.6)
    }
}

impl Mode for Triangular {
    type Outcome = f64;

    /// $`c`$.
    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.mode)
    }
}

/// What part of the way from one point to another a third lies at; by halves.
fn part(from: f64, at: f64, to: f64) -> f64 {
    (0.5 * at - 0.5 * from) / (0.5 * to - 0.5 * from)
}

/// $`\sum_{j < i} w_j \ln(p_j / p_i)`$ for each point, of points by their distance from an end: what those before it add to the log-likelihood if the mode is there.
fn ln_likelihood_of_one_side(points: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    let values = points.map(|(p, weight)| {
        let ln = p.ln();
        // all before a point on the end lie there too
        let value = if p == 0.0 { 0.0 } else { sum - total * ln };
        (sum, total) = (sum + weight * ln, total + weight);
        value
    });
    values.collect()
}

/// How far the point with a tail p is from the end, and from the mode, in parts of the interval; by the smaller of p and q.
fn place(p: f64, q: f64, l: f64, r: f64) -> (f64, f64) {
    if p <= q {
        let y = p.sqrt() * l.sqrt(); // the product may underflow
        return (y, l - y);
    }
    let square = ((q - r) * l).max(0.0); // l² − y²
    let y = (l * l - square).max(0.0).sqrt();
    (y, square / (l + y))
}

/// The point so far from one end, counted from whichever is nearer, the end or the mode; by halves, for the whole interval may be longer than
/// any number.
fn near(end: f64, mode: f64, half: f64, from_end: f64, from_mode: f64) -> f64 {
    if from_end <= from_mode {
        2.0 * (0.5 * end + from_end * half)
    } else {
        2.0 * (0.5 * mode - from_mode * half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangles_with_a_wall() {
        for mode in [0.0, 1.0] {
            let wall = Triangular::new(0.0, mode, 1.0).unwrap();
            assert!((wall.ln_pdf(mode) - std::f64::consts::LN_2).abs() < 1e-15);
            assert_eq!((wall.cdf(0.0), wall.cdf(1.0)), (0.0, 1.0));
            assert_eq!((wall.quantile(0.0), wall.quantile(1.0)), (0.0, 1.0));
            assert_eq!(
                wall.quantile(0.25),
                if mode == 0.0 {
                    0.25 / (1.0 + 0.75_f64.sqrt())
                } else {
                    0.5
                }
            );
        }
    }

    #[test]
    fn triangles_that_are_none() {
        assert!(
            Triangular::new(0.0, 2.0, 1.0).is_err() && Triangular::new(0.0, f64::NAN, 1.0).is_err()
        );
        assert!(
            Triangular::new(1.0, 1.0, 1.0).is_err()
                && Triangular::new(0.0, 0.5, f64::INFINITY).is_err()
        );
        assert!(
            Triangular::new(-f64::MAX, 0.0, f64::MAX)
                .unwrap()
                .variance()
                .unwrap()
                .is_infinite()
        );
    }
}
