//! Why a learning rate has to fall: a constant one ends at its own noise.
//!
//! Near a minimum with curvature λ and noise of variance σ² on the gradient, descent with a constant rate does not settle.
//! The squared distance obeys
//!
//! ```text
//! E x² ← (1 − η λ)² E x² + η² σ²,      so in the end      E x² = η σ² / (λ (2 − η λ))
//! ```
//!
//! A large rate forgets the start fast and stays far; a small one ends near and takes long. A rate that falls does both:
//! half a cosine, and best of all Robbins and Monro's η = 1 / (λ (t + 1)), with which x is the mean of all noise so far, and
//! E x² = σ² / (λ² t). It needs λ, which no one knows. An average of late steps needs neither λ nor a horizon: the
//! noise of many steps cancels (schedule-free descent).
//!
//! Whoever believes that most coordinates are 0 moves each of them by η λ toward 0 after the step, and leaves there what comes so far
//! (soft threshold): most of what the noise alone has moved is gone in the end.
//!
//! The picture has mean x² of 200 coordinates, step by step.
//!
//! What to try: noise 0 (then a constant rate is best). The other schedules of `672_schedules`.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::Shape;
use gradus::optim::{
    Chain, Cosine, Gradient, Layout, OptimError, Schedule, ScheduleFree, SoftThreshold, sgd,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, fill_normal};
use std::error::Error;

const STEPS: u64 = 2000;
const PARAMETERS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let falling = Cosine {
        start: 0.5,
        end: 0.0,
        steps: STEPS,
    };
    let rates = [0.5, 0.05, 0.005];
    println!("  mean x² after {STEPS} steps    measured   by the formula");
    let mut curves = Vec::new();
    let mut worst = 0.0_f64;
    for rate in rates {
        let path = descend(&sgd(rate)?)?;
        let (end, formula) = (path[path.len() - 1].1, rate / (2.0 - rate));
        println!("  constant {rate:<16}   {end:.5}    {formula:.5}");
        worst = worst.max((end / formula - 1.0).abs());
        curves.push((format!("constant {rate}"), path));
    }
    for (name, optimizer) in [
        ("1 / (t + 1)", sgd(Harmonic)?),
        ("cosine from 0.5", sgd(falling)?),
        (
            "schedule-free",
            sgd(0.5)?.before(ScheduleFree { beta: 0.9 })?,
        ),
        (
            "with soft thresholds",
            sgd(falling)?.before(SoftThreshold::new(0.1, falling))?,
        ),
    ] {
        let path = descend(&optimizer)?;
        println!("  {name:<25}   {:.5}", path[path.len() - 1].1);
        curves.push((name.into(), path));
    }
    let shown: Vec<_> = curves
        .iter()
        .map(|(name, path)| PlaneCurve::line(name, path))
        .collect();
    let figure = Figure::new("Descent with noise", "step", "mean x²")
        .sized(900, 450)
        .between(0.0, 0.5);
    let svg = xy_plot(&figure, &shown)?;
    println!(
        "picture: {}",
        save("out/673_falling_rates.svg", &svg)?.display()
    );

    // 200 coordinates tell a mean square to one part in ten.
    let ends: Vec<f64> = curves
        .iter()
        .map(|(_, path)| path[path.len() - 1].1)
        .collect();
    worst = worst.max((ends[3] * STEPS as f64 - 1.0).abs());
    if worst < 0.3 && ends[..6].iter().all(|&end| ends[3] <= end) {
        println!(
            "result: a constant rate ends at its own noise, one that falls as 1 / t ends lowest"
        );
        Ok(())
    } else {
        Err(format!("the falling rate should end lowest: {ends:?}").into())
    }
}

/// Robbins and Monro's rate.
#[derive(Debug)]
struct Harmonic;

impl Schedule for Harmonic {
    fn check(&self) -> Result<(), OptimError> {
        Ok(())
    }

    fn at(&self, step: u64) -> f64 {
        1.0 / (step + 1) as f64
    }
}

/// The mean of x² over many coordinates of ½ x² from 1, each with its own noise of variance 1, step by step.
fn descend(optimizer: &Chain<f64>) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("x", Shape::new(PARAMETERS, 1))?;
    let mut x = vec![1.0; PARAMETERS];
    let mut state = optimizer.init(&layout, &x)?;
    let (mut g, mut shown) = (x.clone(), x.clone());
    let mut path = Vec::new();
    for t in 0..STEPS {
        fill_normal(&mut g, &mut Key::new(0).round(t).rng());
        g.iter_mut().zip(&x).for_each(|(g, x)| *g += x);
        optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
        optimizer.evaluate(&state, &x, &mut shown)?;
        let mean = shown.iter().map(|x| x * x).sum::<f64>() / PARAMETERS as f64;
        path.push((t as f64, mean));
    }
    Ok(path)
}
