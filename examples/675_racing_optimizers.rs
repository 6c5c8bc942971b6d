//! Optimizers for training, racing on two functions.
//!
//! Every optimizer turns the gradient g into a step of its own (θ ← θ − η u):
//!
//! ```text
//! momentum   u = v,  v ← 0.9 v + g             speed adds up
//! Adam       u = m̂ / (√v̂ + ε)                  steps of one size, by averages of g and g²
//! AMSGrad    the same over the largest √v̂       steps that never grow back
//! NAdam      Adam that looks ahead
//! RAdam      Adam that warms up by itself
//! Yogi       Adam whose mean square moves slowly
//! AdaBelief  over the deviation of g from m     long steps where g is as expected
//! sign       u = sign(g)                        one size for ever
//! Rprop      a length for each parameter, × 1.2 while the sign stays, × ½ where it turns
//! ```
//!
//! The functions are Rosenbrock's bent valley and Himmelblau's four bowls. Each optimizer runs 2000 steps
//! with every rate of a grid, 10⁻⁴, 3·10⁻⁴, …, 1, and shows its best: racing with one rate for all would compare the
//! rates. (Rprop's rate is the length of its first step.) A steep wall makes plain rates small, so methods that divide by the
//! size of the gradient do well here; none of this says what they do on noisy gradients.
//!
//! The picture has the paths in Rosenbrock's valley.
//!
//! What to try: 200 steps. Noise on the gradient: Rprop, which trusts signs, then fails.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::gradient;
use gradus::numeric::{Real, Shape};
use gradus::optim::{
    Chain, Gradient, Layout, OptimError, ScaleByAdam, ScaleByAmsgrad, ScaleByBelief, ScaleByNadam,
    ScaleByRectifiedAdam, ScaleByRprop, ScaleBySign, ScaleByYogi, descend, momentum,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

const STEPS: usize = 2000;
const RATES: [f64; 9] = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0];
const NAMES: [&str; 9] = [
    "momentum",
    "Adam",
    "AMSGrad",
    "NAdam",
    "RAdam",
    "Yogi",
    "AdaBelief",
    "sign",
    "Rprop",
];

fn main() -> Result<(), Box<dyn Error>> {
    let starts = [("Rosenbrock", [-1.2, 1.0]), ("Himmelblau", [0.0, 0.0])];
    let mut adam = f64::INFINITY;
    for (function, start) in starts {
        println!(
            "{function}, from {start:?}, after {STEPS} steps\n  optimizer   best rate   value"
        );
        let mut paths = Vec::new();
        for name in NAMES {
            let (rate, value, path) = best(name, function, start)?;
            println!("  {name:<11} {rate:<11} {value:.1e}");
            if function == "Rosenbrock" && name == "Adam" {
                adam = value;
            }
            paths.push(path);
        }
        if function == "Rosenbrock" {
            draw(&paths)?;
        }
    }
    if adam < 1e-3 {
        println!("result: Adam comes down Rosenbrock's valley to {adam:.0e}");
        Ok(())
    } else {
        Err(format!("Adam should come down the valley: {adam}").into())
    }
}

fn optimizer(name: &str, rate: f64) -> Result<Chain<f64>, OptimError> {
    match name {
        "momentum" => momentum(rate, 0.9),
        "Adam" => descend(ScaleByAdam::default(), rate),
        "AMSGrad" => descend(ScaleByAmsgrad::default(), rate),
        "NAdam" => descend(ScaleByNadam::default(), rate),
        "RAdam" => descend(ScaleByRectifiedAdam::default(), rate),
        "Yogi" => descend(ScaleByYogi::default(), rate),
        "AdaBelief" => descend(ScaleByBelief::default(), rate),
        "sign" => descend(ScaleBySign, rate),
        _ => descend(
            ScaleByRprop {
                start: rate,
                ..ScaleByRprop::default()
            },
            1.0,
        ),
    }
}

fn f<R: Real>(name: &str, v: &[R]) -> R {
    let (x, y, c) = (v[0], v[1], R::from_f64);
    match name {
        "Rosenbrock" => (c(1.0) - x).powi(2) + c(100.0) * (y - x * x).powi(2),
        _ => (x * x + y - c(11.0)).powi(2) + (x + y * y - c(7.0)).powi(2),
    }
}

/// The points of a run.
type Path = Vec<(f64, f64)>;

/// The best rate of the grid, the value where it ends and the path.
fn best(name: &str, function: &str, start: [f64; 2]) -> Result<(f64, f64, Path), Box<dyn Error>> {
    let mut found = (f64::NAN, f64::INFINITY, Vec::new());
    for rate in RATES {
        // A rate that is too large ends in a refused step or far away; it is not the best one.
        let Some(path) = walk(&optimizer(name, rate)?, function, start)? else {
            continue;
        };
        let end = path[STEPS];
        let value = f(function, &[end.0, end.1]);
        if value < found.1 {
            found = (rate, value, path);
        }
    }
    Ok(found)
}

fn walk(
    optimizer: &Chain<f64>,
    function: &str,
    start: [f64; 2],
) -> Result<Option<Path>, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("weight", Shape::new(2, 1))?;
    let mut theta = start;
    let mut state = optimizer.init(&layout, &theta)?;
    let mut path = vec![(theta[0], theta[1])];
    for _ in 0..STEPS {
        let g = gradient(|x| f(function, x), &theta)?;
        if optimizer
            .update(&mut state, &mut theta, Gradient::sum_of(&[&g]))
            .is_err()
        {
            return Ok(None);
        }
        path.push((theta[0], theta[1]));
    }
    Ok(Some(path))
}

/// Four paths in `out/`.
fn draw(paths: &[Path]) -> Result<(), Box<dyn Error>> {
    let valley: Vec<_> = (-150..=130)
        .map(|i| f64::from(i) / 100.0)
        .map(|x| (x, x * x))
        .collect();
    let curves = [
        PlaneCurve::line("the floor", &valley),
        PlaneCurve::line("momentum", &paths[0]),
        PlaneCurve::line("Adam", &paths[1]),
        PlaneCurve::line("AdaBelief", &paths[6]),
        PlaneCurve::line("Rprop", &paths[8]),
    ];
    let svg = plane_curves(
        &Figure::new("Down Rosenbrock's valley", "x", "y").sized(900, 700),
        &curves,
    )?;
    println!(
        "picture: {}",
        save("out/675_racing_optimizers.svg", &svg)?.display()
    );
    Ok(())
}
