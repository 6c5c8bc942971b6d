//! Momentum is a ball with friction: too little µ creeps, too much swings, one value lets it settle fastest.
//!
//! Descent with momentum on f(x) = ½ λ x²,
//!
//! ```text
//! v ← µ v + λ x,   x ← x − η v       is       x(k+1) − (1 + µ − η λ) x(k) + µ x(k−1) = 0,
//! ```
//!
//! the equation of a spring with friction in steps of time: 1 − µ is the friction, η λ the stiffness. A solution is a
//! sum of powers rᵏ of the roots of r² − (1 + µ − η λ) r + µ:
//!
//! ```text
//! µ < (1 − √(ηλ))²    two real roots, the larger near 1: the ball creeps through honey   (overdamped)
//! µ = (1 − √(ηλ))²    one root, 1 − √(ηλ): the fastest that does not swing               (critically damped)
//! µ > (1 − √(ηλ))²    complex roots of magnitude √µ: it swings, and shrinks by √µ        (underdamped)
//! ```
//!
//! Plain descent shrinks by 1 − ηλ a step, critical damping by 1 − √(ηλ): with ηλ = 0.01, 0.99 against 0.9. With
//! eigenvalues from λmin to λmax, µ is chosen for the flattest; steeper ones then swing, but shrink as fast, by √µ.
//!
//! What to try: µ = 0.99, and how long it swings. Nesterov's momentum in the place of the heavy ball: its roots have
//! magnitude √(µ (1 − ηλ)), so steep directions are damped more.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::Shape;
use gradus::optim::{Gradient, Layout, momentum};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

/// η λ.
const STIFFNESS: f64 = 0.01;
const STEPS: usize = 120;

fn main() -> Result<(), Box<dyn Error>> {
    let critical = (1.0 - STIFFNESS.sqrt()).powi(2);
    println!("η λ = {STIFFNESS}: critical µ = {critical:.4}");
    println!("       µ   largest root   measured   swings   steps to 10⁻³");
    let mut paths = Vec::new();
    let mut wrong = 0.0_f64;
    for mu in [0.0, 0.5, critical, 0.9, 0.95] {
        let path = fall(mu)?;
        let measured = shrinkage(&path);
        let swings = path.windows(2).filter(|x| x[0] * x[1] < 0.0).count();
        let settled = path
            .iter()
            .rposition(|x| x.abs() > 1e-3)
            .map_or(0, |last| last + 1);
        println!(
            "  {mu:6.4}   {:12.4}   {measured:8.4}   {swings:6}   {settled:13}",
            root(mu)
        );
        if mu != critical {
            wrong = wrong.max((measured - root(mu)).abs()); // a double root shrinks as k rᵏ
        }
        let points = path
            .iter()
            .enumerate()
            .take(STEPS)
            .map(|(k, &x)| (k as f64, x));
        paths.push(points.collect::<Vec<_>>());
    }
    let curves = [
        PlaneCurve::line("µ = 0: descent", &paths[0]),
        PlaneCurve::line("µ = 0.5: overdamped", &paths[1]),
        PlaneCurve::line("µ = 0.81: critical", &paths[2]),
        PlaneCurve::line("µ = 0.95: swings", &paths[4]),
    ];
    let figure = Figure::new("Momentum as damping", "step", "x").sized(900, 450);
    let svg = xy_plot(&figure, &curves)?;
    println!("picture: {}", save("out/667_momentum.svg", &svg)?.display());

    if wrong < 2e-3 {
        println!(
            "result: the ball shrinks by the largest root, and swings where µ is above {critical:.2}"
        );
        Ok(())
    } else {
        Err(format!("measured roots are off by {wrong}").into())
    }
}

/// The magnitude of the larger root of r² − (1 + µ − η λ) r + µ.
fn root(mu: f64) -> f64 {
    let b = 1.0 + mu - STIFFNESS;
    let discriminant = b * b - 4.0 * mu;
    if discriminant < 0.0 {
        mu.sqrt()
    } else {
        0.5 * (b + discriminant.sqrt())
    }
}

/// The positions of the ball, which starts at rest at 1.
fn fall(mu: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("x", Shape::new(1, 1))?;
    let (optimizer, mut x) = (momentum(STIFFNESS, mu)?, [1.0]); // λ = 1, so η = ηλ
    let mut state = optimizer.init(&layout, &x)?;
    let mut path = vec![1.0];
    for _ in 0..8 * STEPS {
        let g = x;
        optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
        path.push(x[0]);
    }
    Ok(path)
}

/// By how much a step shrinks the largest excursion, over the first and the second half of the first 300 steps.
fn shrinkage(path: &[f64]) -> f64 {
    let largest =
        |range: std::ops::Range<usize>| path[range].iter().fold(0.0_f64, |top, x| top.max(x.abs()));
    // Two windows longer than a swing, 300 steps apart.
    (largest(400..500) / largest(100..200)).powf(1.0 / 300.0)
}
