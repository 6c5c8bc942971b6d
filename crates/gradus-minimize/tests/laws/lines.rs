//! Functions of one variable, and searches along a line.

use crate::{bowl, dot, rosenbrock};
use gradus_minimize::{LineSearch, MinimizeError, Point, brent, golden_section, line_search};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::cell::Cell;

/// A valley that is no parabola: smooth, with its only minimum at `c`.
fn valley(c: f64, power: i32) -> impl Fn(f64) -> f64 {
    move |x: f64| {
        let d = x - c;
        d.exp() - d + 0.1 * d.powi(2 * power)
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_golden_section_encloses_the_minimum(c in -3.0..3.0, power in 1..3, tolerance in 1e-6..1e-2) {
        let found = golden_section(valley(c, power), -4.0, 5.0, tolerance)?;
        prop_assert!((found.x - c).abs() <= tolerance + 1e-7, "{found:?}"); // the root of the rounding unit
    }

    #[test]
    fn the_golden_section_shortens_by_its_ratio(c in -3.0..3.0, exponent in 2..7_i32) {
        let tolerance = 10.0_f64.powi(-exponent);
        let found = golden_section(valley(c, 1), -4.0, 5.0, tolerance)?;
        let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
        // The first two evaluations shorten nothing.
        let steps = ((tolerance / 9.0).ln() / ratio.ln()).ceil();
        prop_assert_eq!(found.evaluations as f64, 2.0 + steps);
    }

    #[test]
    fn brent_agrees_with_the_golden_section(c in -3.0..3.0, power in 1..3) {
        let sure = golden_section(valley(c, power), -4.0, 5.0, 1e-6)?;
        let fast = brent(valley(c, power), -4.0, 5.0, 1e-6)?;
        prop_assert!((sure.x - fast.x).abs() <= 2.2e-6, "{sure:?} {fast:?}");
    }

    #[test]
    fn brent_needs_fewer_evaluations_than_the_golden_section(c in -3.0..3.0, power in 1..3) {
        let sure = golden_section(valley(c, power), -4.0, 5.0, 1e-6)?;
        let fast = brent(valley(c, power), -4.0, 5.0, 1e-6)?;
        prop_assert!(2 * fast.evaluations < sure.evaluations + 20, "{sure:?} {fast:?}");
    }

    #[test]
    fn line_searches_keep_their_conditions(x in -2.0..2.0, y in -1.0..3.0, trial in 1e-4..1e3, turn in -1.2..1.2_f64) {
        let at = Point::new(rosenbrock, &[x, y]);
        let (g, (s, c)) = (&at.gradient, turn.sin_cos());
        let p = [-(c * g[0] - s * g[1]), -(s * g[0] + c * g[1])];
        let slope = dot(g, &p);
        prop_assume!(slope < -1e-6);
        let (decrease, curvature) = (1e-4, 0.5);
        for rule in [LineSearch::Armijo { decrease }, LineSearch::StrongWolfe { decrease, curvature }] {
            let step = line_search(rosenbrock, &at, &p, trial, rule)?.ok_or("no step").map_err(TestCaseError::fail)?;
            let rounding = 4.0 * f64::EPSILON * at.value;
            prop_assert!(step.point.value <= at.value + decrease * step.length * slope + rounding);
            if rule != (LineSearch::Armijo { decrease }) {
                prop_assert!(dot(&step.point.gradient, &p).abs() <= -curvature * slope);
            }
        }
    }

    #[test]
    fn an_exact_search_ends_where_the_slope_is_zero((bowl, start) in bowl(1..6), trial in 1e-3..1e3) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let at = Point::new(f, &start);
        let p: Vec<f64> = at.gradient.iter().map(|g| -g).collect();
        prop_assume!(dot(&p, &p) > 1e-6);
        let rule = LineSearch::Exact { tolerance: 1e-10 };
        let step = line_search(f, &at, &p, trial, rule)?.ok_or("no step").map_err(TestCaseError::fail)?;
        let slope = dot(&step.point.gradient, &p).abs() / dot(&p, &p);
        prop_assert!(slope <= 1e-6, "{slope}"); // values tell the place within the root of the rounding unit
    }
}

#[test]
fn a_line_search_needs_a_direction_that_falls() {
    let at = Point::new(rosenbrock, &[0.0, 0.0]);
    let search = |p: &[f64], rule| line_search(rosenbrock, &at, p, 1.0, rule);
    let rule = LineSearch::default();
    assert_eq!(
        search(&[-1.0, 0.0], rule),
        Err(MinimizeError::NotDescent { slope: 2.0 })
    );
    assert!(matches!(
        search(&[1.0], rule),
        Err(MinimizeError::LengthMismatch {
            expected: 2,
            actual: 1,
            ..
        })
    ));
    assert!(matches!(
        search(&[f64::NAN, 0.0], rule),
        Err(MinimizeError::NonFinite { .. })
    ));
    let backwards = LineSearch::StrongWolfe {
        decrease: 0.9,
        curvature: 0.1,
    };
    assert!(matches!(
        search(&[1.0, 0.0], backwards),
        Err(MinimizeError::Domain { .. })
    ));
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(line_search(rosenbrock, &at, &[1.0, 0.0], bad, rule).is_err());
        assert!(
            golden_section(
                |x| x,
                0.0,
                1.0,
                if bad == f64::INFINITY { -1.0 } else { bad }
            )
            .is_err()
        );
        assert!(brent(|x| x, bad, -2.0, 1e-3).is_err());
    }
}

/// Where a function is not defined, searches turn back, and do not hang.
#[test]
fn searches_turn_back_from_where_nothing_is() -> Result<(), MinimizeError> {
    let asked = Cell::new(0);
    let log = |x: &[f64], g: &mut [f64]| {
        asked.set(asked.get() + 1);
        g[0] = 1.0 - 1.0 / x[0];
        x[0] - x[0].ln() // NaN for negative numbers
    };
    let at = Point::new(log, &[3.0]);
    for rule in [LineSearch::default(), LineSearch::Armijo { decrease: 0.1 }] {
        let step = line_search(log, &at, &[-1.0], 100.0, rule)?;
        assert!(step.is_some_and(|step| step.point.x[0] > 0.0 && step.point.value < at.value));
    }
    assert!(asked.get() < 60);
    Ok(())
}
