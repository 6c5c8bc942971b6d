//! Learning rate schedules: how they look.
//!
//! A schedule is a function η(t) of the number of steps already made, and nothing else: a training can be stopped and
//! resumed anywhere. `673_falling_rates` shows why a rate has to fall at all.
//!
//! ```text
//! steps                   η₀ γ^⌊t/T⌋                    cosine, restarts     half a wave, once or again and again
//! polynomial              η₁ + (η₀ − η₁)(1 − t/T)ᵖ       one cycle, triangle  up and down
//! inverse root            η₀ / √(1 + t/T)                warm-up, switch      one schedule and then another
//! ```
//!
//! Early on Adam divides by averages of few gradients: hence warm-ups. All but the inverse root need a known horizon.
//!
//! What to try: a schedule of your own, by the trait `Schedule` of two functions. A warm-up in front of each.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::optim::{
    Cosine, InverseRoot, OneCycle, Polynomial, Restarts, Schedule, StepDecay, Switch, Triangular,
    WarmUp,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

const STEPS: u64 = 2000;

fn main() -> Result<(), Box<dyn Error>> {
    let all = schedules();
    println!("  rate at step        0      100     1000     1999");
    for (name, rate) in &all {
        let at = [0, 100, 1000, 1999].map(|t| format!("{:9.4}", rate.at(t)));
        println!("  {name:<14}{}", at.concat());
    }
    let curve = |rate: &dyn Schedule| -> Vec<_> {
        let steps = (0..STEPS).step_by(4);
        steps.map(|t| (t as f64, rate.at(t))).collect()
    };
    let curves: Vec<_> = all.iter().map(|(_, rate)| curve(&**rate)).collect();
    let named = all
        .iter()
        .zip(&curves)
        .map(|((name, _), points)| PlaneCurve::line(name, points));
    let figure = Figure::new("Learning rate schedules", "step", "rate").sized(900, 500);
    let svg = xy_plot(&figure, &named.collect::<Vec<_>>())?;
    println!(
        "picture: {}",
        save("out/672_schedules.svg", &svg)?.display()
    );

    // Restarts and triangles go up again later.
    if all.iter().all(|(_, rate)| rate.at(STEPS) < 0.3) {
        println!("result: eight schedules, all below 0.3 after {STEPS} steps");
        Ok(())
    } else {
        Err("a schedule does not fall".into())
    }
}

type Named = (&'static str, Box<dyn Schedule>);

fn schedules() -> Vec<Named> {
    falling().into_iter().chain(moving()).collect()
}

/// Schedules that never rise.
fn falling() -> [Named; 4] {
    let (start, steps) = (1.0, STEPS);
    [
        (
            "steps",
            Box::new(StepDecay {
                start,
                factor: 0.5,
                every: 400,
            }),
        ),
        (
            "polynomial",
            Box::new(Polynomial {
                start,
                end: 0.0,
                power: 2.0,
                steps,
            }),
        ),
        ("inverse root", Box::new(InverseRoot { start, steps: 100 })),
        (
            "cosine",
            Box::new(Cosine {
                start,
                end: 0.0,
                steps,
            }),
        ),
    ]
}

/// Schedules that rise and fall.
fn moving() -> [Named; 4] {
    let (start, end) = (1.0, 0.0);
    let tail = Polynomial {
        start,
        end,
        power: 1.0,
        steps: 500,
    };
    let stable = Switch {
        first: 1.0,
        steps: 1300,
        then: tail,
    };
    [
        (
            "restarts",
            Box::new(Restarts {
                start,
                end,
                steps: 286,
                growth: 2,
            }),
        ),
        (
            "one cycle",
            Box::new(OneCycle {
                start: 0.1,
                peak: 1.0,
                end,
                rise: 600,
                steps: STEPS,
            }),
        ),
        (
            "triangle",
            Box::new(Triangular {
                low: 0.2,
                high: 1.0,
                half: 250,
            }),
        ),
        (
            "warm-up, fall",
            Box::new(WarmUp {
                start: 0.0,
                steps: 200,
                then: stable,
            }),
        ),
    ]
}
