//! How large may a learning rate be? On a quadratic there is one number: 2 / λmax.
//!
//! The bowl f(x) = ½ Σ λᵢ xᵢ² has the gradient λᵢ xᵢ. A step of gradient descent multiplies every coordinate by a number
//! of its own, so after k steps
//!
//! ```text
//! xᵢ ← xᵢ − η λᵢ xᵢ = (1 − η λᵢ) xᵢ,        xᵢ(k) = (1 − η λᵢ)ᵏ xᵢ(0)
//! ```
//!
//! It converges if all factors lie between −1 and 1, which is η < 2 / λmax. The slowest factor decides how fast:
//!
//! ```text
//! q(η) = max(|1 − η λmin|, |1 − η λmax|),   smallest at η = 2 / (λmin + λmax), where it is (κ − 1) / (κ + 1)
//! ```
//!
//! Below the best rate the flat direction creeps, above it the steep one swings from wall to wall. A steep direction
//! sets the limit, a flat one pays for it; with a condition κ = λmax / λmin of 1000 even the best rate needs 7000 steps to
//! come a million times nearer. In one dimension η = 1 / λ arrives in one step.
//!
//! The picture has the number of steps to come a million times nearer, for κ = 10: counted, and by ln 10⁻⁶ / ln q(η).
//!
//! What to try: κ = 1000 (`FLAT` = 0.001). A start with x₂ = 0: why does a rate above the limit converge now, for a
//! while? Momentum, in `667_momentum`.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{Shape, norm2};
use gradus::optim::{Gradient, Layout, sgd};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

const FLAT: f64 = 0.1;
const STEEP: f64 = 1.0;
const MOST: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let limit = 2.0 / STEEP;
    let best = 2.0 / (FLAT + STEEP);
    println!("λ = {FLAT} and {STEEP}: limit 2/λmax = {limit}, best rate {best:.3}");
    println!("     rate      q(η)   steps to 10⁻⁶   by the formula");
    for rate in [0.2, 0.5, 1.0, best, 1.9, 0.999 * limit, 1.001 * limit] {
        let counted = count(rate)?.map_or("never".into(), |steps| steps.to_string());
        let formula = predicted(rate).map_or("never".into(), |steps| format!("{steps:.1}"));
        println!(
            "  {rate:7.3}  {:8.4}   {counted:>13}   {formula:>14}",
            factor(rate)
        );
    }
    draw(limit)?;

    let one_step = walk(1.0 / STEEP, [0.0, 3.0], 1)?;
    let (below, above) = (
        walk(0.99 * limit, [1.0, 1.0], MOST)?,
        walk(1.01 * limit, [1.0, 1.0], MOST)?,
    );
    if one_step == [0.0, 0.0] && norm2(&below) < 1e-4 && above[1].abs() > 1e6 {
        println!(
            "result: below 2/λmax it converges, above it diverges; 1/λ solves one dimension in one step"
        );
        Ok(())
    } else {
        Err(format!("the limit is 2/λmax: {below:?} below, {above:?} above").into())
    }
}

/// q(η).
fn factor(rate: f64) -> f64 {
    (1.0 - rate * FLAT).abs().max((1.0 - rate * STEEP).abs())
}

fn predicted(rate: f64) -> Option<f64> {
    let q = factor(rate);
    (q < 1.0).then(|| 1e-6_f64.ln() / q.ln())
}

/// How many steps bring the larger coordinate of (1, 1) below 10⁻⁶.
fn count(rate: f64) -> Result<Option<usize>, Box<dyn Error>> {
    for steps in 0..=10 * MOST {
        // Exact powers are cheap; a walk of every length would be the square of the work.
        let x = [FLAT, STEEP].map(|curvature| (1.0 - rate * curvature).powf(steps as f64).abs());
        if x[0].max(x[1]) <= 1e-6 {
            let walked = walk(rate, [1.0, 1.0], steps)?;
            return Ok((walked[0].abs().max(walked[1].abs()) <= 1.000_001e-6).then_some(steps));
        }
    }
    Ok(None)
}

/// Where gradient descent stands after so many steps.
fn walk(rate: f64, start: [f64; 2], steps: usize) -> Result<[f64; 2], Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("x", Shape::new(2, 1))?;
    let (optimizer, mut x) = (sgd(rate)?, start);
    let mut state = optimizer.init(&layout, &x)?;
    for _ in 0..steps {
        let g = [FLAT * x[0], STEEP * x[1]];
        optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
    }
    Ok(x)
}

/// Steps against rates, in `out/`.
fn draw(limit: f64) -> Result<(), Box<dyn Error>> {
    let rates = (4..400).map(|k| f64::from(k) / 400.0 * limit);
    let formula: Vec<_> = rates
        .clone()
        .filter_map(|rate| Some((rate, predicted(rate)?)))
        .collect();
    let mut counted = Vec::new();
    for rate in rates.step_by(12) {
        if let Some(steps) = count(rate)? {
            counted.push((rate, steps as f64));
        }
    }
    let end = [(limit, 0.0), (limit, 1000.0)];
    let curves = [
        PlaneCurve::line("ln 10⁻⁶ / ln q(η)", &formula),
        PlaneCurve::points("counted", &counted),
        PlaneCurve::line("2 / λmax", &end),
    ];
    let figure = Figure::new("Steps to come a million times nearer", "rate η", "steps");
    let svg = xy_plot(&figure.sized(900, 500).between(0.0, 1000.0), &curves)?;
    println!(
        "picture: {}",
        save("out/665_learning_rate.svg", &svg)?.display()
    );
    Ok(())
}
