//! Laws of differences, quadrature and roots.

#[path = "laws/honest.rs"]
mod honest;
#[path = "laws/rules.rs"]
mod rules;

use gradus_calculus::{
    CalculusError, Estimate, bisect, brent, central_difference, derivative, five_point_difference,
    forward_difference, gauss_kronrod, gradient, integrate, jacobian, newton, ridders,
    safeguarded_newton,
};
use gradus_testkit::{
    Violation, all_scaled, at_most, cases, relative, same_bits, scaled, strategies,
};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::f64::consts::PI;

/// The sum of $`c_k x^k`$, by Horner's rule.
fn polynomial(c: &[f64], x: f64) -> f64 {
    c.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The coefficients of the derivative.
fn differentiated(c: &[f64]) -> Vec<f64> {
    let terms = c.iter().enumerate().skip(1);
    terms.map(|(k, c)| k as f64 * c).collect()
}

/// The sum of the magnitudes of all terms: the natural size of a polynomial's rounding.
fn size(c: &[f64], x: f64) -> f64 {
    c.iter().rev().fold(0.0, |sum, c| sum * x.abs() + c.abs())
}

/// A smooth function with all derivatives of order one, and its derivative.
#[derive(Clone, Copy, Debug)]
struct Smooth {
    a: f64,
    b: f64,
    c: f64,
}

impl Smooth {
    fn value(self, x: f64) -> f64 {
        (self.a * x).sin() + self.b * (0.5 * x).exp() + self.c * x * x
    }

    fn slope(self, x: f64) -> f64 {
        self.a * (self.a * x).cos() + 0.5 * self.b * (0.5 * x).exp() + 2.0 * self.c * x
    }

    /// What rounding of its terms does to a value near `x`: they may cancel.
    fn rounding(self, x: f64) -> f64 {
        let terms = 1.0 + self.b.abs() * (0.5 * x).exp() + self.c.abs() * x * x;
        2.0 * f64::EPSILON * terms
    }
}

fn smooth() -> impl Strategy<Value = Smooth> {
    (0.2..2.0, -2.0..2.0, -2.0..2.0).prop_map(|(a, b, c)| Smooth { a, b, c })
}

/// How fast the error of a difference shrinks when the step is halved: the slope of ln error by ln h.
fn order(error: impl Fn(f64) -> f64, h: f64) -> f64 {
    (error(h) / error(h / 2.0)).log2()
}

/// An estimate lies within its own error of the truth, but for the rounding inside of the function.
fn covers(estimate: Estimate, truth: f64, rounding: f64) -> Result<(), Violation> {
    at_most((estimate.value - truth).abs(), estimate.error + rounding)
}

/// The answer is a root, or the function changes its sign within the error.
fn encloses(
    f: impl Fn(f64) -> f64,
    answer: Result<Estimate, CalculusError>,
    tolerance: f64,
) -> Result<(), TestCaseError> {
    match answer {
        Ok(root) if root.error == 0.0 => prop_assert_eq!(f(root.value), 0.0),
        Ok(root) => {
            // The other end of the bracket lies to one side, as far as the error, but for one rounding.
            let signs = [-1.0, 1.0].map(|side| {
                let end = root.value + side * root.error;
                let beyond = if side < 0.0 {
                    end.next_down()
                } else {
                    end.next_up()
                };
                f(root.value) * f(end) <= 0.0 || f(root.value) * f(beyond) <= 0.0
            });
            prop_assert!(signs[0] || signs[1], "{:?}", root);
            at_most(
                root.error,
                tolerance.max(2.0 * f64::EPSILON * root.value.abs()),
            )?;
        }
        Err(error) => prop_assert!(
            matches!(error, CalculusError::NoSignChange { .. }),
            "{}",
            error
        ),
    }
    Ok(())
}

/// The numbers without their errors.
fn values(estimates: &[Estimate]) -> Vec<f64> {
    estimates.iter().map(|estimate| estimate.value).collect()
}

proptest! {
    #![proptest_config(cases())]

    // Differences

    #[test]
    fn forward_difference_has_order_one(x in -1.0..1.0_f64) {
        let f = |x: f64| (0.5 * x).exp();
        let error = |h| forward_difference(f, x, h).map_or(f64::NAN, |d| (d - 0.5 * f(x)).abs());
        scaled(order(error, 2_f64.powi(-6)), 1.0, 0.15, 1.0)?;
    }

    #[test]
    fn central_difference_has_order_two(x in -1.0..1.0_f64) {
        let error = |h| central_difference(f64::exp, x, h).map_or(f64::NAN, |d| (d - x.exp()).abs());
        scaled(order(error, 2_f64.powi(-6)), 2.0, 0.15, 1.0)?;
    }

    #[test]
    fn five_point_difference_has_order_four(x in -1.0..1.0_f64) {
        let error =
            |h| five_point_difference(f64::exp, x, h).map_or(f64::NAN, |d| (d - x.exp()).abs());
        scaled(order(error, 2_f64.powi(-4)), 4.0, 0.15, 1.0)?;
    }

    #[test]
    fn central_difference_is_exact_for_parabolas(c in strategies::integers(3), x in -20..20, k in -4..6) {
        let (x, h) = (f64::from(x), 2_f64.powi(k));
        let slope = central_difference(|x| polynomial(&c, x), x, h)?;
        scaled(slope, polynomial(&differentiated(&c), x), 0.0, 0.0)?;
    }

    #[test]
    fn five_point_difference_is_exact_for_quartics(c in strategies::integers(5), x in -20..20, k in -4..4) {
        // Powers of two and small integers: all is exact but the division by 12.
        let (x, h) = (f64::from(x), 2_f64.powi(k));
        let slope = five_point_difference(|x| polynomial(&c, x), x, h)?;
        relative(slope, polynomial(&differentiated(&c), x), f64::EPSILON)?;
    }

    #[test]
    fn central_difference_is_right_to_six_digits(f in smooth(), x in -5.0..5.0_f64) {
        let h = f64::EPSILON.cbrt() * f64::max(1.0, x.abs());
        let slope = central_difference(|x| f.value(x), x, h)?;
        scaled(slope, f.slope(x), 1e-6, f.slope(x).abs().max(1.0))?;
    }

    #[test]
    fn five_point_difference_is_right_to_nine_digits(f in smooth(), x in -2.0..2.0_f64) {
        let h = f64::EPSILON.powf(0.2);
        let slope = five_point_difference(|x| f.value(x), x, h)?;
        scaled(slope, f.slope(x), 1e-9, 1.0 + f.slope(x).abs())?;
    }

    #[test]
    fn differences_are_linear(f in smooth(), g in smooth(), alpha in -3.0..3.0_f64, x in -2.0..2.0_f64) {
        let h = 2_f64.powi(-10);
        let sum = five_point_difference(|x| alpha * f.value(x) + g.value(x), x, h)?;
        let (df, dg) = (
            five_point_difference(|x| f.value(x), x, h)?,
            five_point_difference(|x| g.value(x), x, h)?,
        );
        // Values up to 100, each off by a few units, divided by h.
        scaled(sum, alpha * df + dg, f64::EPSILON / h, 1000.0)?;
    }

    #[test]
    fn derivative_knows_its_error(f in smooth(), x in -8.0..8.0_f64) {
        let estimate = derivative(|x| f.value(x), x)?;
        covers(estimate, f.slope(x), f.rounding(x) / f64::EPSILON.powf(0.2))?;
        at_most(estimate.error, 1e-8 * (1.0 + f.slope(x).abs()))?;
    }

    #[test]
    fn derivative_finds_the_scale_of_the_function(x in -1e6..1e6_f64, frequency in 1.0..100.0_f64) {
        let slope = derivative(|x| (frequency * x).sin(), x)?;
        // The argument is right to ε |x|, whatever the differences do.
        let rounding = f64::EPSILON * x.abs() * frequency * frequency;
        covers(slope, frequency * (frequency * x).cos(), rounding)?;
        at_most(slope.error, 1e-3 * frequency)?;
    }

    #[test]
    fn ridders_knows_its_error(f in smooth(), x in -8.0..8.0_f64, step in 0.05..1.0_f64) {
        let estimate = ridders(|x| f.value(x), x, step)?;
        covers(estimate, f.slope(x), f.rounding(x) / (step / 1.4_f64.powi(9)))?;
        at_most(estimate.error, 1e-8 * (1.0 + f.slope(x).abs()))?;
    }

    #[test]
    fn the_error_estimate_counts_rounding(x in -1.0..1.0_f64, offset in 1e2..1e6_f64) {
        // A large constant has no slope, but its rounding drowns the quotient.
        let drowned = |x: f64| x.exp() + offset;
        covers(derivative(drowned, x)?, x.exp(), 0.0)?;
        covers(ridders(drowned, x, 0.5)?, x.exp(), 0.0)?;
    }

    #[test]
    fn ridders_is_right_to_twelve_digits(x in -1.0..1.0_f64) {
        relative(ridders(f64::exp, x, 0.5)?.value, x.exp(), 1e-12)?;
    }

    #[test]
    fn gradient_of_a_quadratic_form_is_linear(
        a in strategies::integer_matrix(4, 4),
        x in prop::collection::vec(-1.0..1.0, 4),
    ) {
        let form = |x: &[f64]| -> f64 {
            (0..4).map(|i| (0..4).map(|j| x[i] * a[(i, j)] * x[j]).sum::<f64>()).sum::<f64>() / 2.0
        };
        let expected: Vec<f64> = (0..4)
            .map(|i| (0..4).map(|j| 0.5 * (a[(i, j)] + a[(j, i)]) * x[j]).sum())
            .collect();
        for (slope, expected) in gradient(form, &x)?.into_iter().zip(expected) {
            // Rounding of sums up to 72, divided by h = 7e-4.
            scaled(slope.value, expected, 1e-11, 36.0)?;
            covers(slope, expected, 36.0 * f64::EPSILON / 7e-4)?;
        }
    }

    #[test]
    fn jacobian_of_a_linear_map_is_its_matrix(
        a in strategies::integer_matrix(3, 2),
        x in prop::collection::vec(-1.0..1.0, 2),
    ) {
        let map = |x: &[f64]| (0..3).map(|i| a[(i, 0)] * x[0] + a[(i, 1)] * x[1]).collect();
        let found = jacobian(map, &x)?;
        prop_assert_eq!(found.len(), 3);
        for (i, row) in found.iter().enumerate() {
            let (row, expected) = (values(row), [a[(i, 0)], a[(i, 1)]]);
            all_scaled(&row, &expected, 1e-11, 9.0)?;
        }
    }

    #[test]
    fn jacobian_obeys_the_chain_rule(x in prop::collection::vec(-1.0..1.0, 2)) {
        let g = |x: &[f64]| vec![x[0] * x[1], x[0].sin(), x[1].exp()];
        let f = |y: &[f64]| vec![y[0] + y[1] * y[2], (y[0] * y[2]).cos()];
        let (outer, inner) = (jacobian(f, &g(&x))?, jacobian(g, &x)?);
        let whole = jacobian(|x| f(&g(x)), &x)?;
        for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let product: f64 = (0..3).map(|k| outer[i][k].value * inner[k][j].value).sum();
            scaled(whole[i][j].value, product, 1e-9, 3.0)?;
        }
    }

    // Quadrature

    #[test]
    fn gauss_kronrod_is_exact_for_degree_31(c in strategies::integers(32)) {
        // On [−1, 1] only the even powers remain, each with 2 / (k + 1).
        let exact: f64 = c.iter().enumerate().step_by(2).map(|(k, c)| 2.0 * c / (k as f64 + 1.0)).sum();
        let found = gauss_kronrod(|x| polynomial(&c, x), -1.0, 1.0)?;
        scaled(found.value, exact, 16.0 * f64::EPSILON, size(&c, 1.0))?;
    }

    #[test]
    fn the_integral_of_a_derivative_is_the_difference(
        c in strategies::integers(1..12),
        a in -2.0..2.0_f64,
        b in -2.0..2.0_f64,
    ) {
        let slope = differentiated(&c);
        let found = integrate(|x| polynomial(&slope, x), a, b, 1e-13)?;
        let scale = size(&c, a) + size(&c, b);
        scaled(found.value, polynomial(&c, b) - polynomial(&c, a), 1e-13, scale)?;
    }

    #[test]
    fn integrals_over_adjacent_intervals_add(f in smooth(), a in -3.0..3.0_f64, b in -3.0..3.0_f64, c in -3.0..3.0_f64) {
        let integral = |from, to| integrate(|x| f.value(x), from, to, 1e-12);
        let (ab, bc, ac) = (integral(a, b)?, integral(b, c)?, integral(a, c)?);
        let allowed = ab.error + bc.error + ac.error;
        scaled(ab.value + bc.value, ac.value, 1.0, allowed)?;
    }

    #[test]
    fn exchanging_the_ends_changes_the_sign(f in smooth(), a in -3.0..3.0_f64, b in -3.0..3.0_f64) {
        let integral = |from, to| integrate(|x| f.value(x), from, to, 1e-12);
        same_bits(integral(a, b)?.value, -integral(b, a)?.value)?;
    }

    #[test]
    fn integration_is_linear(f in smooth(), g in smooth(), alpha in -3.0..3.0_f64, b in 0.1..5.0_f64) {
        let integral = |f: &dyn Fn(f64) -> f64| integrate(f, 0.0, b, 1e-12);
        let of_f = integral(&|x| f.value(x))?;
        let of_g = integral(&|x| g.value(x))?;
        let of_sum = integral(&|x| alpha * f.value(x) + g.value(x))?;
        let allowed = alpha.abs() * of_f.error + of_g.error + of_sum.error;
        scaled(of_sum.value, alpha * of_f.value + of_g.value, 1.0, allowed)?;
    }

    #[test]
    fn integration_keeps_order(f in smooth(), g in smooth(), b in 0.1..5.0_f64) {
        let larger = integrate(|x| f.value(x).max(g.value(x)), 0.0, b, 1e-9)?;
        let of_f = integrate(|x| f.value(x), 0.0, b, 1e-9)?;
        at_most(of_f.value, larger.value + larger.error + of_f.error)?;
    }

    #[test]
    fn scaling_by_powers_of_two_is_exact(f in smooth(), b in 0.1..5.0_f64, k in -500..500) {
        let factor = 2_f64.powi(k);
        let plain = integrate(|x| f.value(x), 0.0, b, 1e-12)?;
        let scaled = integrate(|x| factor * f.value(x), 0.0, b, 1e-12)?;
        same_bits(scaled.value, factor * plain.value)?;
    }

    #[test]
    fn shifting_a_function_over_the_whole_line_keeps_its_integral(m in -50.0..50.0_f64) {
        let bell = |x: f64| (-(x - m) * (x - m) / 2.0).exp();
        let area = integrate(bell, f64::NEG_INFINITY, f64::INFINITY, 1e-12)?;
        relative(area.value, (2.0 * PI).sqrt(), 2e-12)?;
    }

    #[test]
    fn integrate_knows_its_error(width in 1e-3..1.0_f64, peak in -1.0..1.0_f64, tolerance in -12.0..-3.0_f64) {
        let tolerance = 10_f64.powf(tolerance);
        let bump = |x: f64| width / (width * width + (x - peak) * (x - peak));
        let area = integrate(bump, -1.0, 1.0, tolerance)?;
        let truth = ((1.0 - peak) / width).atan() + ((1.0 + peak) / width).atan();
        covers(area, truth, 0.0)?;
        at_most(area.error, tolerance * truth * (1.0 + tolerance))?;
    }

    #[test]
    fn evaluations_are_bounded(exponent in -3.0..0.0_f64) {
        let evaluations = Cell::new(0);
        let power = |x: f64| {
            evaluations.set(evaluations.get() + 1);
            x.powf(exponent)
        };
        let answer = integrate(power, 0.0, 1.0, 1e-9);
        // A thousand cuts in three, of 21 points each; the search of the first panels, and the probes of the ends.
        prop_assert!(evaluations.get() <= 63 * 1000 + 1500, "{}", evaluations.get());
        match answer {
            Ok(area) => covers(area, 1.0 / (1.0 + exponent), 0.0)?,
            Err(error) => {
                let refused = matches!(
                    error,
                    CalculusError::DidNotConverge { .. } | CalculusError::Divergent { .. }
                );
                prop_assert!(refused && exponent < -0.99, "{} {}", exponent, error);
            }
        }
    }

    // Roots

    #[test]
    fn bisection_encloses_a_sign_change(f in smooth(), a in -9.0..0.0_f64, b in 0.0..9.0_f64, digits in 0.0..18.0_f64) {
        let value = |x| f.value(x);
        let tolerance = 10_f64.powf(-digits);
        match bisect(value, a, b, tolerance) {
            Ok(root) if root.error == 0.0 => prop_assert_eq!(value(root.value), 0.0),
            Ok(root) => {
                // Between neighbors the middle is one of them; beyond, rounding makes the signs.
                let (left, right) = (value(root.value - root.error), value(root.value + root.error));
                let middle = value(root.value);
                prop_assert!(left * middle <= 0.0 || middle * right <= 0.0);
                at_most(root.error, tolerance.max(f64::EPSILON * root.value.abs()))?;
            }
            Err(error) => {
                let same_sign = matches!(error, CalculusError::NoSignChange { .. });
                prop_assert!(same_sign && value(a) * value(b) > 0.0);
            }
        }
    }

    #[test]
    fn bisection_halves(root in -1.0..1.0_f64, k in 1..40) {
        let evaluations = Cell::new(0);
        let line = |x: f64| {
            evaluations.set(evaluations.get() + 1);
            x - root
        };
        // From length 4 to 4 / 2^k: two ends and k middles, unless a middle is the root.
        let found = bisect(line, -2.0, 2.0, 4.0 / 2_f64.powi(k))?;
        prop_assert!(evaluations.get() == 2 + k || found.error == 0.0);
        at_most((found.value - root).abs(), found.error)?;
    }

    #[test]
    fn newton_converges_quadratically(a in 0.5..4.0_f64, start in 1.5..3.0_f64) {
        let iterates = RefCell::new(Vec::new());
        let square = |x: f64| {
            iterates.borrow_mut().push(x);
            x * x - a
        };
        newton(square, |x| 2.0 * x, start, 0.0)?;
        let iterates = iterates.take();
        for (k, x) in iterates.windows(2).enumerate() {
            // Heron: e' = e² / 2x, exactly.
            let (e, next) = ((x[0] - a.sqrt()).abs(), (x[1] - a.sqrt()).abs());
            scaled(next, e * e / (2.0 * x[0]), 4.0 * f64::EPSILON, x[0])
                .map_err(|violation| violation.at_entry(k))?;
        }
        at_most(iterates.len() as f64, 9.0)?;
    }

    #[test]
    fn newton_has_order_two(a in 1.0..4.0_f64) {
        let iterates = RefCell::new(Vec::new());
        let cube = |x: f64| {
            iterates.borrow_mut().push(x);
            x * x * x - a
        };
        newton(cube, |x| 3.0 * x * x, 1.05 * a.cbrt(), 0.0)?;
        let e: Vec<f64> = iterates.take().iter().map(|x| (x - a.cbrt()).abs()).collect();
        scaled((e[2] / e[1]).ln() / (e[1] / e[0]).ln(), 2.0, 0.15, 1.0)?;
    }

    #[test]
    fn newton_needs_one_step_for_a_line(slope in 0.5..4.0_f64, root in -9.0..9.0_f64, start in -9.0..9.0_f64) {
        let found = newton(|x| slope * (x - root), |_| slope, start, 1e-9)?;
        scaled(found.value, root, 4.0 * f64::EPSILON, 9.0)?;
    }

    #[test]
    fn newton_knows_its_error_at_multiple_roots(
        m in 1..8_i32,
        root in prop_oneof![Just(0.0), -2.0..2.0_f64],
        distance in 0.1..3.0_f64,
        digits in 1.0..9.0_f64,
    ) {
        let f = |x: f64| (x - root).powi(m) * (2.0 + (x - root).sin());
        let slope = |x: f64| {
            let d = x - root;
            f64::from(m) * d.powi(m - 1) * (2.0 + d.sin()) + d.powi(m) * d.cos()
        };
        let tolerance = 10_f64.powf(-digits);
        match newton(f, slope, root + distance, tolerance) {
            // The sum of the steps is a limit; on the way to it the ratio of steps still grows.
            Ok(found) => at_most((found.value - root).abs(), 1.5 * found.error + 1e-15)?,
            Err(error) => prop_assert!(matches!(error, CalculusError::DidNotConverge { .. }), "{}", error),
        }
    }

    #[test]
    fn brent_encloses_a_sign_change(f in smooth(), a in -9.0..0.0_f64, b in 0.0..9.0_f64, digits in 0.0..18.0_f64) {
        let value = |x| f.value(x);
        encloses(value, brent(value, a, b, 10_f64.powf(-digits)), 10_f64.powf(-digits))?;
    }

    #[test]
    fn safeguarded_newton_encloses_a_sign_change(
        f in smooth(), a in -9.0..0.0_f64, b in 0.0..9.0_f64, digits in 0.0..18.0_f64,
    ) {
        let (value, tolerance) = (|x| f.value(x), 10_f64.powf(-digits));
        encloses(value, safeguarded_newton(value, |x| f.slope(x), a, b, tolerance), tolerance)?;
    }

    #[test]
    fn brent_agrees_with_bisection(shift in -0.9..0.9_f64, a in 0.1..40.0_f64) {
        let f = |x: f64| (a * x).tanh() + 0.01 * x - shift;
        let (fast, sure) = (brent(f, -100.0, 200.0, 1e-12)?, bisect(f, -100.0, 200.0, 0.0)?);
        let slope = a * (1.0 - (a * sure.value).tanh().powi(2)) + 0.01;
        scaled(fast.value, sure.value, 1.0, 2e-12 + 4.0 * f64::EPSILON / slope)?;
    }

    #[test]
    fn brent_is_faster_than_bisection(root in -5.0..5.0_f64) {
        let evaluations = Cell::new(0);
        let f = |x: f64| {
            evaluations.set(evaluations.get() + 1);
            (x - root) + (x - root).powi(3)
        };
        let found = brent(f, -9.0, 12.0, 1e-14)?;
        scaled(found.value, root, 1e-14, 10.0)?;
        // Bisection needs 52.
        prop_assert!(evaluations.get() <= 40, "{}", evaluations.get());
    }

    #[test]
    fn safeguarded_newton_agrees_with_bisection(shift in -0.9..0.9_f64, a in 0.1..40.0_f64) {
        // Steep or flat, monotone, with one root.
        let (f, slope) = (
            |x: f64| (a * x).tanh() + 0.01 * x - shift,
            |x: f64| a * (1.0 - (a * x).tanh().powi(2)) + 0.01,
        );
        let safe = safeguarded_newton(f, slope, -100.0, 200.0, 1e-12)?;
        let sure = bisect(f, -100.0, 200.0, 0.0)?;
        // Values are right to ε, so roots to ε over the slope.
        let condition = f64::EPSILON / slope(sure.value);
        scaled(safe.value, sure.value, 1.0, 2e-12 + 4.0 * condition)?;
    }

    #[test]
    fn safeguarded_newton_is_faster_than_bisection(root in -5.0..5.0_f64) {
        let evaluations = Cell::new(0);
        let f = |x: f64| {
            evaluations.set(evaluations.get() + 1);
            (x - root) + (x - root).powi(3)
        };
        let found = safeguarded_newton(f, |x| 1.0 + 3.0 * (x - root).powi(2), -9.0, 12.0, 1e-14)?;
        scaled(found.value, root, 1e-14, 10.0)?;
        // Bisection needs 52.
        prop_assert!(evaluations.get() <= 20, "{}", evaluations.get());
    }
}

#[test]
fn gauss_kronrod_is_not_exact_for_degree_32() -> Result<(), CalculusError> {
    // T₃₂ is of size one where a monomial would be tiny; its integral is 2 / (1 − 32²).
    let chebyshev = |x: f64| (32.0 * x.acos()).cos();
    let found = gauss_kronrod(chebyshev, -1.0, 1.0)?;
    assert!((found.value - 2.0 / (1.0 - 1024.0)).abs() > 1e-6);
    Ok(())
}
