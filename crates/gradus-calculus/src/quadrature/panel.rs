//! One interval and what the rule finds on it.

use super::chart::Chart;
use super::rule::{self, MARGIN, Values};
use crate::error::CalculusError;
use crate::evaluation::in_range;
use std::iter::successors;

/// One interval of a chart and what the rule finds on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panel {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) value: f64,
    pub(super) error: f64,
    /// $`\int_a^b |f|`$: the natural size of value and error.
    pub(super) magnitude: f64,
    /// What the values at the nodes say of the function at both ends.
    pub(super) ends: [f64; 2],
    /// Whether a polynomial describes the function here, and at the points between the nodes too.
    pub(super) settled: bool,
    /// The magnitudes of the intervals it was cut from, its parent first.
    ancestors: [f64; 8],
    values: Values,
}

impl Panel {
    /// The rule on $`[a, b]`$, and the search for what it missed.
    pub(super) fn new(chart: &Chart<'_>, a: f64, b: f64) -> Result<Self, CalculusError> {
        let (center, half) = (0.5 * a + 0.5 * b, 0.5 * b - 0.5 * a);
        let values = rule::sample(|u| chart.value(u), center, half)?;
        let magnitude = rule::magnitude(&values) * half;
        let error = (rule::error(&values) * half)
            .max(ROUNDING * magnitude)
            // The nodes are right to half a unit, so the integral is right to that times the variation.
            + 0.5 * f64::EPSILON * a.abs().max(b.abs()) * variation(&values);
        let mut panel = Self {
            a,
            b,
            value: in_range(rule::integral(&values) * half)?,
            error: in_range(error)?,
            magnitude: in_range(magnitude)?,
            ends: [-1.0, 1.0].map(|t| rule::interpolate(&values, t)),
            settled: error <= RESOLVED * magnitude,
            ancestors: [f64::INFINITY; 8],
            values,
        };
        if panel.settled {
            panel.look_between(chart, &values)?;
            panel.look_at_the_ends(chart, &values)?;
        }
        Ok(panel)
    }

    /// The two halves, if machine numbers lie dense enough in them.
    pub(super) fn halves(&self, chart: &Chart<'_>) -> Option<Result<[Self; 2], CalculusError>> {
        let middle = 0.5 * self.a + 0.5 * self.b;
        let halves = || {
            Ok([
                self.child(chart, self.a, middle)?,
                self.child(chart, middle, self.b)?,
            ])
        };
        let is_wide = self.b - self.a >= NARROWEST * self.a.abs().max(self.b.abs());
        (is_wide && self.a < middle && middle < self.b).then(halves)
    }

    /// A part of this interval.
    pub(super) fn child(&self, chart: &Chart<'_>, a: f64, b: f64) -> Result<Self, CalculusError> {
        let mut ancestors = self.ancestors;
        ancestors.rotate_right(1);
        ancestors[0] = self.magnitude;
        Ok(Self {
            ancestors,
            ..Self::new(chart, a, b)?
        })
    }

    /// Whether the interval is so long that something may hide between its nodes.
    pub(super) fn is_long(&self, chart: &Chart<'_>) -> bool {
        self.b - self.a > LONG * chart.gap(0.5 * self.a + 0.5 * self.b)
    }

    /// Whether the function may have no integral here: its values are far from a polynomial, and halving four
    /// times and more has left more than 0.3 of the integral of $`|f|`$.
    ///
    /// A jump leaves a sixteenth after four times and $`|x|^{-1/2}`$ a quarter; at a pole it stays.
    pub(super) fn is_suspect(&self) -> bool {
        let earlier = self.ancestors[3..]
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min);
        self.error > self.magnitude / 32.0 && self.magnitude > 0.3 * earlier
    }

    /// Asks the function between the nodes where they are farther apart than the chart allows.
    fn look_between(&mut self, chart: &Chart<'_>, values: &Values) -> Result<(), CalculusError> {
        if !self.is_long(chart) {
            return Ok(());
        }
        let (center, half) = (0.5 * self.a + 0.5 * self.b, 0.5 * self.b - 0.5 * self.a);
        let allowed = self.misfit_allowed();
        for (left, right) in rule::nodes().zip(rule::nodes().skip(1)) {
            let (left, right) = (center + half * left, center + half * right);
            let next = |&u: &f64| Some(u + chart.gap(u)).filter(|&v| u < v && v < right);
            for u in successors(next(&left), next) {
                let misfit = chart.value(u)? - rule::interpolate(values, (u - center) / half);
                self.settled &= misfit.abs() <= allowed;
            }
        }
        Ok(())
    }

    /// How far the function may be from the polynomial at a point.
    fn misfit_allowed(&self) -> f64 {
        20.0 * self.error / (self.b - self.a)
    }

    /// Asks the function between the outermost node and an end of the chart; what does not fit is an error.
    fn look_at_the_ends(
        &mut self,
        chart: &Chart<'_>,
        values: &Values,
    ) -> Result<(), CalculusError> {
        let length = self.b - self.a;
        let allowed = self.misfit_allowed();
        for (end, inward) in [(self.a, 1.0), (self.b, -1.0)] {
            if !chart.ends_at(end) {
                continue;
            }
            for distance in END_DISTANCES.map(|share| share * length) {
                let u = end + inward * distance;
                let expected = rule::interpolate(values, inward * (2.0 * distance / length - 1.0));
                let found = chart.value(u)?;
                let misfit = (found - expected).abs();
                // Cancellation at an end, as in (1 - cos x) / x², is not what is looked for.
                let cancelled = 4.0 * f64::EPSILON * (length / distance).powi(2);
                if misfit > allowed.max(cancelled * found.abs().max(expected.abs())) {
                    // Each stands for the distances up to the next, a factor of 32.
                    self.error += misfit * distance * 32.0_f64.ln();
                    self.settled = false;
                }
            }
        }
        Ok(())
    }

    /// The integral of the distance between the function and another one, seen at the nodes.
    pub(super) fn distance_to(&self, other: impl Fn(f64) -> f64) -> f64 {
        let (center, half) = (0.5 * self.a + 0.5 * self.b, 0.5 * self.b - 0.5 * self.a);
        rule::distance(&self.values, |t| other(center + half * t)) * half
    }
}

/// What may be lost between two panels that meet, where neither has a node: their disagreement over that width.
pub(super) fn seam(left: &Panel, right: &Panel) -> f64 {
    let margin = 0.5 * MARGIN * (right.b - left.a);
    (left.ends[1] - right.ends[0]).abs() * margin
}

/// The sum of the steps from node to node.
fn variation(values: &Values) -> f64 {
    let outward = |side: usize| {
        values
            .windows(2)
            .map(move |pair| (pair[1][side] - pair[0][side]).abs())
    };
    outward(0).chain(outward(1)).sum()
}

/// What rounding leaves of an integral, relative to $`\int |f|`$ (QUADPACK §2.2.4).
pub(super) const ROUNDING: f64 = 50.0 * f64::EPSILON;

/// At this error, relative to $`\int |f|`$, a polynomial is taken for the function, until a point says otherwise.
const RESOLVED: f64 = 1e-11;

/// An interval of up to this many gaps has its own nodes dense enough.
const LONG: f64 = 6.0;

/// How long a panel must be, relative to its place, to be cut: a hundred units between most nodes.
const NARROWEST: f64 = 2048.0 * f64::EPSILON;

/// Powers of 1/32, times 1/16; the outermost node is at 1/460.
const END_DISTANCES: [f64; 3] = [1.0 / 512.0, 1.0 / 16384.0, 1.0 / 524288.0];
