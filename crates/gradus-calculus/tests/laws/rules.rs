//! Rules with a fixed number of points, and secants: degrees and orders.

use super::{order, polynomial, size};
use gradus_calculus::{CalculusError, gauss_legendre, romberg, secant, simpson, trapezoid};
use gradus_testkit::{at_least, cases, relative, scaled, strategies};
use proptest::prelude::*;
use std::cell::RefCell;

/// The integral of a polynomial from a to b.
fn integral(c: &[f64], a: f64, b: f64) -> f64 {
    let whole: Vec<f64> = std::iter::once(0.0)
        .chain(c.iter().enumerate().map(|(k, c)| c / (k as f64 + 1.0)))
        .collect();
    polynomial(&whole, b) - polynomial(&whole, a)
}

/// The most that rounding makes of an integral, in units of ε.
fn rounding(c: &[f64], a: f64, b: f64) -> f64 {
    (size(c, a) + size(c, b)) * (a.abs() + b.abs())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn trapezoids_are_exact_for_lines(c in strategies::integers(2), a in -4..4_i32, b in -4..4_i32, n in 1..9_usize) {
        let (a, b) = (f64::from(a), f64::from(b));
        let found = trapezoid(|x| polynomial(&c, x), a, b, n)?;
        scaled(found, integral(&c, a, b), 16.0 * f64::EPSILON, rounding(&c, a, b))?;
        scaled(trapezoid(|x| polynomial(&c, x), b, a, 1)?, -trapezoid(|x| polynomial(&c, x), a, b, 1)?, 0.0, 0.0)?;
    }

    #[test]
    fn simpsons_rule_is_exact_for_cubics(c in strategies::integers(4), a in -3.0..3.0_f64, b in -3.0..3.0_f64, n in 1..9_usize) {
        let found = simpson(|x| polynomial(&c, x), a, b, n)?;
        scaled(found, integral(&c, a, b), 32.0 * f64::EPSILON, rounding(&c, a, b))?;
    }

    #[test]
    fn simpsons_rule_extrapolates_trapezoids(a in -2.0..2.0_f64, b in -2.0..2.0_f64, n in 1..20_usize) {
        let f = |x: f64| (x + 0.3 * x * x).sin() + 2.0;
        let (coarse, fine) = (trapezoid(f, a, b, n)?, trapezoid(f, a, b, 2 * n)?);
        scaled(simpson(f, a, b, n)?, (4.0 * fine - coarse) / 3.0, 16.0 * f64::EPSILON, 12.0)?;
    }

    #[test]
    fn rombergs_rule_is_exact_up_to_its_degree(c in strategies::integers(12), m in 0..6_usize, a in -1.5..1.5_f64, b in -1.5..1.5_f64) {
        let c = &c[..2 * m + 2];
        let found = romberg(|x| polynomial(c, x), a, b, m)?;
        scaled(found, integral(c, a, b), 128.0 * f64::EPSILON, rounding(c, a, b))?;
        let simpson = simpson(|x| polynomial(c, x), a, b, 1)?;
        scaled(romberg(|x| polynomial(c, x), a, b, 1)?, simpson, 16.0 * f64::EPSILON, rounding(c, a, b))?;
    }

    #[test]
    fn gauss_legendre_is_exact_up_to_its_degree(c in strategies::integers(40), n in 1..21_usize, a in -1.2..1.2_f64, b in -1.2..1.2_f64) {
        let c = &c[..2 * n];
        let found = gauss_legendre(|x| polynomial(c, x), a, b, n)?;
        scaled(found, integral(c, a, b), 64.0 * f64::EPSILON, rounding(c, a, b))?;
    }

    #[test]
    fn trapezoids_have_order_two(x in -1.0..1.0_f64) {
        let truth = (x + 1.0).exp() - x.exp();
        let error = |h: f64| trapezoid(f64::exp, x, x + 1.0, panels(h)).map_or(f64::NAN, |s| (s - truth).abs());
        scaled(order(error, 0.125), 2.0, 0.15, 1.0)?;
    }

    #[test]
    fn simpsons_rule_has_order_four(x in -1.0..1.0_f64) {
        let truth = (x + 1.0).exp() - x.exp();
        let error = |h: f64| simpson(f64::exp, x, x + 1.0, panels(h)).map_or(f64::NAN, |s| (s - truth).abs());
        scaled(order(error, 0.125), 4.0, 0.15, 1.0)?;
    }

    /// Over intervals of length h the error is $`O(h^{2m + 3})`$; over as many as fit into a length, $`O(h^{2m + 2})`$.
    #[test]
    fn rombergs_rule_gains_two_orders_a_level(x in -1.0..1.0_f64, m in 0..3_usize) {
        let error = |h: f64| {
            let truth = x.exp() * h.exp_m1();
            romberg(f64::exp, x, x + h, m).map_or(f64::NAN, |s| (s - truth).abs())
        };
        scaled(order(error, 0.5), 2.0 * m as f64 + 3.0, 0.25, 1.0)?;
    }

    /// $`e^{\cos x}`$ over a period: the error of n panels is that of its Fourier coefficients from n on, $`I_n(1) < 2^{-n} / n!`$.
    #[test]
    fn trapezoids_over_a_period_err_exponentially_little(start in -3.0..3.0_f64, n in 12..40_usize) {
        let bessel = 1.266_065_877_752_008_4; // I₀(1)
        let period = 2.0 * std::f64::consts::PI;
        let found = trapezoid(|x: f64| x.cos().exp(), start, start + period, n)?;
        relative(found, period * bessel, 1e-11_f64.max(64.0 * f64::EPSILON))?;
    }

    #[test]
    fn the_secant_needs_one_step_for_a_line(slope in prop_oneof![-4.0..-0.5_f64, 0.5..4.0_f64], root in -9.0..9.0_f64, start in -9.0..9.0_f64) {
        let asked = RefCell::new(0);
        let line = |x: f64| { *asked.borrow_mut() += 1; slope * (x - root) };
        let found = secant(line, start, start + 1.0, 1e-9)?;
        scaled(found.value, root, 64.0 * f64::EPSILON, 10.0)?;
        prop_assert!(asked.take() <= 4);
    }
}

/// How many panels of length h cut an interval of length 1.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small whole number"
)]
fn panels(h: f64) -> usize {
    (1.0 / h).round() as usize
}

/// Errors of iterates that are neither far from the root nor at its rounding: $`\ln e_{k+1} / \ln e_k`$ tends to the golden ratio.
#[test]
fn the_secant_has_the_order_of_the_golden_ratio() -> Result<(), Box<dyn std::error::Error>> {
    for a in [0.3, 1.7, 5.0, 12.0_f64] {
        let iterates = RefCell::new(Vec::new());
        let cube = |x: f64| {
            iterates.borrow_mut().push(x);
            x * x * x - a
        };
        let root = a.cbrt();
        secant(cube, 1.2 * root, 1.1 * root, 0.0)?;
        let errors: Vec<f64> = iterates
            .take()
            .iter()
            .map(|x| (x - root).abs() / root)
            .collect();
        // two roundings above 10⁻¹⁵ of each other decide the last quotients
        let seen: Vec<f64> = errors.into_iter().take_while(|e| *e > 1e-13).collect();
        at_least(seen.len() as f64, 5.0)?;
        let k = seen.len() - 3;
        let rate = (seen[k + 2] / seen[k + 1]).ln() / (seen[k + 1] / seen[k]).ln();
        scaled(rate, f64::midpoint(1.0, 5.0_f64.sqrt()), 0.15, 1.0)?;
    }
    Ok(())
}

/// $`P_n^2`$ has degree 2n and a positive integral, but vanishes at every point.
#[test]
fn gauss_legendre_is_not_exact_beyond_its_degree() -> Result<(), CalculusError> {
    let second = |x: f64| 1.5 * x * x - 0.5; // P₂, with ∫ P₂² = 2/5
    assert!(gauss_legendre(|x| second(x).powi(2), -1.0, 1.0, 2)?.abs() < 1e-30);
    assert!((gauss_legendre(|x| second(x).powi(2), -1.0, 1.0, 3)? - 0.4).abs() < 1e-15);
    Ok(())
}

/// A rule by its name, with as many panels, levels or points as it asks for.
fn by_rule(
    rule: usize,
    n: usize,
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
) -> Result<f64, CalculusError> {
    match rule {
        0 => trapezoid(f, a, b, n),
        1 => simpson(f, a, b, n),
        2 => romberg(f, a, b, n.ilog2() as usize),
        _ => gauss_legendre(f, a, b, n),
    }
}

proptest! {
    #![proptest_config(cases())]

    /// Far and narrow, huge, tiny: an interval of some machine numbers, of nearly all, and of subnormal ones. Of a constant only the length is
    /// left, and no rule asks for a point outside.
    #[test]
    fn rules_take_intervals_of_any_place_and_width(rule in 0..4_usize, n in 1..40_usize, place in -300..300_i32, units in 1_i32..5000, from in 0.1..1.0_f64, to in 0.1..1.0_f64, kind in 0..3_usize) {
        let far = from * 10.0_f64.powi(place);
        let smallest = f64::from_bits(1);
        let (a, b, height) = match kind {
            0 => (far, far + f64::from(units) * (far.next_up() - far), 1.0),
            1 => (-from * f64::MAX, to * f64::MAX, 1e-10),
            _ => (-smallest, f64::from(units) * smallest, 1e300),
        };
        // to a half of the length where the length is beyond all numbers
        let length = if kind == 1 { 2.0 * height * (b / 2.0 - a / 2.0) } else { height * (b - a) };
        for (a, b, length) in [(a, b, length), (b, a, -length)] {
            let asked = RefCell::new(Vec::new());
            let constant = |x: f64| { asked.borrow_mut().push(x); height };
            relative(by_rule(rule, n, constant, a, b)?, length, 16.0 * f64::EPSILON)?;
            prop_assert!(asked.take().iter().all(|x| (a.min(b)..=a.max(b)).contains(x)));
        }
    }
}
