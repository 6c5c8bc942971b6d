//! Methods with gradients, first and second order.

use crate::{Bowl, bowl, distance, dot, minus, rosenbrock};
use gradus_minimize::nalgebra::{DMatrix, DVector};
use gradus_minimize::{
    Conjugate, Iterate, LineSearch, MinimizeError, Report, Stop, Stopping, bfgs,
    coordinate_descent, dogleg, gradient_descent, lbfgs, newton, nonlinear_conjugate_gradients,
    steihaug,
};
use gradus_numeric::norm2;
use gradus_testkit::cases;
use proptest::prelude::*;
use std::iter::zip;

const TIGHT: LineSearch = LineSearch::StrongWolfe {
    decrease: 1e-4,
    curvature: 0.1,
};
const EXACT: LineSearch = LineSearch::Exact { tolerance: 1e-10 };
const FORMULAS: [Conjugate; 3] = [
    Conjugate::FletcherReeves,
    Conjugate::PolakRibierePlus,
    Conjugate::HagerZhang,
];

const ONE_STEP: Stopping = Stopping {
    residual: 0.0,
    step: 0.0,
    decrease: 0.0,
    iterations: 1,
    evaluations: usize::MAX,
};

/// On a quadratic the model is the function, so the first step of any length is taken.
fn beats_cauchys_point(
    bowl: &Bowl,
    start: &[f64],
    radius: f64,
    report: &Report,
) -> Result<(), TestCaseError> {
    let mut g = vec![0.0; start.len()];
    let value = bowl.value_and_gradient(start, &mut g);
    let length = dot(&g, &g).sqrt();
    let g = DVector::from_vec(g);
    prop_assume!(length > 1e-6);
    let along = (length.powi(3) / (radius * g.dot(&(&bowl.a * &g)))).min(1.0);
    let cauchy = DVector::from_row_slice(start) - &g * (along * radius / length);
    let p = minus(&report.x, start);
    prop_assert!(dot(&p, &p).sqrt() <= radius * (1.0 + 1e-12));
    prop_assert!(report.value <= bowl.value(cauchy.as_slice()) + 1e-12 * (1.0 + value));
    Ok(())
}

fn hessian(x: &[f64]) -> DMatrix<f64> {
    let n = x.len();
    let mut h = DMatrix::zeros(n, n);
    for i in (0..n).step_by(2) {
        h[(i, i)] = 2.0 - 400.0 * (x[i + 1] - 3.0 * x[i] * x[i]);
        h[(i, i + 1)] = -400.0 * x[i];
        h[(i + 1, i)] = -400.0 * x[i];
        h[(i + 1, i + 1)] = 200.0;
    }
    h
}

fn product(x: &[f64], v: &[f64]) -> Vec<f64> {
    (hessian(x) * DVector::from_row_slice(v))
        .as_slice()
        .to_vec()
}

/// The inverse of BFGS by its definition, $`(I - \rho s y^\top) H (I - \rho y s^\top) + \rho s s^\top`$, one pair after the
/// other, from a multiple of the identity that one of the pairs gives.
fn dense_inverse(pairs: &[(DVector<f64>, DVector<f64>)], scaled_by: usize) -> DMatrix<f64> {
    let (s, y) = &pairs[scaled_by];
    let identity = DMatrix::identity(s.len(), s.len());
    let first = &identity * (s.dot(y) / y.dot(y));
    pairs.iter().fold(first, |h, (s, y)| {
        let rho = 1.0 / s.dot(y);
        let left = &identity - s * y.transpose() * rho;
        &left * h * left.transpose() + s * s.transpose() * rho
    })
}

/// Every method on Rosenbrock's valley; the observer is shown each point.
fn every(
    start: &[f64],
    stopping: Stopping,
    mut observe: impl FnMut(&'static str, Iterate<'_>),
) -> Result<Vec<(&'static str, Report)>, MinimizeError> {
    let f = rosenbrock;
    let mut all = Vec::new();
    let rule = LineSearch::default();
    all.push((
        "descent",
        gradient_descent(f, start, rule, stopping, |at| observe("descent", at))?,
    ));
    for formula in FORMULAS {
        let run = nonlinear_conjugate_gradients(f, start, formula, TIGHT, stopping, |at| {
            observe("conjugate", at);
        })?;
        all.push(("conjugate", run));
    }
    all.push((
        "newton",
        newton(f, hessian, start, stopping, |at| observe("newton", at))?,
    ));
    all.push((
        "dogleg",
        dogleg(f, hessian, start, 1.0, stopping, |at| observe("dogleg", at))?,
    ));
    all.push((
        "steihaug",
        steihaug(f, product, start, 1.0, stopping, |at| {
            observe("steihaug", at);
        })?,
    ));
    all.push(("bfgs", bfgs(f, start, stopping, |at| observe("bfgs", at))?));
    all.push((
        "lbfgs",
        lbfgs(f, start, 5, stopping, |at| observe("lbfgs", at))?,
    ));
    Ok(all)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn descent_methods_descend(x in -2.0..2.0, y in -2.0..2.0) {
        let start = [x, y];
        let mut before: Option<(&str, f64)> = None;
        let mut rises = Vec::new();
        let stopping = Stopping { iterations: 60, ..Stopping::default() };
        every(&start, stopping, |name, at| {
            let last = before.filter(|_| at.iteration > 0).map_or(f64::INFINITY, |b| b.1);
            // A line search compares values within 4 roundings.
            if at.value > last * (1.0 + 4.0 * f64::EPSILON) {
                rises.push((name, at.iteration, last, at.value));
            }
            before = Some((name, at.value));
        })?;
        prop_assert!(rises.is_empty(), "{rises:?}");
    }

    #[test]
    fn the_reported_criterion_holds(x in -2.0..2.0, y in -2.0..2.0, exponent in 1..9_i32, few in 1..20_usize) {
        let tolerance = 10.0_f64.powi(-exponent);
        for stopping in [
            Stopping { residual: tolerance, ..Stopping::default() },
            Stopping { residual: 0.0, step: tolerance, ..Stopping::default() },
            Stopping { residual: 0.0, decrease: tolerance, ..Stopping::default() },
            Stopping { iterations: few, ..Stopping::default() },
            Stopping { evaluations: few, ..Stopping::default() },
        ] {
            let mut points = Vec::new();
            for (name, report) in every(&[x, y], stopping, |_, at| {
                if at.iteration == 0 { points.clear() }
                points.push((at.x.to_vec(), at.value));
            })? {
                prop_assert!(!points.is_empty());
                match report.stop {
                    Stop::Residual => prop_assert!(report.residual <= stopping.residual, "{}", name),
                    Stop::Iterations => prop_assert_eq!(report.iterations, stopping.iterations),
                    Stop::Evaluations => prop_assert!(report.evaluations >= stopping.evaluations),
                    Stop::Step => prop_assert!(stopping.step > 0.0 || report.value < 1e-20),
                    Stop::Decrease => prop_assert!(stopping.decrease > 0.0),
                    _ => prop_assert!(report.value < 1e-12, "{} {:?}", name, report),
                }
            }
        }
    }

    #[test]
    fn exact_descent_obeys_kantorovich((bowl, start) in bowl(1..6)) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let [low, high] = bowl.spectrum()?;
        let factor = ((high - low) / (high + low)).powi(2);
        let mut values = Vec::new();
        let stopping = Stopping { iterations: 20, ..Stopping::default() };
        gradient_descent(f, &start, EXACT, stopping, |at| values.push(at.value))?;
        for pair in values.windows(2) {
            // Values tell the place of the minimum on a line within the root of the rounding unit.
            prop_assert!(pair[1] <= factor * pair[0] * (1.0 + 1e-6) + 1e-10 * values[0] + 1e-15, "{pair:?} {factor}");
        }
    }

    #[test]
    fn conjugate_gradients_need_n_steps((bowl, start) in bowl(1..6)) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let mut g = vec![0.0; start.len()];
        f(&start, &mut g);
        // Exact steps are right within the root of the rounding unit, times the condition.
        let residual = 1e-4 * distance(&g, &vec![0.0; g.len()]) + 1e-8;
        for formula in FORMULAS {
            let stopping = Stopping { residual, iterations: start.len(), ..Stopping::default() };
            let report = nonlinear_conjugate_gradients(f, &start, formula, EXACT, stopping, |_| ())?;
            prop_assert!(report.stop == Stop::Residual, "{formula:?} {report:?}");
        }
    }

    #[test]
    fn a_dogleg_beats_cauchys_point((bowl, start) in bowl(1..6), radius in 1e-3..30.0) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let report = dogleg(f, |_| bowl.a.clone(), &start, radius, ONE_STEP, |_| ())?;
        beats_cauchys_point(&bowl, &start, radius, &report)?;
    }

    #[test]
    fn steihaug_beats_cauchys_point((bowl, start) in bowl(1..6), radius in 1e-3..30.0) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let product = |_: &[f64], v: &[f64]| (&bowl.a * DVector::from_row_slice(v)).as_slice().to_vec();
        let report = steihaug(f, product, &start, radius, ONE_STEP, |_| ())?;
        beats_cauchys_point(&bowl, &start, radius, &report)?;
    }

    #[test]
    fn newton_needs_one_step_on_a_quadratic((bowl, start) in bowl(1..6)) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let h = |_: &[f64]| bowl.a.clone();
        let size = 100.0 * f64::EPSILON * bowl.a.amax() * 20.0 * start.len() as f64;
        let stopping = Stopping { residual: size, ..Stopping::default() };
        for report in [newton(f, h, &start, stopping, |_| ())?, dogleg(f, h, &start, 1e3, stopping, |_| ())?] {
            prop_assert!(report.iterations <= 1 && report.stop == Stop::Residual, "{report:?}");
            prop_assert!(distance(&report.x, bowl.c.as_slice()) <= 1e-10);
        }
    }

    #[test]
    fn newton_does_not_see_the_units(x in -1.5..1.5, y in -0.5..1.5, i in -6..6_i32, j in -6..6_i32) {
        let units = [2.0_f64.powi(i), 2.0_f64.powi(j)];
        let inside = |x: &[f64]| [x[0] / units[0], x[1] / units[1]];
        let f = |x: &[f64], g: &mut [f64]| {
            let value = rosenbrock(&inside(x), g);
            (g[0], g[1]) = (g[0] / units[0], g[1] / units[1]);
            value
        };
        let h = |x: &[f64]| {
            let h = hessian(&inside(x));
            DMatrix::from_fn(2, 2, |i, j| h[(i, j)] / units[i] / units[j])
        };
        // Where every Hessian is positive definite nothing is added to it.
        prop_assume!(y < x * x);
        let one_step = Stopping { residual: 0.0, iterations: 1, ..Stopping::default() };
        let one = newton(rosenbrock, hessian, &[x, y], one_step, |_| ())?;
        let other = newton(f, h, &[x * units[0], y * units[1]], one_step, |_| ())?;
        prop_assert!(distance(&one.x, &inside(&other.x)) <= 1e-9 * (1.0 + distance(&one.x, &[0.0, 0.0])));
    }

    #[test]
    fn second_order_methods_agree(x in -2.0..2.0, y in -2.0..2.0) {
        for (name, report) in every(&[x, y], Stopping::default(), |_, _| ())? {
            if name != "descent" {
                prop_assert!(distance(&report.x, &[1.0, 1.0]) < 1e-6, "{name}: {report:?}");
            }
        }
    }

    #[test]
    fn lbfgs_with_a_long_memory_is_bfgs(x in -2.0..2.0, y in -2.0..2.0) {
        // L-BFGS scales the matrix anew in each step, BFGS before the first update only: so their first two steps agree.
        let stopping = Stopping { residual: 0.0, iterations: 2, ..Stopping::default() };
        let (mut one, mut other) = (Vec::new(), Vec::new());
        bfgs(rosenbrock, &[x, y], stopping, |at| one.push(at.x.to_vec()))?;
        lbfgs(rosenbrock, &[x, y], 50, stopping, |at| other.push(at.x.to_vec()))?;
        for (one, other) in one.iter().zip(&other) {
            prop_assert!(distance(one, other) <= 1e-9 * (1.0 + distance(one, &[0.0, 0.0])), "{one:?} {other:?}");
        }
    }

    #[test]
    fn directions_are_those_of_the_dense_inverse((bowl, start) in bowl(2..6), memory in 1..20_usize) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let stopping = Stopping { residual: 1e-6, iterations: 12, ..Stopping::default() };
        let (mut full, mut limited) = (Vec::new(), Vec::new());
        bfgs(f, &start, stopping, |at| full.push(DVector::from_row_slice(at.x)))?;
        lbfgs(f, &start, memory, stopping, |at| limited.push(DVector::from_row_slice(at.x)))?;
        for (points, memory) in [(full, None), (limited, Some(memory))] {
            let gradient = |x: &DVector<f64>| &bowl.a * (x - &bowl.c);
            let pairs: Vec<_> = points.windows(2).map(|x| (&x[1] - &x[0], gradient(&x[1]) - gradient(&x[0]))).collect();
            for k in 1..pairs.len() {
                let known = &pairs[k.saturating_sub(memory.unwrap_or(k))..k];
                // BFGS scales the identity by its first pair, the two loops by the newest.
                let h = dense_inverse(known, memory.map_or(0, |_| known.len() - 1));
                let (p, s) = (-(&h * gradient(&points[k])), &pairs[k].0);
                let off = s - &p * (s.dot(&p) / p.dot(&p));
                // Steps are differences of points; H has the condition of the bowl, some hundreds, at most squared.
                let [size, off, step] = [&points[k], &off, s].map(|x| norm2(x.as_slice()));
                let rounding = 4.0 * f64::EPSILON * (size + norm2(bowl.c.as_slice()));
                prop_assert!(off <= 1e-10 * step + 1e4 * rounding, "step {k}, memory {memory:?}: {off} of {step}");
            }
        }
    }

    #[test]
    fn conjugate_formulas_agree_on_a_quadratic((bowl, start) in bowl(2..5)) {
        let f = |x: &[f64], g: &mut [f64]| bowl.value_and_gradient(x, g);
        let stopping = Stopping { residual: 0.0, iterations: 2, ..Stopping::default() };
        let mut ends = Vec::new();
        for formula in FORMULAS {
            ends.push(nonlinear_conjugate_gradients(f, &start, formula, EXACT, stopping, |_| ())?.x);
        }
        // Exact steps are right within the root of the rounding unit, times the condition.
        prop_assert!(distance(&ends[0], &ends[1]) <= 1e-4 * (1.0 + distance(&start, bowl.c.as_slice())));
        prop_assert!(distance(&ends[0], &ends[2]) <= 1e-4 * (1.0 + distance(&start, bowl.c.as_slice())));
    }

    #[test]
    fn one_sweep_solves_a_separable_function(c in prop::collection::vec(-5.0..5.0, 1..6)) {
        let f = |x: &[f64]| x.iter().zip(&c).map(|(x, c): (&f64, &f64)| (x - c).powi(2)).sum::<f64>();
        let stopping = Stopping { iterations: 1, ..Stopping::default() };
        let report = coordinate_descent(f, &vec![0.0; c.len()], 1.0, stopping, |_| ())?;
        prop_assert!(distance(&report.x, &c) <= 1e-6, "{report:?}"); // the root of the rounding unit
    }
}

/// The valley runs along the kink x = y, which no coordinate can follow.
#[test]
fn a_kink_stops_coordinate_descent() -> Result<(), MinimizeError> {
    let f = |x: &[f64]| 3.0 * (x[0] - x[1]).abs() + x[0] + x[1] + 0.1 * (x[0] * x[0] + x[1] * x[1]);
    let report = coordinate_descent(f, &[2.0, 2.0], 1.0, Stopping::default(), |_| ())?;
    assert!(
        f(&report.x) > f(&[-5.0, -5.0]) + 5.0 && report.stop.is_converged(),
        "{report:?}"
    );
    Ok(())
}

#[test]
fn bad_starts_and_tolerances_are_refused() {
    let nothing = |_: &[f64], g: &mut [f64]| {
        g.fill(0.0);
        f64::NAN
    };
    let outside = bfgs(nothing, &[1.0], Stopping::default(), |_| ());
    assert!(matches!(outside, Err(MinimizeError::StartOutside { .. })));
    let start = lbfgs(
        rosenbrock,
        &[f64::INFINITY, 0.0],
        5,
        Stopping::default(),
        |_| (),
    );
    assert!(matches!(
        start,
        Err(MinimizeError::NonFinite { index: 0, .. })
    ));
    assert!(lbfgs(rosenbrock, &[0.0, 0.0], 0, Stopping::default(), |_| ()).is_err());
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let stopping = Stopping {
            step: bad,
            ..Stopping::default()
        };
        assert!(matches!(
            bfgs(rosenbrock, &[0.0, 0.0], stopping, |_| ()),
            Err(MinimizeError::Domain { .. })
        ));
        assert!(
            dogleg(
                rosenbrock,
                hessian,
                &[0.0, 0.0],
                bad,
                Stopping::default(),
                |_| ()
            )
            .is_err()
        );
    }
}

/// A function that falls forever stops at the limits, one without gradient at once, an empty one, too.
#[test]
fn every_search_ends() -> Result<(), MinimizeError> {
    let falling = |x: &[f64], g: &mut [f64]| {
        g[0] = -1.0;
        -x[0]
    };
    let report = lbfgs(falling, &[0.0], 5, Stopping::default(), |_| ())?;
    assert!(
        !report.stop.is_converged() || report.stop == Stop::Step,
        "{report:?}"
    );
    let flat = |_: &[f64], g: &mut [f64]| {
        g.fill(0.0);
        3.0
    };
    assert_eq!(
        bfgs(flat, &[1.0, 2.0], Stopping::default(), |_| ())?.iterations,
        0
    );
    assert_eq!(
        bfgs(flat, &[], Stopping::default(), |_| ())?.stop,
        Stop::Residual
    );
    let wrong = |x: &[f64], g: &mut [f64]| {
        g[0] = -2.0 * x[0]; // the sign is wrong
        x[0] * x[0]
    };
    assert_eq!(
        gradient_descent(
            wrong,
            &[1.0],
            LineSearch::default(),
            Stopping::default(),
            |_| ()
        )?
        .stop,
        Stop::NoDescent
    );
    Ok(())
}

/// $`-\sum x_i^2`$ falls until it overflows, and so does what a model promises: the search ends at a finite point.
#[test]
fn trust_regions_end_where_a_function_has_no_bottom() -> Result<(), MinimizeError> {
    let stopping = Stopping {
        residual: 0.0,
        evaluations: 20_000,
        ..Stopping::default()
    };
    for start in [&[-2.0, -0.5][..], &[1.0, 1.0, 1.0], &[5e-324]] {
        let f = |x: &[f64], g: &mut [f64]| {
            zip(g, x).for_each(|(g, x)| *g = -2.0 * x);
            -x.iter().map(|x| x * x).sum::<f64>()
        };
        let product = |_: &[f64], v: &[f64]| v.iter().map(|v| -2.0 * v).collect::<Vec<_>>();
        let n = start.len();
        let hessian = |_: &[f64]| DMatrix::from_diagonal_element(n, n, -2.0);
        for report in [
            steihaug(f, product, start, 1.0, stopping, |_| ())?,
            dogleg(f, hessian, start, 1.0, stopping, |_| ())?,
        ] {
            assert!(
                report.value.is_finite() && report.evaluations <= 21_000,
                "{report:?}"
            );
        }
    }
    Ok(())
}
