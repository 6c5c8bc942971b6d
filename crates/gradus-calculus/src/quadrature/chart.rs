//! A piece of the line, finite or not, walked through by a coordinate in a finite interval.

use crate::error::CalculusError;
use crate::evaluation::evaluate;

/// A function on a piece of the line.
pub(super) struct Chart<'a> {
    f: &'a dyn Fn(f64) -> f64,
    pub(super) from: f64,
    pub(super) to: f64,
    outward: Option<Outward>,
}

/// The way to infinity, $`x = \text{origin} + \text{step} / t`$ with t from 1 to 0.
#[derive(Clone, Copy)]
struct Outward {
    origin: f64,
    step: f64,
}

impl<'a> Chart<'a> {
    /// The pieces of the interval from `a` to `b`, with $`a < b`$.
    pub(super) fn cover(f: &'a dyn Fn(f64) -> f64, a: f64, b: f64) -> Vec<Self> {
        match (a.is_finite(), b.is_finite()) {
            // Halves of an interval that is longer than the largest number are not.
            (true, true) if (b - a).is_infinite() => {
                vec![Self::between(f, a, 0.0), Self::between(f, 0.0, b)]
            }
            (true, true) => vec![Self::between(f, a, b)],
            (true, false) => {
                let step = first_step(a);
                vec![Self::between(f, a, a + step), Self::outward(f, a, step)]
            }
            (false, true) => {
                let step = first_step(b);
                vec![Self::outward(f, b, -step), Self::between(f, b - step, b)]
            }
            // Each half on its own: f(x) + f(-x) may have an integral where f has none.
            (false, false) => vec![
                Self::outward(f, 0.0, -1.0),
                Self::between(f, -1.0, 1.0),
                Self::outward(f, 0.0, 1.0),
            ],
        }
    }

    fn between(f: &'a dyn Fn(f64) -> f64, from: f64, to: f64) -> Self {
        Self {
            f,
            from,
            to,
            outward: None,
        }
    }

    fn outward(f: &'a dyn Fn(f64) -> f64, origin: f64, step: f64) -> Self {
        Self {
            f,
            from: 0.0,
            to: 1.0,
            outward: Some(Outward { origin, step }),
        }
    }

    /// The place on the line.
    pub(super) fn place(&self, u: f64) -> f64 {
        self.outward
            .map_or(u, |outward| outward.origin + outward.step / u)
    }

    /// The function, times how fast the place moves with the coordinate.
    pub(super) fn value(&self, u: f64) -> Result<f64, CalculusError> {
        let value = evaluate(self.f, self.place(u))?;
        Ok(self
            .outward
            .map_or(value, |outward| value * outward.step.abs() / u / u))
    }

    /// Whether the coordinate is an end of the piece.
    pub(super) fn ends_at(&self, u: f64) -> bool {
        u == self.from || u == self.to
    }

    /// Whether the coordinate is an infinite end of the line.
    pub(super) fn is_infinite_at(&self, u: f64) -> bool {
        self.outward.is_some() && u == 0.0
    }

    /// How far apart points may lie at first: a hundredth of a finite piece; towards infinity a twelfth of the
    /// distance, up to a thousand steps out.
    pub(super) fn gap(&self, u: f64) -> f64 {
        if self.outward.is_some() {
            return 0.08 * u.max(1e-3);
        }
        (self.to - self.from) / 96.0
    }
}

/// How far from its finite end an infinite interval is cut: as far as the end is from 0, or 1.
fn first_step(end: f64) -> f64 {
    end.abs().max(1.0).min(0.5 * (f64::MAX - end.abs()))
}
