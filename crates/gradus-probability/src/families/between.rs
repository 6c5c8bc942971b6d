//! The probability of an interval, also of a narrow or an improbable one.

use crate::contract::continuous::Continuous;
use gradus_calculus::{gauss_kronrod, integrate};
use gradus_numeric::logsubexp;
use std::f64::consts::LN_2;

/// A point, with the logarithms of both tails there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    pub(super) x: f64,
    pub(super) ln_below: f64,
    pub(super) ln_above: f64,
}

impl Cut {
    pub(super) fn of(law: &impl Continuous, x: f64) -> Self {
        let (ln_below, ln_above) = law.ln_tails(x);
        Self {
            x,
            ln_below,
            ln_above,
        }
    }
}

/// $`\ln \operatorname{P}(a < X \le b)`$: the difference of the smaller tails, or where that would lose more than four bits the integral of
/// the density.
pub(super) fn ln_between(law: &impl Continuous, a: Cut, b: Cut) -> f64 {
    let (ln_size, by_tails) = difference(a, b);
    if by_tails >= ln_size - KEPT || a.x.is_infinite() || b.x.is_infinite() {
        return by_tails;
    }
    let by_density = ln_integral(law, a.x, b.x);
    // what a rounding of the tails can explain; more means a density that the rule has not seen
    let rounding = ROUNDING * (1.0 + ln_size.abs());
    let share = |ln: f64| (ln - ln_size).exp();
    match by_density {
        Some(ln) if (share(ln) - share(by_tails)).abs() <= rounding => ln,
        _ => by_tails,
    }
}

/// The logarithms of the tail that is subtracted from, and of the difference.
fn difference(a: Cut, b: Cut) -> (f64, f64) {
    let (lower, upper) = (a.ln_below, b.ln_above);
    if a.ln_above <= lower {
        (a.ln_above, logsubexp(a.ln_above, upper.min(a.ln_above)))
    } else if b.ln_below <= upper {
        (b.ln_below, logsubexp(b.ln_below, lower.min(b.ln_below)))
    } else {
        // the median is inside
        (0.0, (-(lower.exp() + upper.exp()).min(1.0)).ln_1p())
    }
}

/// The logarithm of the integral of the density, relative to that in the middle so that nothing underflows.
fn ln_integral(law: &impl Continuous, a: f64, b: f64) -> Option<f64> {
    let ln_middle = law.ln_pdf(0.5 * a + 0.5 * b);
    if !ln_middle.is_finite() {
        return None;
    }
    let relative = |x: f64| (law.ln_pdf(x) - ln_middle).exp();
    let rule = gauss_kronrod(relative, a, b).ok()?;
    // a density has the rounding of its logarithm: no rule is more exact
    let tolerance = TOLERANCE + 8.0 * f64::EPSILON * ln_middle.abs();
    let integral = if rule.error <= tolerance * rule.value {
        rule
    } else {
        integrate(relative, a, b, 4.0 * tolerance).ok()?
    };
    Some(ln_middle + integral.value.ln())
}

/// Four bits.
const KEPT: f64 = 4.0 * LN_2;
/// Of the share of a tail, in its logarithm and in itself.
const ROUNDING: f64 = 64.0 * f64::EPSILON;
/// Of an integral over a stretch in which the tail hardly changes.
const TOLERANCE: f64 = 1e-13;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::continuous::exponential::Exponential;
    use crate::families::continuous::normal::Normal;

    fn ln_mass(law: &impl Continuous, a: f64, b: f64) -> f64 {
        ln_between(law, Cut::of(law, a), Cut::of(law, b))
    }

    #[test]
    fn a_narrow_interval_keeps_its_digits() {
        // φ(0) · 1e-10, while F differs by one rounding in its sixth digit
        let mass = ln_mass(&Normal::STANDARD, 0.0, 1e-10).exp();
        assert!((mass / 0.398_942_280_401_432_7e-10 - 1.0).abs() < 1e-14);
        let width = 2.0_f64.powi(-20); // 500 and this have an exact sum
        let mass = ln_mass(&Exponential::new(1.0).unwrap(), 500.0, 500.0 + width);
        assert!((mass + 500.0 - f64::ln(-f64::exp_m1(-width))).abs() < 1e-12);
    }

    #[test]
    fn halves_and_wholes() {
        assert_eq!(
            ln_mass(&Normal::STANDARD, f64::NEG_INFINITY, f64::INFINITY),
            0.0
        );
        assert_eq!(ln_mass(&Normal::STANDARD, 0.0, f64::INFINITY), 0.5_f64.ln());
        assert_eq!(ln_mass(&Normal::STANDARD, 3.0, 3.0), f64::NEG_INFINITY);
    }
}
