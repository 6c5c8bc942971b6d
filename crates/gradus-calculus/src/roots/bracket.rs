//! Two points between which a function changes its sign.

use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite};
use std::mem::replace;

/// Two points with values of different sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    low: f64,
    high: f64,
    at_low: f64,
    at_high: f64,
}

/// What two ends turn out to be.
pub(super) enum Start {
    Bracket(Bracket),
    Root(f64),
}

impl Bracket {
    /// The ends in ascending order, unless one of them is a root.
    pub(super) fn between(f: impl Fn(f64) -> f64, a: f64, b: f64) -> Result<Start, CalculusError> {
        let (low, high) = (finite("low", a)?.min(b), finite("high", b)?.max(a));
        let (at_low, at_high) = (evaluate(&f, low)?, evaluate(&f, high)?);
        if at_low == 0.0 || at_high == 0.0 {
            return Ok(Start::Root(if at_low == 0.0 { low } else { high }));
        }
        if (at_low < 0.0) == (at_high < 0.0) {
            return Err(CalculusError::NoSignChange {
                low,
                high,
                at_low,
                at_high,
            });
        }
        Ok(Start::Bracket(Self {
            low,
            high,
            at_low,
            at_high,
        }))
    }

    /// The point halfway; no overflow whatever the ends.
    pub(super) fn middle(&self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }

    /// How far a root may be from the middle.
    pub(super) fn radius(&self) -> f64 {
        let middle = self.middle();
        (self.high - middle).max(middle - self.low)
    }

    /// Whether it is longer than the tolerance, and a machine number lies halfway.
    pub(super) fn is_longer_than(&self, tolerance: f64) -> bool {
        self.length() > tolerance && self.contains(self.middle())
    }

    pub(super) fn length(&self) -> f64 {
        self.high - self.low
    }

    pub(super) fn contains(&self, x: f64) -> bool {
        self.low < x && x < self.high
    }

    /// The end where the function is smaller, and its value there.
    pub(super) fn best(&self) -> (f64, f64) {
        if self.at_low.abs() <= self.at_high.abs() {
            (self.low, self.at_low)
        } else {
            (self.high, self.at_high)
        }
    }

    /// The end where the function is larger, and its value there.
    pub(super) fn other(&self) -> (f64, f64) {
        if self.at_low.abs() <= self.at_high.abs() {
            (self.high, self.at_high)
        } else {
            (self.low, self.at_low)
        }
    }

    /// A point inside, `x` if it is one, but at least `least` and one machine number away from both ends.
    ///
    /// So the step that lands on the root from one side is followed by one that lands on the other, and the bracket
    /// closes.
    pub(super) fn inside(&self, x: f64, least: f64) -> f64 {
        let (low, high) = (self.low + least, self.high - least);
        let x = if low <= high {
            x.clamp(low, high)
        } else {
            self.middle()
        };
        x.max(self.low.next_up()).min(self.high.next_down())
    }

    /// Puts `x`, with a value that is not zero, in place of the end with the same sign, and gives that end back.
    pub(super) fn replace(&mut self, x: f64, value: f64) -> (f64, f64) {
        let is_low = (value < 0.0) == (self.at_low < 0.0);
        let (end, at_end) = if is_low {
            (&mut self.low, &mut self.at_low)
        } else {
            (&mut self.high, &mut self.at_high)
        };
        (replace(end, x), replace(at_end, value))
    }

    /// The better end; the root is not farther from it than the other end.
    pub(super) fn estimate(&self) -> Estimate {
        Estimate {
            value: self.best().0,
            error: self.length(),
        }
    }
}
