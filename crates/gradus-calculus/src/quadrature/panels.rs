//! A finite interval cut into equal panels.

use super::span::Span;
use crate::error::CalculusError;
use crate::evaluation::{evaluate, in_range};
use gradus_numeric::CompensatedSum;

/// An interval and the number of its panels.
#[derive(Clone, Copy)]
pub(super) struct Panels {
    span: Span,
    n: f64,
}

impl Panels {
    pub(super) fn new(a: f64, b: f64, panels: usize) -> Result<Self, CalculusError> {
        let (span, n) = (Span::new(a, b)?, panels as f64);
        match panels {
            0 => Err(CalculusError::Domain {
                name: "panels",
                value: n,
                domain: "at least one",
            }),
            _ => Ok(Self { span, n }),
        }
    }

    /// The length of a panel, of either sign, in the unit of the interval.
    fn step(self) -> f64 {
        self.span.length / self.n
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
        let (left, right) = (evaluate(&f, self.span.a)?, evaluate(&f, self.span.b)?);
        in_range(self.span.unit * (self.step() * f64::midpoint(left, right)))
    }

    /// The step times the values at places that count panels from the left end.
    fn sum(
        self,
        f: impl Fn(f64) -> f64,
        places: impl Iterator<Item = f64>,
    ) -> Result<f64, CalculusError> {
        let step = self.step();
        let mut sum = CompensatedSum::default();
        for i in places {
            sum.add(step * evaluate(&f, self.span.at(i / self.n))?);
        }
        in_range(self.span.unit * sum.value())
    }
}
