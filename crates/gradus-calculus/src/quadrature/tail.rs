//! The part of an integral next to an end, where a function may grow like a power of the distance.

use super::chart::Chart;
use super::panel::Panel;
use crate::error::CalculusError;

/// An end of a chart, and the function at distances from it that shrink by a factor of 4.
pub(super) struct End {
    /// Distances and $`|f|`$, from far to near.
    probes: Vec<Probe>,
    /// The sign that all values have: 0 if all are 0, NaN if they differ.
    sign: f64,
    place: f64,
    /// How far rounding moves a point near the end.
    rounding: f64,
}

#[derive(Clone, Copy)]
struct Probe {
    distance: f64,
    size: f64,
}

/// What is found between an end and a place near it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    pub(super) value: f64,
    pub(super) error: f64,
}

impl End {
    /// Asks the function from a distance inwards down to where nothing is left, or points cannot be told apart.
    pub(super) fn new(chart: &Chart<'_>, place: f64, farthest: f64) -> Result<Self, CalculusError> {
        let mut end = Self {
            probes: Vec::new(),
            sign: 0.0,
            place,
            rounding: f64::EPSILON * place.abs(),
        };
        let mut largest = 0.0_f64;
        for k in 0..MAX_PROBES {
            let u = place + farthest * 0.25_f64.powi(k);
            // Where the function leaves the range, what lies farther out still tells how it grows.
            let value = chart.value(u).ok().filter(|value| value.is_finite());
            let Some(share) = value.and_then(|value| end.add(u, value)) else {
                break;
            };
            largest = largest.max(share);
            // Towards infinity a function that is 0 has fallen below the smallest number, and stays there.
            let is_over = share == 0.0 && chart.is_infinite_at(place);
            if is_over || share < NEGLIGIBLE * largest {
                break;
            }
        }
        end.refuse_divergence(chart.place(place))?;
        Ok(end)
    }

    /// One more probe and its share, unless the point cannot be told from the last one or from the end.
    fn add(&mut self, u: f64, value: f64) -> Option<f64> {
        // The distance that the rounded point has: so values stay right up to the last number before the end.
        let distance = (u - self.place).abs();
        let is_new = self
            .probes
            .last()
            .is_none_or(|last| distance <= 0.5 * last.distance);
        if !is_new || distance == 0.0 {
            return None;
        }
        if self.sign == 0.0 && value != 0.0 {
            self.sign = value.signum();
        } else if self.sign * value < 0.0 {
            self.sign = f64::NAN;
        }
        let probe = Probe {
            distance,
            size: value.abs(),
        };
        self.probes.push(probe);
        Some(probe.share())
    }

    /// Contributions of equal ratios of distance must shrink towards the end, or there is no integral.
    fn refuse_divergence(&self, at: f64) -> Result<(), CalculusError> {
        let clear = self.probes.iter().take_while(|p| p.size > 0.0).count();
        let clear = &self.probes[..clear];
        let (Some(far), Some(near)) = (clear.get(clear.len() / 2), clear.last()) else {
            return Ok(());
        };
        if clear.len() >= 8 && far.exponent(near) <= SLOWEST {
            return Err(CalculusError::Divergent { at });
        }
        Ok(())
    }

    /// Whether there are probes enough between a panel at this end and the end for a smaller one.
    pub(super) fn reaches(&self, panel: &Panel) -> bool {
        let nearest = self.probes.iter().rev().nth(PROBES_NEEDED);
        nearest.is_some_and(|probe| probe.distance <= panel.b - panel.a)
    }

    /// The integral from the end to a distance that is one of the probes, if the function looks like a power there.
    ///
    /// Between two probes the function is taken for $`c\, d^\alpha`$ through both, and beyond the last one too.
    /// How much $`\alpha`$ changes from one pair to the next is the measure of the error. The last pair that is used
    /// is the one for which the error is smallest: farther in, rounding of the points may spoil the values.
    pub(super) fn tail(&self, panel: &Panel) -> Option<Tail> {
        let length = panel.b - panel.a;
        let first = self
            .probes
            .iter()
            .position(|p| p.distance <= 1.01 * length)?;
        let clear = self.probes[first..]
            .iter()
            .take_while(|p| p.size > 0.0)
            .count();
        let probes = &self.probes[first..first + clear];
        if self.sign.is_nan() || clear < PROBES_NEEDED {
            return None;
        }
        // Near the end, the panel may begin some machine numbers beside the probe.
        let offset = length - probes[0].distance;
        if offset.abs() > 0.01 * length {
            return None;
        }
        // All of a short list, a sample of a long one: neighbors give nearly the same error.
        let stride = (clear / 16).max(1);
        let lasts = (PROBES_NEEDED - 1..clear).rev().step_by(stride);
        let tails = lasts.filter_map(|last| self.tail_up_to(probes, last));
        let mut tail = tails.min_by(|a, b| a.error.total_cmp(&b.error))?;
        tail.value += self.sign * offset * probes[0].size;
        // The nodes of the panel are witnesses that the probes are not: a kink or a bump may lie between probes.
        tail.error +=
            panel.distance_to(|u| self.sign * interpolate(probes, (u - self.place).abs()));
        Some(tail)
    }

    /// The same, with the power law from probe `last` on.
    fn tail_up_to(&self, probes: &[Probe], last: usize) -> Option<Tail> {
        // i < last, and there are more probes than last.
        let exponent = |i: usize| probes[i].exponent(&probes[i + 1]);
        let (mut value, mut error) = (0.0, 0.0);
        let (mut bend_before, mut bend) = (0.0, 0.0);
        for i in 0..last {
            let here = exponent(i);
            if i > 0 {
                (bend_before, bend) = (bend, (here - exponent(i - 1)).abs());
            }
            value += probes[i].integral_to(&probes[i + 1], here);
            error += bend_before.max(bend) * probes[i].share();
        }
        let (power, edge) = (exponent(last - 1), probes[last]);
        if power <= SLOWEST {
            return None;
        }
        let rest = edge.share() / power;
        // The power may go on changing at this rate over the distances that still contribute, 1 / power in ln d.
        let drift = (bend_before.max(bend) + 16.0 * f64::EPSILON)
            * (1.0 + 1.0 / (4.0_f64.ln() * power))
            / power;
        let missed: f64 = probes[last..]
            .iter()
            .map(|p| self.misfit(p, &edge, power))
            .sum();
        Some(Tail {
            value: self.sign * (value + rest),
            error: error + 4.0 * drift * rest + missed + 16.0 * f64::EPSILON * (value + rest),
        })
    }

    /// The contribution of a probe that the power law does not foresee, beyond what rounding of the point explains.
    fn misfit(&self, probe: &Probe, edge: &Probe, power: f64) -> f64 {
        let expected = edge.size * (probe.distance / edge.distance).powf(power - 1.0);
        let explained = 4.0 * self.rounding * (power - 1.0).abs() / probe.distance;
        let excess = (probe.size - expected).abs() - explained * probe.size.max(expected);
        excess.max(0.0) * probe.distance * 4.0_f64.ln()
    }
}

/// $`|f|`$ at a distance, by the power law through the probes around it.
fn interpolate(probes: &[Probe], distance: f64) -> f64 {
    let right = probes
        .partition_point(|p| p.distance >= distance)
        .clamp(1, probes.len() - 1);
    let (far, near) = (&probes[right - 1], &probes[right]);
    far.size * (distance / far.distance).powf(far.exponent(near) - 1.0)
}

impl Probe {
    /// The contribution to the integral, per ratio e of distances.
    fn share(&self) -> f64 {
        self.distance * self.size
    }

    /// The exponent of $`d |f(d)|`$ between this probe and a nearer one: 0 for 1/d, 1 for a constant.
    fn exponent(&self, near: &Self) -> f64 {
        (self.share() / near.share()).ln() / (self.distance / near.distance).ln()
    }

    /// The integral of the power law through this probe and a nearer one, between them.
    fn integral_to(&self, near: &Self, exponent: f64) -> f64 {
        let ratio = (self.distance / near.distance).ln();
        if exponent == 0.0 {
            return self.share() * ratio;
        }
        -self.share() * (-exponent * ratio).exp_m1() / exponent
    }
}

/// Down to 4⁻²⁴⁰ = 10⁻¹⁴⁴ of the first distance.
const MAX_PROBES: i32 = 240;

/// Two changes of the power can be compared when there are three powers, from four probes.
const PROBES_NEEDED: usize = 4;

/// A share of the integral that is not looked for any more.
const NEGLIGIBLE: f64 = 1e-22;

/// An exponent that cannot be told from 0: the integral of $`1/d`$.
const SLOWEST: f64 = 1e-4;
