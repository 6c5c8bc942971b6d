//! Moré and Thuente's search for a step with both of Wolfe's conditions.

use crate::core::counted::Smooth;
use crate::core::point::Point;
use crate::core::vector::{along, dot};
use crate::line_search::rule::{LineStep, slack};

/// Most trials; MINPACK-2 takes 20.
const TRIALS: usize = 40;

/// A place on the line: how far, the value and the slope.
#[derive(Clone, Copy)]
struct Place {
    t: f64,
    f: f64,
    d: f64,
}

impl Place {
    /// The same place of $`\varphi(t) - c_1 t \varphi'(0)`$.
    fn tilted(self, by: f64) -> Self {
        Self {
            f: self.f - self.t * by,
            d: self.d - by,
            ..self
        }
    }
}

/// What is known: the best place, the other end, and whether a minimum lies between.
#[derive(Clone, Copy)]
struct Interval {
    best: Place,
    other: Place,
    encloses: bool,
}

/// The first trial that keeps both conditions; `trial` is the first and `most` the last allowed length. At `most` the
/// first condition is enough: beyond, the line leaves the box that the caller searches.
pub(crate) fn strong_wolfe(
    f: &mut Smooth<'_>,
    at: &Point,
    p: &[f64],
    [trial, most]: [f64; 2],
    [decrease, curvature]: [f64; 2],
) -> Option<LineStep> {
    let slope = dot(&at.gradient, p);
    let start = Place {
        t: 0.0,
        f: at.value,
        d: slope,
    };
    let tilt = decrease * slope;
    let mut interval = Interval {
        best: start,
        other: start,
        encloses: false,
    };
    let (mut t, mut most) = (trial.min(most), most);
    let (mut first_stage, mut widths) = (true, [f64::INFINITY; 2]);
    let mut best: Option<LineStep> = None;
    for _ in 0..TRIALS {
        let point = f.at(&along(&at.x, t, p));
        if !point.value.is_finite() {
            // Outside of the domain: never as far again.
            most = t;
            t = interval.best.t + 0.1 * (t - interval.best.t);
            continue;
        }
        let here = Place {
            t,
            f: point.value,
            d: dot(&point.gradient, p),
        };
        let low = here.f <= start.f + t * tilt + slack(start.f);
        let flat = here.d.abs() <= -curvature * slope;
        let step = LineStep { length: t, point };
        if low && (flat || (t == most && here.d <= tilt)) {
            return Some(step);
        }
        if low
            && best
                .as_ref()
                .is_none_or(|b| step.point.value < b.point.value)
        {
            best = Some(step);
        }
        first_stage = first_stage && !(low && here.d >= 0.0);
        // As long as no trial has gained enough, the search is for the minimum of the tilted function.
        let tilted = first_stage && !low && here.f <= interval.best.f;
        let next = interval.refine(here, most, if tilted { tilt } else { 0.0 });
        t = interval.shortened(next, &mut widths).min(most);
        if !(t.is_finite() && interval.has_room(t)) {
            break;
        }
    }
    // No trial keeps both conditions: the lowest one, if it is lower than the start and not the start.
    best.filter(|step| step.point.value < at.value && step.point.x != at.x)
}

impl Interval {
    /// Takes a trial in, and proposes the next one, by the four cases of Moré and Thuente.
    fn refine(&mut self, here: Place, most: f64, tilt: f64) -> f64 {
        let (best, other, new) = (
            self.best.tilted(tilt),
            self.other.tilted(tilt),
            here.tilted(tilt),
        );
        let [near, ahead] = self.reach(here, most);
        let turned = new.d * best.d.signum() < 0.0;
        let next = if new.f > best.f {
            let (cubic, quadratic) = (cubic(best, new), parabola(best, new));
            self.encloses = true;
            if (cubic - best.t).abs() < (quadratic - best.t).abs() {
                cubic
            } else {
                cubic + (quadratic - cubic) / 2.0
            }
        } else if turned {
            self.encloses = true;
            farther(cubic(new, best), secant(new, best), new.t)
        } else if new.d.abs() < best.d.abs() {
            let cubic = cubic_beyond(new, best).unwrap_or(ahead);
            let secant = secant(new, best);
            if self.encloses {
                // Two thirds of the way to the other end, so that the interval shrinks.
                let limit = new.t + 0.66 * (other.t - new.t);
                let next = nearer(cubic, secant, new.t);
                if new.t > best.t {
                    next.min(limit)
                } else {
                    next.max(limit)
                }
            } else {
                farther(cubic, secant, new.t)
                    .min(ahead)
                    .max(near.min(ahead))
            }
        } else if self.encloses {
            cubic(new, other)
        } else {
            ahead
        };
        if new.f > best.f {
            self.other = here;
        } else {
            if turned {
                self.other = self.best;
            }
            self.best = here;
        }
        next
    }

    /// How far ahead a trial must and may lie: up to the other end, or some times the last step if there is none.
    fn reach(&self, here: Place, most: f64) -> [f64; 2] {
        if self.encloses {
            return [here.t, self.other.t];
        }
        let step = here.t - self.best.t;
        let near = if self.best.t == 0.0 {
            0.0
        } else {
            here.t + 1.1 * step
        };
        [near, (here.t + 4.0 * step).min(most)]
    }

    /// Halves the interval if two trials have not shortened it by a third.
    fn shortened(&self, next: f64, widths: &mut [f64; 2]) -> f64 {
        if !self.encloses {
            return next;
        }
        let width = (self.other.t - self.best.t).abs();
        let middle = self.best.t + 0.5 * (self.other.t - self.best.t);
        let slow = width >= 0.66 * widths[0];
        *widths = [widths[1], width];
        let (low, high) = (self.best.t.min(self.other.t), self.best.t.max(self.other.t));
        if slow || !(low < next && next < high) {
            middle
        } else {
            next
        }
    }

    /// Whether another trial differs from what is known.
    fn has_room(&self, t: f64) -> bool {
        t != self.best.t && t != self.other.t
    }
}

fn farther(a: f64, b: f64, from: f64) -> f64 {
    if (a - from).abs() > (b - from).abs() {
        a
    } else {
        b
    }
}

fn nearer(a: f64, b: f64, from: f64) -> f64 {
    if (a - from).abs() < (b - from).abs() {
        a
    } else {
        b
    }
}

/// $`\theta`$ and $`\gamma`$ of the cubic through two places.
fn theta_gamma(a: Place, b: Place) -> [f64; 2] {
    let theta = 3.0 * (a.f - b.f) / (b.t - a.t) + a.d + b.d;
    let s = theta.abs().max(a.d.abs()).max(b.d.abs());
    let root = ((theta / s).powi(2) - (a.d / s) * (b.d / s))
        .max(0.0)
        .sqrt();
    [theta, s * root]
}

/// The minimum of the cubic, seen from `a`.
fn cubic(a: Place, b: Place) -> f64 {
    let [theta, gamma] = theta_gamma(a, b);
    let gamma = if b.t < a.t { -gamma } else { gamma };
    let p = gamma - a.d + theta;
    let q = gamma - a.d + gamma + b.d;
    a.t + p / q * (b.t - a.t)
}

/// The minimum of the cubic through two places where it lies beyond `new`, seen from `best`.
fn cubic_beyond(new: Place, best: Place) -> Option<f64> {
    let [theta, gamma] = theta_gamma(best, new);
    let gamma = if new.t > best.t { -gamma } else { gamma };
    let p = gamma - new.d + theta;
    let q = gamma + (best.d - new.d) + gamma;
    let r = p / q;
    (r < 0.0 && gamma != 0.0).then_some(new.t + r * (best.t - new.t))
}

/// The minimum of the parabola with the values of both places and the slope of `a`.
fn parabola(a: Place, b: Place) -> f64 {
    let length = b.t - a.t;
    a.t + a.d / ((a.f - b.f) / length + a.d) / 2.0 * length
}

/// Where the slope would be 0 if it were linear.
fn secant(new: Place, best: Place) -> f64 {
    new.t + new.d / (new.d - best.d) * (best.t - new.t)
}
