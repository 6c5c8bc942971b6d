//! Between two ends, with a favorite.

use super::closed_form::ln_both;
use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite};
use gradus_numeric::Real;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::f64::consts::SQRT_2;

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
    half: f64, // ½ (b − a)
    ln_half: f64,
    left: Side,
    right: Side,
}

/// What lies between an end and the mode.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Side {
    half: f64, // of its length
    mass: f64, // its share of the whole length
    root: f64, // of the mass
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
        let side = |side: f64| Side {
            half: side,
            mass: side / half,
            root: (side / half).sqrt(),
        };
        Ok(Self {
            low,
            mode,
            high,
            half,
            ln_half: half.ln(),
            left: side(0.5 * mode - 0.5 * low),
            right: side(0.5 * high - 0.5 * mode),
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
        0.5 + self.ln_half
    }

    /// The logarithm of the tail from an end to a point half of whose distance is given: of $`\lvert x - a \rvert / (b - a)`$ times the part of the
    /// way to the mode.
    fn ln_tail(&self, side: Side, half_way: f64) -> f64 {
        let ln_share = half_way.ln() - self.ln_half;
        (ln_share + (half_way / side.half).ln()).min(0.0)
    }
}

impl Side {
    /// The tail from the end to a point half of whose distance is given: the mass times the square of the part of the way to the mode.
    #[inline]
    fn before(&self, half_way: f64) -> f64 {
        let t = half_way / self.half;
        self.mass * t * t
    }

    /// The tail beyond the mode, to a point on the other side: the whole mass, and of the other one $`1 - (1 - t)^2 = t (2 - t)`$, both of them not
    /// negative.
    #[inline]
    fn beyond(&self, other: Side, half_way: f64) -> f64 {
        let t = half_way / other.half;
        (self.mass + other.mass * t * (2.0 - t)).min(1.0)
    }
}

impl Continuous for Triangular {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high {
            return f64::NEG_INFINITY;
        }
        let height = if x < self.mode {
            ((0.5 * x - 0.5 * self.low) / self.left.half).ln()
        } else if x == self.mode {
            0.0 // also where the side is a wall
        } else {
            ((0.5 * self.high - 0.5 * x) / self.right.half).ln()
        };
        height - self.ln_half
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x < self.mode {
            self.left.before(0.5 * x - 0.5 * self.low)
        } else if x < self.high {
            self.left.beyond(self.right, 0.5 * x - 0.5 * self.mode)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        if x >= self.high {
            0.0
        } else if x > self.mode {
            self.right.before(0.5 * self.high - 0.5 * x)
        } else if x > self.low {
            self.right.beyond(self.left, 0.5 * self.mode - 0.5 * x)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (ln_p, ln_q) = ln_both(self.tails(x));
        // a square may underflow, and a share
        if self.low < x && x < self.mode {
            (self.ln_tail(self.left, 0.5 * x - 0.5 * self.low), ln_q)
        } else if self.mode < x && x < self.high {
            (ln_p, self.ln_tail(self.right, 0.5 * self.high - 0.5 * x))
        } else {
            (ln_p, ln_q)
        }
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        // on which side of the mode, by the smaller of the two
        let before = if p <= q {
            p <= self.left.mass
        } else {
            q >= self.right.mass
        };
        let x = if before {
            let (from_end, from_mode) = place(p, q, self.left, self.right.mass);
            near(self.low, self.mode, self.half, from_end, from_mode)
        } else {
            let (from_end, from_mode) = place(q, p, self.right, self.left.mass);
            near(self.high, self.mode, -self.half, from_end, from_mode)
        };
        x.clamp(self.low, self.high)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.low / 3.0 + self.mode / 3.0 + self.high / 3.0)
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(4.0 * self.half * self.half * (1.0 - self.left.mass * self.right.mass) / 18.0)
    }

    /// By inversion, to a few roundings of the ends: of a draw far fewer digits are seen than of a quantile.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        let u = uniform(rng);
        let (end, way) = if u < self.left.mass {
            (self.low, self.half * (u * self.left.mass).sqrt())
        } else {
            (self.high, -self.half * ((1.0 - u) * self.right.mass).sqrt())
        };
        ((end + way) + way).clamp(self.low, self.high)
    }
}

impl StandardizedMoments for Triangular {
    /// $`\sqrt 2 \, (a + b - 2c)(2a - b - c)(a - 2b + c) / 5 \, (a^2 + b^2 + c^2 - ab - ac - bc)^{3/2}`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let (l, r) = (self.left.mass, self.right.mass); // of an interval of length 1
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

/// The log-density of the triangular distribution, as a function of the draw, both ends and the mode.
///
/// ```math
/// \ln p(x) = \ln \frac{2 (x - a)}{(b - a)(c - a)} \;\; (a \le x \le c), \qquad \ln \frac{2 (b - x)}{(b - a)(b - c)} \;\; (c \le x \le b)
/// ```
///
/// where $`a`$ is `low`, $`c`$ `mode` and $`b`$ `high`. For every [`Real`], so it can be differentiated by any of them; at the mode, where it has a kink, by the ends alone.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_x = 1 / (x - a)`$ before the mode, $`-1 / (b - x)`$ after it; $`\partial_c = -1 / (c - a)`$, $`1 / (b - c)`$ | `scores_between_ends` |
/// | that of [`Triangular`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// As [`Triangular`], by halves, for a width may overflow; $`-\infty`$ outside. NaN unless the mode lies between ends that differ.
///
/// # Examples
///
/// ```
/// use gradus_probability::triangular_ln_pdf;
///
/// assert_eq!(triangular_ln_pdf(1.0_f64, 0.0, 1.0, 2.0), 0.0); // a height of 1
/// assert_eq!(triangular_ln_pdf(0.5, 0.0, 1.0, 2.0), -std::f64::consts::LN_2);
/// ```
///
/// # References
///
/// As [`Triangular`].
#[must_use]
pub fn triangular_ln_pdf<R: Real>(x: R, low: R, mode: R, high: R) -> R {
    let (at, from, top, to) = (x.to_f64(), low.to_f64(), mode.to_f64(), high.to_f64());
    if at.is_nan() || !(from <= top && top <= to && from < to) {
        return R::from_f64(f64::NAN);
    }
    if at < from || at > to {
        return R::from_f64(f64::NEG_INFINITY);
    }
    let half = |from: R, to: R| R::from_f64(0.5) * to - R::from_f64(0.5) * from;
    let base = half(low, high).ln();
    if at < top {
        (half(low, x) / half(low, mode)).ln() - base
    } else if at > top {
        (half(x, high) / half(mode, high)).ln() - base
    } else {
        -base // also where the side is a wall
    }
}

/// How far the point with a tail p is from the end, and from the mode, in parts of the interval; by the smaller of p and q.
#[inline]
fn place(p: f64, q: f64, side: Side, r: f64) -> (f64, f64) {
    let l = side.mass;
    if p <= q {
        let y = p.sqrt() * side.root; // the product may underflow
        return (y, l - y);
    }
    let square = ((q - r) * l).max(0.0); // l² − y²
    let y = (l * l - square).max(0.0).sqrt();
    (y, square / (l + y))
}

/// The point so far from one end, counted from whichever is nearer, the end or the mode; by halves, for the whole interval may be longer than
/// any number.
#[inline]
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
