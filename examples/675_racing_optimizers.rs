//! Optimizers racing on two functions, with their paths.
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
//! Beale's function is flat with a sharp bend at its minimum (3, ½), Himmelblau's has four bowls. Each optimizer runs 300
//! steps with every rate of a grid, 10⁻⁴, 3·10⁻⁴, …, 1, and shows its best: racing with one rate for all would compare the
//! rates. (Rprop's rate is the length of its first step.) More optimizers on more functions are in docs/optimizers.md.
//!
//! The two pictures have the paths of five of them. Which of Himmelblau's four bowls is reached is chance.
//!
//! What to try: 2000 steps. Another start. Noise on the gradient: Rprop, which trusts signs, then fails.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::gradient;
use gradus::numeric::{Real, Shape};
use gradus::optim::{
    Chain, Gradient, Layout, OptimError, ScaleByAdam, ScaleByAmsgrad, ScaleByBelief, ScaleByNadam,
    ScaleByRectifiedAdam, ScaleByRprop, ScaleBySign, ScaleByYogi, descend, momentum,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

const STEPS: usize = 300;
const RATES: [f64; 9] = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0];
const DRAWN: [&str; 5] = ["momentum", "Adam", "AdaBelief", "sign", "Rprop"];

type Make = fn(f64) -> Result<Chain<f64>, OptimError>;

fn main() -> Result<(), Box<dyn Error>> {
    let methods: [(&str, Make); 9] = [
        ("momentum", |rate| momentum(rate, 0.9)),
        ("Adam", |rate| descend(ScaleByAdam::default(), rate)),
        ("AMSGrad", |rate| descend(ScaleByAmsgrad::default(), rate)),
        ("NAdam", |rate| descend(ScaleByNadam::default(), rate)),
        ("RAdam", |rate| {
            descend(ScaleByRectifiedAdam::default(), rate)
        }),
        ("Yogi", |rate| descend(ScaleByYogi::default(), rate)),
        ("AdaBelief", |rate| descend(ScaleByBelief::default(), rate)),
        ("sign", |rate| descend(ScaleBySign, rate)),
        ("Rprop", |start| {
            descend(
                ScaleByRprop {
                    start,
                    ..ScaleByRprop::default()
                },
                1.0,
            )
        }),
    ];
    let mut adam = 0.0_f64;
    for (function, start) in [("Beale", [1.0, 1.0]), ("Himmelblau", [0.0, 0.0])] {
        println!(
            "{function}, from {start:?}, after {STEPS} steps\n  optimizer   best rate   value"
        );
        let mut paths = Vec::new();
        for (name, make) in methods {
            let (rate, value, path) = best(make, function, start)?;
            println!("  {name:<11} {rate:<11} {value:.1e}");
            if name == "Adam" {
                adam = adam.max(value);
            }
            paths.push((name, path));
        }
        let drawn = paths.iter().filter(|(name, _)| DRAWN.contains(name));
        let drawn: Vec<_> = drawn
            .map(|(name, path)| PlaneCurve::line(name, path))
            .collect();
        let figure = Figure::new(format!("Down {function}'s function"), "x", "y").sized(900, 600);
        let file = format!("out/675_{}.svg", function.to_lowercase());
        println!(
            "picture: {}",
            save(file, &plane_curves(&figure, &drawn)?)?.display()
        );
    }
    if adam < 1e-3 {
        println!("result: Adam comes down both functions, to {adam:.0e} and less");
        Ok(())
    } else {
        Err(format!("Adam should come down: {adam}").into())
    }
}

fn f<R: Real>(name: &str, v: &[R]) -> R {
    let (x, y, c) = (v[0], v[1], R::from_f64);
    if name == "Himmelblau" {
        return (x * x + y - c(11.0)).powi(2) + (x + y * y - c(7.0)).powi(2);
    }
    let term = |a, k| (c(a) - x + x * y.powi(k)).powi(2);
    term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
}

/// The points of a run.
type Path = Vec<(f64, f64)>;

/// The best rate of the grid, the value where it ends and the path.
fn best(make: Make, function: &str, start: [f64; 2]) -> Result<(f64, f64, Path), Box<dyn Error>> {
    let mut found = (f64::NAN, f64::INFINITY, Vec::new());
    for rate in RATES {
        // A rate that is too large ends in a refused step or far away; it is not the best one.
        let Some(path) = walk(&make(rate)?, function, start)? else {
            continue;
        };
        let value = f(function, &[path[STEPS].0, path[STEPS].1]);
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
