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
use std::hint::select_unpredictable;

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
    turn: f64, // up to it a point lies on the left side: the mode, unless there is no left side
    half: f64, // ½ (b − a)
    ln_half: f64,
    unit: f64, // 1, or ½ if the length of the interval overflows
    left: Side,
    right: Side,
    lower: [Parabola; 2], // F, on the left side and on the right one
    upper: [Parabola; 2], // 1 − F
}

/// What lies between an end and the mode.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Side {
    end: f64,
    inwards: f64,   // ½ (b − a), from the end to the mode
    mass: f64,      // its share of the whole length
    root: f64,      // of the mass
    steepness: f64, // of the density: 1 over ½ (b − a) and the length of the side, in the unit
}

/// A tail on one side, $`b + m \, t (c + s t)`$, where t is the distance from a point in parts of the side.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parabola {
    from: f64,
    length: f64, // of the side, in the unit
    base: f64,
    mass: f64,
    slope: f64,
    bend: f64,
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
        let unit = if (high - low).is_finite() { 1.0 } else { 0.5 };
        let (l, r) = (unit * mode - unit * low, unit * high - unit * mode);
        let smaller = l.min(r) / (unit * high - unit * low);
        let larger = 1.0 - smaller; // no sum of the two is above 1
        let (l_mass, r_mass) = if l <= r {
            (smaller, larger)
        } else {
            (larger, smaller)
        };
        let side = |end: f64, inwards: f64, mass: f64, length: f64| Side {
            end,
            inwards,
            mass,
            root: mass.sqrt(),
            steepness: 1.0 / length / half,
        };
        let (left, right) = (side(low, half, l_mass, l), side(high, -half, r_mass, r));
        let (in_left, in_right) = ((l, left.mass), (r, right.mass));
        Ok(Self {
            low,
            mode,
            high,
            turn: if mode > low { mode } else { f64::NEG_INFINITY },
            half,
            ln_half: half.ln(),
            unit,
            left,
            right,
            lower: [
                Parabola::before(low, in_left),
                Parabola::beyond(mode, in_right, left.mass),
            ],
            upper: [
                Parabola::beyond(mode, in_left, right.mass),
                Parabola::before(high, in_right),
            ],
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

    /// The part of the side of a parabola that lies between its start and a point.
    #[inline]
    fn part(&self, parabola: &Parabola, x: f64) -> f64 {
        (self.unit * x - self.unit * parabola.from).abs() / parabola.length
    }

    /// The tail from the end on whose side a point lies.
    fn before(&self, x: f64) -> &Parabola {
        if x > self.turn {
            &self.upper[1]
        } else {
            &self.lower[0]
        }
    }

    /// The tail at a point inside. No branch depends on the point: draws would lie on either side.
    #[inline]
    fn tail(&self, sides: &[Parabola; 2], x: f64) -> f64 {
        let parabola = &sides[usize::from(x > self.turn)];
        let t = self.part(parabola, x);
        parabola.base + parabola.mass * t * (parabola.slope + parabola.bend * t)
    }

    /// The logarithm of the tail from an end to a point before the mode, $`m t^2`$.
    fn ln_tail(&self, before: &Parabola, x: f64) -> f64 {
        let distance = (self.unit * x - self.unit * before.from).abs();
        let ln_share = distance.ln() - (self.unit * self.high - self.unit * self.low).ln();
        (ln_share + (distance / before.length).ln()).min(0.0)
    }
}

impl Parabola {
    /// The tail from an end to a point before the mode: the mass times the square of the part of the way.
    fn before(end: f64, (length, mass): (f64, f64)) -> Self {
        Self {
            from: end,
            length,
            base: 0.0,
            mass,
            slope: 0.0,
            bend: 1.0,
        }
    }

    /// The tail beyond the mode: the whole mass of the other side, and of this one $`1 - (1 - t)^2 = t (2 - t)`$, both of them not negative.
    fn beyond(mode: f64, (length, mass): (f64, f64), base: f64) -> Self {
        Self {
            from: mode,
            length,
            base,
            mass,
            slope: 2.0,
            bend: -1.0,
        }
    }
}

impl Continuous for Triangular {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high {
            return f64::NEG_INFINITY;
        }
        let side = select_unpredictable(x > self.turn, &self.right, &self.left);
        let density = (self.unit * x - self.unit * side.end).abs() * side.steepness;
        if density.is_normal() {
            density.ln()
        } else {
            self.part(self.before(x), x).ln() - self.ln_half
        }
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), self.sf(x))
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x < self.high {
            self.tail(&self.lower, x)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        if x >= self.high {
            0.0
        } else if x > self.low {
            self.tail(&self.upper, x)
        } else {
            x.clamp(1.0, 1.0) // NaN stays
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        let (ln_p, ln_q) = ln_both(self.tails(x));
        // a square may underflow, and a share
        if self.low < x && x < self.mode {
            (self.ln_tail(&self.lower[0], x), ln_q)
        } else if self.mode < x && x < self.high {
            (ln_p, self.ln_tail(&self.upper[1], x))
        } else {
            (ln_p, ln_q)
        }
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        // how far below that of the mode, by the smaller of the two, which is exact
        let short = select_unpredictable(p <= q, self.left.mass - p, q - self.right.mass);
        // no branch depends on the probability: as if it were one of the left side
        let before = short >= 0.0;
        let side = select_unpredictable(before, &self.left, &self.right);
        let (p, q) = (
            select_unpredictable(before, p, q),
            select_unpredictable(before, q, p),
        );
        let (from_end, from_mode) = place([p, q], short.abs(), side);
        // counted from whichever is nearer; by halves, for the interval may be longer than any number
        let start = select_unpredictable(from_end <= from_mode, side.end, self.mode);
        let nearer = if from_end < from_mode {
            from_end
        } else {
            from_mode
        };
        let way = nearer.copysign(from_mode - from_end) * side.inwards;
        (2.0 * (0.5 * start + way)).clamp(self.low, self.high)
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

/// How far the point with a tail p is from the end, $`y = \sqrt{l p}`$, and from the mode, $`l - y = l (l - p) / (l + y)`$, in parts of the interval; l is the mass of
/// the side. Where p is the larger one of p and $`q = 1 - p`$, and rounded, it is taken from the difference.
#[inline]
fn place([p, q]: [f64; 2], short: f64, side: &Side) -> (f64, f64) {
    let (exact, l) = (p <= q, side.mass);
    let tail = select_unpredictable(exact, p, l) - select_unpredictable(exact, 0.0, short);
    let y = tail.sqrt() * side.root; // the product may underflow
    (y, l * (short / (l + y).max(f64::MIN_POSITIVE))) // the side may be empty
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
