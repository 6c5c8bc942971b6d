//! Brent's method for a minimum.

use crate::core::counted::Plain;
use crate::error::MinimizeError;
use crate::scalar::golden_section::{Minimum, RATIO, finite, interval};

/// The minimum of a function of one variable, by parabolas where they help and the golden section where they do not.
///
/// ```math
/// u = x - \frac{(x - w)^2 (f_x - f_v) - (x - v)^2 (f_x - f_w)}{2 \left[(x - w)(f_x - f_v) - (x - v)(f_x - f_w)\right]}
/// ```
///
/// is the bottom of the parabola through the three lowest points $`x, w, v`$ so far. It is taken if it lies inside of the
/// interval and is less than half as far away as the step before the last was; otherwise the larger part of the interval
/// is cut in the golden ratio. As sure as [`golden_section`](crate::golden_section), and on smooth functions much faster.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | finds what the golden section finds | `brent_agrees_with_the_golden_section` |
/// | with fewer evaluations on smooth functions | `brent_needs_fewer_evaluations_than_the_golden_section` |
///
/// # Numerics
///
/// `tolerance` bounds the distance to the minimum, beside $`1.5 \cdot 10^{-8} \lvert x \rvert`$, the root of the
/// rounding unit: closer the values cannot tell.
///
/// # Errors
///
/// As [`golden_section`](crate::golden_section).
///
/// # Examples
///
/// ```
/// use gradus_minimize::brent;
///
/// let minimum = brent(|x| x * x.ln(), 0.0, 1.0, 1e-9)?; // at 1/e
/// assert!((minimum.x - (-1.0_f64).exp()).abs() < 1e-8);
/// assert!(minimum.evaluations < 20);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// R. P. Brent, *Algorithms for Minimization without Derivatives*, Prentice-Hall 1973, chapter 5.
#[doc(alias = "fminbound")]
pub fn brent(
    mut f: impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<Minimum, MinimizeError> {
    let [mut a, mut b] = interval(low, high, tolerance)?;
    let mut f = |x: &[f64]| f(x[0]);
    let mut f = Plain::new(&mut f);
    let start = a + (1.0 - RATIO) * (b - a);
    let mut best = Lowest::new(start, f.at(&[start]));
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    loop {
        let middle = 0.5 * a + 0.5 * b;
        let nearest = f64::EPSILON.sqrt() * best.x.abs() + tolerance / 3.0;
        if (best.x - middle).abs() <= 2.0 * nearest - 0.5 * (b - a) {
            return finite(best.x, best.at_x, f.evaluations);
        }
        let parabola = best.parabola().filter(|p| {
            let u = best.x + p;
            p.abs() < 0.5 * before.abs() && a < u && u < b
        });
        before = step;
        step = match parabola {
            // Not within the tolerance of an end: the next step would have no room.
            Some(p) if best.x + p - a < 2.0 * nearest || b - best.x - p < 2.0 * nearest => {
                nearest.copysign(middle - best.x)
            }
            Some(p) => p,
            None => {
                before = if best.x < middle { b } else { a } - best.x;
                (1.0 - RATIO) * before
            }
        };
        // A shorter step than the tolerance tells nothing new.
        let u = best.x + step.abs().max(nearest).copysign(step);
        let at_u = f.at(&[u]);
        let (left, right) = if u < best.x { (u, best.x) } else { (best.x, u) };
        match (at_u <= best.at_x, u < best.x) {
            (true, true) | (false, false) => b = right,
            (true, false) | (false, true) => a = left,
        }
        best.insert(u, at_u);
    }
}

/// The three lowest points: x, then w, then v.
struct Lowest {
    x: f64,
    at_x: f64,
    w: f64,
    at_w: f64,
    v: f64,
    at_v: f64,
}

impl Lowest {
    fn new(x: f64, at: f64) -> Self {
        Self {
            x,
            at_x: at,
            w: x,
            at_w: at,
            v: x,
            at_v: at,
        }
    }

    /// From x to the bottom of the parabola, if the three points are on one.
    fn parabola(&self) -> Option<f64> {
        let r = (self.x - self.w) * (self.at_x - self.at_v);
        let q = (self.x - self.v) * (self.at_x - self.at_w);
        let p = (self.x - self.v) * q - (self.x - self.w) * r;
        let step = p / (2.0 * (r - q));
        step.is_finite().then_some(step)
    }

    fn insert(&mut self, u: f64, at_u: f64) {
        if at_u <= self.at_x {
            (self.v, self.at_v) = (self.w, self.at_w);
            (self.w, self.at_w) = (self.x, self.at_x);
            (self.x, self.at_x) = (u, at_u);
        } else if at_u <= self.at_w || self.w == self.x {
            (self.v, self.at_v) = (self.w, self.at_w);
            (self.w, self.at_w) = (u, at_u);
        } else if at_u <= self.at_v || self.v == self.x || self.v == self.w {
            (self.v, self.at_v) = (u, at_u);
        }
    }
}
