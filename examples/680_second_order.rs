//! Second order against first order: who crosses Rosenbrock's valley, and at what price.
//!
//! The steepest descent knows the slope and nothing else. In a bent, narrow valley it bounces from wall to wall:
//!
//! ```text
//! descent              x ← x − t ∇f                     slope
//! conjugate gradients  p ← −∇f + β p                    slope, and where it came from
//! BFGS                 x ← x − t H ∇f,  H y = s         slope, and what its changes tell of the curvature
//! Newton               x ← x − t (∇²f)⁻¹ ∇f             slope and curvature
//! trust region         the same, as far as the parabola has proved right
//! simplex              values alone
//! ```
//!
//! Curvature turns the valley into a bowl: Newton's method converges with twice as many digits each step, BFGS nearly so,
//! descent gains a constant factor. The three functions are Rosenbrock's, (1 − x)² + 100 (y − x²)², Beale's and
//! Himmelblau's. Every search ends where no entry of the gradient is above 10⁻⁸, the simplex where its size is.
//!
//! The picture has the paths in Rosenbrock's valley on the level lines y = x² ± √((v − (1 − x)²) / 100).
//!
//! What to try: a first radius of 0.01 for the trust region. The rule `LineSearch::Exact`, which needs fewer steps and
//! more evaluations. Another start, such as (2, −1).

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::{hessian, value_and_gradient};
use gradus::linalg::nalgebra::DMatrix;
use gradus::minimize::{
    Conjugate, Iterate, LineSearch, MinimizeError, Report, Stopping, bfgs, dogleg,
    gradient_descent, lbfgs, nelder_mead, newton, nonlinear_conjugate_gradients,
};
use gradus::numeric::Real;
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let starts = [
        ("Rosenbrock", [-1.2, 1.0]),
        ("Beale", [1.0, 1.0]),
        ("Himmelblau", [1.0, 1.0]),
    ];
    let mut counts = Vec::new();
    for (name, start) in starts {
        println!("{name}, from {start:?}\n  method               steps   evaluations   value");
        let runs = race(name, &start)?;
        for (method, _, report) in &runs {
            let (steps, asked) = (report.iterations, report.evaluations);
            println!("  {method:<20} {steps:<7} {asked:<13} {:.1e}", report.value);
        }
        if name == "Rosenbrock" {
            draw(&runs)?;
        }
        counts.push((runs[0].2.evaluations, runs[2].2.evaluations));
    }
    let (descent, quasi) = counts[0];
    if counts.iter().all(|(descent, quasi)| quasi < descent) {
        println!(
            "result: BFGS crosses Rosenbrock's valley with {quasi} evaluations, descent with {descent}"
        );
        Ok(())
    } else {
        Err(format!("BFGS should need fewer evaluations: {counts:?}").into())
    }
}

/// A function by its name, for numbers and for variables that are differentiated.
fn f<R: Real>(name: &str, v: &[R]) -> R {
    let (x, y, c) = (v[0], v[1], R::from_f64);
    match name {
        "Rosenbrock" => (c(1.0) - x).powi(2) + c(100.0) * (y - x * x).powi(2),
        "Beale" => {
            let term = |a: f64, k: i32| (c(a) - x * (c(1.0) - y.powi(k))).powi(2);
            term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
        }
        _ => (x * x + y - c(11.0)).powi(2) + (x + y * y - c(7.0)).powi(2),
    }
}

fn point(at: Iterate<'_>) -> (f64, f64) {
    (at.x[0], at.x[1])
}

/// A method, its path and what it reports.
type Run = (&'static str, Vec<(f64, f64)>, Report);

fn race(name: &str, start: &[f64]) -> Result<Vec<Run>, MinimizeError> {
    let smooth = |x: &[f64], g: &mut [f64]| {
        let Ok((value, slope)) = value_and_gradient(|x| f(name, x), x) else {
            return f64::NAN;
        };
        g.copy_from_slice(&slope);
        value
    };
    let curvature = |x: &[f64]| hessian(|x| f(name, x), x).unwrap_or_else(|_| DMatrix::zeros(2, 2));
    let (stop, rule, formula) = (
        Stopping::default(),
        LineSearch::default(),
        Conjugate::PolakRibierePlus,
    );
    let mut path = Vec::new();
    let mut runs = Vec::new();
    let mut keep =
        |method, report, path: &mut Vec<_>| runs.push((method, std::mem::take(path), report));
    let run = gradient_descent(smooth, start, rule, stop, |at| path.push(point(at)))?;
    keep("descent", run, &mut path);
    let run = nonlinear_conjugate_gradients(smooth, start, formula, rule, stop, |at| {
        path.push(point(at));
    })?;
    keep("conjugate gradients", run, &mut path);
    let run = bfgs(smooth, start, stop, |at| path.push(point(at)))?;
    keep("BFGS", run, &mut path);
    let run = lbfgs(smooth, start, 5, stop, |at| path.push(point(at)))?;
    keep("L-BFGS", run, &mut path);
    let run = newton(smooth, curvature, start, stop, |at| path.push(point(at)))?;
    keep("Newton", run, &mut path);
    let run = dogleg(smooth, curvature, start, 1.0, stop, |at| {
        path.push(point(at));
    })?;
    keep("trust region", run, &mut path);
    let run = nelder_mead(|x| f(name, x), start, 0.5, stop, |at| path.push(point(at)))?;
    keep("simplex", run, &mut path);
    Ok(runs)
}

/// Four paths on the level lines of Rosenbrock's function, in `out/`.
fn draw(runs: &[Run]) -> Result<(), Box<dyn Error>> {
    let mut levels = Vec::new();
    for value in [0.3_f64, 1.5, 4.5] {
        for side in [-1.0, 1.0] {
            levels.extend((-160..=160).map(|i| {
                let x = f64::from(i) / 100.0;
                let up = side * ((value - (1.0 - x).powi(2)) / 100.0).sqrt();
                (x, x * x + up) // NaN beyond the level: a gap
            }));
            levels.push((f64::NAN, f64::NAN));
        }
    }
    let descent = &runs[0].1[..runs[0].1.len().min(60)];
    let curves = [
        PlaneCurve::line("level lines", &levels),
        PlaneCurve::steps("descent, 60 steps", descent),
        PlaneCurve::steps("BFGS", &runs[2].1),
        PlaneCurve::steps("Newton", &runs[4].1),
        PlaneCurve::steps("trust region", &runs[5].1),
    ];
    let figure = Figure::new("Rosenbrock's valley", "x", "y").sized(900, 700);
    let svg = plane_curves(&figure, &curves)?;
    let path = save("out/680_second_order.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
