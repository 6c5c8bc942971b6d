//! A finite interval cut into equal panels.

use crate::error::CalculusError;
use crate::evaluation::{evaluate, finite, in_range};
use gradus_numeric::CompensatedSum;

/// Both ends and the number of panels, if they make an interval.
#[derive(Clone, Copy)]
pub(super) struct Panels {
    a: f64,
    b: f64,
    n: f64,
}

impl Panels {
    pub(super) fn new(a: f64, b: f64, panels: usize) -> Result<Self, CalculusError> {
        let (a, b, n) = (finite("a", a)?, finite("b", b)?, panels as f64);
        match panels {
            0 => Err(CalculusError::Domain {
                name: "panels",
                value: n,
                domain: "at least one",
            }),
            _ => Ok(Self { a, b, n }),
        }
    }

    /// The length of a panel, of either sign.
    pub(super) fn step(self) -> f64 {
        self.b / self.n - self.a / self.n // a difference of both ends may overflow
    }

    /// The point `i` panels from the left end; `i` may lie between the ends of a panel.
    fn point(self, i: f64) -> f64 {
        let t = i / self.n;
        self.a * (1.0 - t) + self.b * t
    }

    /// The step times the values at all inner ends of panels.
    pub(super) fn inner(self, f: impl Fn(f64) -> f64) -> Result<f64, CalculusError> {
        self.sum(f, (1_u64..).map(|i| i as f64).take_while(|i| *i < self.n))
    }

    /// The step times the values at the middles of all panels.
    pub(super) fn middles(self, f: impl Fn(f64) -> f64) -> Result<f64, CalculusError> {
        let middles = (0_u64..).map(|i| i as f64 + 0.5);
        self.sum(f, middles.take_while(|i| *i < self.n))
    }

    /// The step times half of the values at both ends.
    pub(super) fn ends(self, f: impl Fn(f64) -> f64) -> Result<f64, CalculusError> {
        let (left, right) = (evaluate(&f, self.a)?, evaluate(&f, self.b)?);
        in_range(self.step() * f64::midpoint(left, right))
    }

    fn sum(
        self,
        f: impl Fn(f64) -> f64,
        places: impl Iterator<Item = f64>,
    ) -> Result<f64, CalculusError> {
        let step = self.step();
        let mut sum = CompensatedSum::default();
        for i in places {
            sum.add(step * evaluate(&f, self.point(i))?);
        }
        in_range(sum.value())
    }
}
