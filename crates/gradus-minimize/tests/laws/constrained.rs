//! Convex sets and penalties in methods.

use crate::{Bowl, bowl, distance, dot, minus, rosenbrock};
use gradus_minimize::{
    Ball, Bounds, ConvexSet, L1Norm, MinimizeError, Proximal, ScaledSimplex, Stop, Stopping, fista,
    frank_wolfe, lbfgs, lbfgs_b, mirror_descent, proximal_gradient,
};
use gradus_testkit::cases;
use proptest::prelude::*;

/// The value of the lasso, smooth part and penalty.
fn lasso(bowl: &Bowl, penalty: L1Norm, x: &[f64]) -> f64 {
    bowl.value(x) + penalty.value(x)
}

fn square(x: &[f64]) -> f64 {
    dot(x, x)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn proximal_gradient_keeps_its_rate((bowl, start) in bowl(1..5), lambda in 0.0..2.0) {
        let (f, penalty) = (|x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g), L1Norm::new(lambda)?);
        let [_, l] = bowl.spectrum()?;
        let exact = Stopping { residual: 1e-11, ..Stopping::default() };
        let best = fista(f, &penalty, &start, 1.0, exact, |_| ())?.x;
        let bottom = lasso(&bowl, penalty, &best);
        let far = square(&minus(&start, &best));
        let mut values = Vec::new();
        let stopping = Stopping { iterations: 30, ..Stopping::default() };
        proximal_gradient(f, &penalty, &start, 1.0, stopping, |at| values.push(at.value))?;
        let rounding = 1e-12 * values[0];
        for (k, value) in values.iter().enumerate().skip(1) {
            // Halving finds a curvature of at most 2 L, or 1, the first that is tried.
            let bound = far * (2.0 * l).max(1.0) / (2.0 * k as f64);
            prop_assert!(value - bottom <= bound + rounding, "step {k}: {} > {bound}", value - bottom);
            prop_assert!(*value <= values[k - 1] + rounding);
        }
    }

    #[test]
    fn fista_keeps_its_rate((bowl, start) in bowl(1..5), lambda in 0.0..2.0) {
        let (f, penalty) = (|x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g), L1Norm::new(lambda)?);
        let [_, l] = bowl.spectrum()?;
        let exact = Stopping { residual: 1e-11, ..Stopping::default() };
        let best = proximal_gradient(f, &penalty, &start, 1.0, exact, |_| ())?.x;
        let bottom = lasso(&bowl, penalty, &best);
        let far = square(&minus(&start, &best));
        let mut values = Vec::new();
        let stopping = Stopping { iterations: 60, ..Stopping::default() };
        fista(f, &penalty, &start, 1.0, stopping, |at| values.push(at.value))?;
        for (k, value) in values.iter().enumerate().skip(1) {
            let bound = 2.0 * (2.0 * l).max(1.0) * far / (k as f64 + 1.0).powi(2);
            prop_assert!(value - bottom <= bound + 1e-12 * values[0], "step {k}: {} > {bound}", value - bottom);
        }
    }

    #[test]
    fn the_lasso_is_stationary((bowl, start) in bowl(1..6), lambda in 0.1..3.0) {
        let (f, penalty) = (|x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g), L1Norm::new(lambda)?);
        for report in [
            proximal_gradient(f, &penalty, &start, 1.0, Stopping::default(), |_| ())?,
            fista(f, &penalty, &start, 1.0, Stopping::default(), |_| ())?,
        ] {
            let mut g = vec![0.0; start.len()];
            f(&report.x, &mut g);
            // −∇f = λ sign(x) where x is not 0, |∇f| ≤ λ where it is.
            for (x, g) in report.x.iter().zip(&g) {
                let wrong = if *x == 0.0 { (g.abs() - lambda).max(0.0) } else { (g + lambda.copysign(*x)).abs() };
                prop_assert!(wrong <= 1e-6, "{report:?} {g}");
            }
        }
    }

    #[test]
    fn frank_and_wolfe_keep_their_rate((bowl, start) in bowl(2..5), r in 0.5..2.0) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let ball = Ball::two(vec![0.0; start.len()], r)?;
        let start = ball.project(&start);
        let [_, l] = bowl.spectrum()?;
        let exact = Stopping { residual: 1e-10, ..Stopping::default() };
        let bottom = fista(f, &ball, &start, 1.0, exact, |_| ())?.value;
        let mut points = Vec::new();
        let stopping = Stopping { residual: 0.0, iterations: 50, ..Stopping::default() };
        frank_wolfe(f, &ball, &start, stopping, |at| points.push((at.value, at.residual)))?;
        for (k, (value, gap)) in points.iter().enumerate().skip(1) {
            let bound = 2.0 * l * (2.0 * r).powi(2) / (k as f64 + 2.0);
            prop_assert!(value - bottom <= bound + 1e-9, "step {k}");
            prop_assert!(value - bottom <= gap + 1e-9 * (1.0 + value), "the gap bounds the error");
        }
    }

    #[test]
    fn mirror_descent_stays_on_the_simplex((bowl, start) in bowl(2..6), sum in 0.5..2.0) {
        let n = start.len();
        let simplex = ScaledSimplex::new(n, sum)?;
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let mut before = f64::INFINITY;
        let mut wrong = Vec::new();
        let stopping = Stopping { iterations: 50, ..Stopping::default() };
        mirror_descent(f, &simplex, &vec![sum / n as f64; n], 1.0, stopping, |at| {
            let total: f64 = at.x.iter().sum();
            if (total - sum).abs() > 1e-12 || at.x.iter().any(|x| *x < 0.0) || at.value > before * (1.0 + 1e-14) {
                wrong.push(at.x.to_vec());
            }
            before = at.value;
        })?;
        prop_assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn mirror_descent_agrees_with_projection((bowl, start) in bowl(2..5)) {
        let n = start.len();
        let simplex = ScaledSimplex::new(n, 1.0)?;
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let start = vec![1.0 / n as f64; n];
        let one = fista(f, &simplex, &start, 1.0, Stopping::default(), |_| ())?;
        let rough = Stopping { residual: 1e-3, ..Stopping::default() };
        let other = mirror_descent(f, &simplex, &start, 1.0, rough, |_| ())?;
        prop_assert!(other.value - one.value <= 1.1e-3, "{one:?} {other:?}"); // the gap bounds the error
        prop_assert!(other.value - one.value >= -1e-9);
    }

    #[test]
    fn lbfgs_b_stays_in_its_box(x in -2.0..2.0, y in -2.0..2.0, low in -2.0..0.5, width in 0.0..3.0) {
        let bounds = Bounds::new(vec![low, -0.5], vec![low + width, f64::INFINITY])?;
        let start = bounds.project(&[x, y]);
        let mut outside = 0;
        let inside = |x: &[f64]| bounds.project(x) == x;
        let f = |x: &[f64], g: &mut [f64]| {
            outside += usize::from(!inside(x));
            rosenbrock(x, g)
        };
        let mut left = 0;
        lbfgs_b(f, &bounds, &start, 10, Stopping::default(), |at| left += usize::from(!inside(at.x)))?;
        prop_assert_eq!((outside, left), (0, 0));
    }

    #[test]
    fn lbfgs_b_in_a_wide_box_is_lbfgs(x in -2.0..2.0, y in -2.0..2.0, memory in 1..4_usize) {
        let bounds = Bounds::new(vec![-1e9; 2], vec![f64::INFINITY; 2])?;
        let stopping = Stopping { residual: 1e-3, iterations: 6, ..Stopping::default() };
        let (mut one, mut other) = (Vec::new(), Vec::new());
        lbfgs(rosenbrock, &[x, y], memory, stopping, |at| one.push(at.x.to_vec()))?;
        lbfgs_b(rosenbrock, &bounds, &[x, y], memory, stopping, |at| other.push(at.x.to_vec()))?;
        for (one, other) in one.iter().zip(&other) {
            // One matrix in two forms; what rounding makes of the difference grows from step to step.
            prop_assert!(distance(one, other) <= 1e-6 * (1.0 + distance(one, &[0.0, 0.0])), "{one:?} {other:?}");
        }
    }

    #[test]
    fn lbfgs_b_ends_at_a_stationary_point(
        start in prop::collection::vec(-2.0..2.0, 6),
        low in prop::collection::vec(-2.0..1.5, 6),
        width in prop::collection::vec(0.0..3.0, 6),
    ) {
        let upper = low.iter().zip(&width).map(|(l, w)| l + w).collect();
        let bounds = Bounds::new(low, upper)?;
        let start = bounds.project(&start);
        let report = lbfgs_b(rosenbrock, &bounds, &start, 5, Stopping { residual: 1e-6, ..Stopping::default() }, |_| ())?;
        let mut g = vec![0.0; 6];
        rosenbrock(&report.x, &mut g);
        // Karush, Kuhn and Tucker: a step down the gradient is undone by the projection.
        let moved = bounds.project(&minus(&report.x, &g));
        prop_assert!(distance(&moved, &report.x) <= 1e-6, "{report:?}");
        // So do projected gradients, which know nothing of curvature, find nothing lower near by.
        let other = proximal_gradient(rosenbrock, &bounds, &report.x, 1e-3, Stopping { iterations: 50, ..Stopping::default() }, |_| ())?;
        prop_assert!(other.value >= report.value - 1e-9 * (1.0 + report.value));
    }
}

#[test]
fn a_start_must_lie_in_the_set() -> Result<(), MinimizeError> {
    let outside = |report| matches!(report, Err(MinimizeError::StartNotInSet { .. }));
    let bounds = Bounds::new(vec![0.0; 2], vec![1.0; 2])?;
    assert!(outside(lbfgs_b(
        rosenbrock,
        &bounds,
        &[2.0, 0.0],
        5,
        Stopping::default(),
        |_| ()
    )));
    let ball = Ball::two(vec![0.0; 2], 1.0)?;
    assert!(outside(frank_wolfe(
        rosenbrock,
        &ball,
        &[2.0, 0.0],
        Stopping::default(),
        |_| ()
    )));
    let simplex = ScaledSimplex::new(2, 1.0)?;
    assert!(outside(mirror_descent(
        rosenbrock,
        &simplex,
        &[0.5, 0.6],
        1.0,
        Stopping::default(),
        |_| ()
    )));
    let corner = mirror_descent(
        rosenbrock,
        &simplex,
        &[0.0, 1.0],
        1.0,
        Stopping::default(),
        |_| (),
    );
    assert!(matches!(corner, Err(MinimizeError::Domain { .. })));
    assert!(lbfgs_b(rosenbrock, &bounds, &[0.0], 5, Stopping::default(), |_| ()).is_err());
    Ok(())
}

#[test]
fn frank_and_wolfe_stay_where_the_function_is_finite() -> Result<(), MinimizeError> {
    let simplex = ScaledSimplex::new(3, 1.0)?;
    let start = [0.7, 0.2, 0.1];
    // −Σ ln x is infinite at every corner, and smallest in the middle.
    let barrier = |x: &[f64], g: &mut [f64]| {
        g.iter_mut().zip(x).for_each(|(g, x)| *g = -1.0 / x);
        -x.iter().map(|x| x.ln()).sum::<f64>()
    };
    let stopping = Stopping {
        residual: 0.05,
        ..Stopping::default()
    };
    let report = frank_wolfe(barrier, &simplex, &start, stopping, |_| ())?;
    let error = report.value - 3.0 * 3.0_f64.ln();
    assert!(
        error <= report.residual && report.residual <= 0.05,
        "{report:?}"
    );
    // A function that is a number at the start alone.
    let lonely = |x: &[f64], g: &mut [f64]| {
        g.copy_from_slice(&[1.0, 2.0, 3.0]);
        if x == start { 5.0 } else { f64::NAN }
    };
    let report = frank_wolfe(lonely, &simplex, &start, Stopping::default(), |_| ())?;
    assert_eq!(
        (report.x, report.value, report.stop),
        (start.to_vec(), 5.0, Stop::NoDescent)
    );
    Ok(())
}
