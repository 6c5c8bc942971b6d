//! Panels that gather where the function is difficult.

use super::chart::Chart;
use super::panel::{Panel, seam};
use super::tail::{End, Tail};
use super::tolerance::Tolerance;
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::in_range;
use gradus_numeric::compensated_sum;

/// A panel, and its place.
struct Part {
    /// Index of its chart.
    chart: usize,
    panel: Panel,
    /// What the power law says instead, where the panel touches an end and that is better.
    tail: Option<Tail>,
}

impl Part {
    fn value(&self) -> f64 {
        self.tail.map_or(self.panel.value, |tail| tail.value)
    }

    fn error(&self) -> f64 {
        self.tail.map_or(self.panel.error, |tail| tail.error)
    }

    fn magnitude(&self) -> f64 {
        self.tail
            .map_or(self.panel.magnitude, |tail| tail.value.abs())
    }

    fn is_suspect(&self) -> bool {
        self.tail.is_none() && self.panel.is_suspect()
    }
}

/// The pieces of a line and the parts they are cut into, in ascending order.
pub(super) struct Adaptive<'a> {
    charts: Vec<Chart<'a>>,
    /// For each chart, what is known of its two ends.
    ends: Vec<[Option<End>; 2]>,
    parts: Vec<Part>,
    halvings: usize,
}

impl<'a> Adaptive<'a> {
    /// Cuts every chart until nothing can hide between the nodes.
    pub(super) fn new(charts: Vec<Chart<'a>>) -> Result<Self, CalculusError> {
        let mut all = Self {
            ends: charts.iter().map(|_| [None, None]).collect(),
            charts,
            parts: Vec::new(),
            halvings: 0,
        };
        for index in 0..all.charts.len() {
            let chart = &all.charts[index];
            let mut stack = vec![Panel::new(chart, chart.from, chart.to)?];
            let mut done = Vec::new();
            while let Some(panel) = stack.pop() {
                if panel.settled || !panel.is_long(chart) {
                    done.push(panel);
                    continue;
                }
                let [left, right] = panel.halves(chart).ok_or(all.stuck(chart, &panel))??;
                stack.extend([right, left]);
                all.halvings += 1;
            }
            for panel in done {
                let part = all.part(index, &panel)?;
                all.parts.push(part);
            }
        }
        Ok(all)
    }

    /// Cuts the part with the largest error until the errors add up to little enough.
    pub(super) fn refine(mut self, tolerance: Tolerance) -> Result<Estimate, CalculusError> {
        loop {
            let errors = self.errors();
            let error = sum(errors.iter().copied())?;
            let magnitude = self.total(Part::magnitude)?;
            let suspects = self.parts.iter().any(Part::is_suspect);
            if error <= tolerance.allowed(magnitude) && !suspects {
                let value = self.total(Part::value)?;
                return Ok(Estimate { value, error });
            }
            if self.halvings >= MAX_HALVINGS {
                return Err(CalculusError::DidNotConverge {
                    iterations: self.halvings,
                    residual: error,
                });
            }
            self.cut(self.worst(&errors))
                .map_err(|reason| match reason {
                    // Overflow here means that the function grows faster than the panels shrink.
                    CalculusError::Overflow | CalculusError::DidNotConverge { .. } => {
                        CalculusError::DidNotConverge {
                            iterations: self.halvings,
                            residual: error,
                        }
                    }
                    reason => reason,
                })?;
        }
    }

    /// The error of each part, with what may be lost at its seams; a seam counts for the longer neighbor.
    fn errors(&self) -> Vec<f64> {
        let mut errors: Vec<f64> = self.parts.iter().map(Part::error).collect();
        for (i, pair) in self.parts.windows(2).enumerate() {
            let (left, right) = (&pair[0], &pair[1]);
            if left.chart != right.chart || left.tail.is_some() || right.tail.is_some() {
                continue;
            }
            let longer = if width(left) >= width(right) {
                i
            } else {
                i + 1
            };
            errors[longer] += seam(&left.panel, &right.panel);
        }
        errors
    }

    /// Where the error is largest, suspects first; of equals, the first.
    fn worst(&self, errors: &[f64]) -> usize {
        let rank = |i: usize| (self.parts[i].is_suspect(), errors[i]);
        (0..errors.len()).fold(0, |best, i| if rank(i) > rank(best) { i } else { best })
    }

    /// Puts smaller parts in the place of one.
    fn cut(&mut self, index: usize) -> Result<(), CalculusError> {
        let Part { chart, panel, .. } = self.parts[index];
        let pieces = self.pieces(chart, &panel)?;
        let parts: Result<Vec<Part>, _> = pieces
            .into_iter()
            .map(|panel| self.part(chart, &panel))
            .collect();
        self.parts.splice(index..=index, parts?);
        self.halvings += 1;
        Ok(())
    }

    /// Two halves; at an end a quarter, which is where the next probe lies, a quarter and a half.
    fn pieces(&self, chart: usize, panel: &Panel) -> Result<Vec<Panel>, CalculusError> {
        let ends = &self.ends[chart];
        let chart = &self.charts[chart];
        let stuck = self.stuck(chart, panel);
        let is_end = [panel.a == chart.from, panel.b == chart.to];
        // Beyond the last probes of an end nothing more can be learned of it.
        let seen = |(end, is_end): (&Option<End>, bool)| {
            !is_end || end.as_ref().is_none_or(|end| end.reaches(panel))
        };
        if !ends.iter().zip(is_end).all(seen) {
            return Err(stuck);
        }
        let [left, right] = panel.halves(chart).ok_or(stuck)??;
        match (is_end[0], is_end[1]) {
            (true, false) => {
                let [near, far] = left.halves(chart).ok_or(stuck)??;
                Ok(vec![near, far, right])
            }
            (false, true) => {
                let [far, near] = right.halves(chart).ok_or(stuck)??;
                Ok(vec![left, far, near])
            }
            _ => Ok(vec![left, right]),
        }
    }

    /// A panel, or the tail there if that is better.
    fn part(&mut self, index: usize, panel: &Panel) -> Result<Part, CalculusError> {
        let chart = &self.charts[index];
        let (low, high) = (panel.a == chart.from, panel.b == chart.to);
        let mut tail = None;
        if low != high && !panel.settled {
            let (place, inward, side) = if low {
                (panel.a, 1.0, 0)
            } else {
                (panel.b, -1.0, 1)
            };
            let length = panel.b - panel.a;
            let end = &mut self.ends[index][side];
            if end.is_none() {
                *end = Some(End::new(chart, place, inward * length)?);
            }
            tail = end.as_ref().and_then(|end| end.tail(panel));
        }
        let tail = tail.filter(|tail| tail.error < panel.error);
        Ok(Part {
            chart: index,
            panel: *panel,
            tail,
        })
    }

    fn total(&self, of: fn(&Part) -> f64) -> Result<f64, CalculusError> {
        sum(self.parts.iter().map(of))
    }

    /// What is wrong with a panel that cannot be cut any more.
    fn stuck(&self, chart: &Chart<'_>, panel: &Panel) -> CalculusError {
        // At an end, the probes have seen contributions shrink, only not fast enough.
        let is_inside = !chart.ends_at(panel.a) && !chart.ends_at(panel.b);
        if is_inside && panel.is_suspect() {
            return CalculusError::Divergent {
                at: chart.place(panel.b),
            };
        }
        CalculusError::DidNotConverge {
            iterations: self.halvings,
            residual: panel.error,
        }
    }
}

fn width(part: &Part) -> f64 {
    part.panel.b - part.panel.a
}

fn sum(terms: impl Iterator<Item = f64>) -> Result<f64, CalculusError> {
    in_range(compensated_sum(&terms.collect::<Vec<_>>()))
}

/// How often an interval may be cut in all.
const MAX_HALVINGS: usize = 1000;
