//! Four optimizers in one long valley.
//!
//! The bowl f(x, y) = ½ (x² + 30 y²) is thirty times steeper across than along. Every optimizer sees its gradient
//! g = (x, 30 y) and nothing else:
//!
//! ```text
//! descent     θ ← θ − η g                        η < 2/30, so the way along x takes hundreds of steps
//! momentum    v ← µ v + g,      θ ← θ − η v      speed adds up along the valley, and cancels across
//! Nesterov    v ← µ v + g,      θ ← θ − η (g + µ v)   looks ahead: less overshooting
//! AdamW       θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)     steps of one size in every coordinate
//! ```
//!
//! A rate that falls (a schedule) lets steps be large at first. A gradient that is too long is cut before anything else
//! sees it (clipping), by its norm, which keeps its direction, or entry by entry, which does not.
//!
//! The best constants follow from the eigenvalues 1 and 30: heavy-ball momentum then multiplies the distance by √µ each
//! step, descent by 1 − η.
//!
//! What to try: a rate of 0.07 for descent, beyond 2/30. Momentum 0.99: the path swings for a long time.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{Shape, norm2};
use gradus::optim::{
    Chain, ClipByGlobalNorm, ClipByValue, Cosine, Gradient, Layout, adam_w, momentum, nesterov, sgd,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

const START: [f64; 2] = [-4.0, 1.0];
const STEPS: usize = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let cosine = Cosine {
        start: 0.5,
        end: 0.0,
        steps: STEPS as u64,
    };
    let optimizers = [
        ("descent", sgd(0.06)?),
        ("momentum", momentum(0.06, 0.6)?),
        ("Nesterov", nesterov(0.033, 0.69)?),
        ("AdamW", adam_w(cosine, 0.0)?),
        (
            "clipped norm",
            sgd(0.06)?.after(ClipByGlobalNorm { max_norm: 8.0 })?,
        ),
        (
            "clipped entries",
            sgd(0.06)?.after(ClipByValue { limit: 4.0 })?,
        ),
    ];
    println!("  {STEPS} steps           ends at            |θ|");
    let mut paths = Vec::new();
    for (name, optimizer) in &optimizers {
        let path = walk(optimizer)?;
        let (x, y) = path[STEPS];
        println!("  {name:16}  ({x:8.5}, {y:8.5})   {:.1e}", norm2(&[x, y]));
        paths.push(path);
    }
    draw(&paths)?;

    let left = |i: usize| norm2(&[paths[i][STEPS].0, paths[i][STEPS].1]);
    if left(1) < left(0) / 100.0 && left(2) < left(0) / 100.0 {
        println!(
            "result: after {STEPS} steps momentum is {:.0} times nearer than descent",
            left(0) / left(1)
        );
        Ok(())
    } else {
        Err(format!("momentum should be faster: {} and {}", left(1), left(0)).into())
    }
}

/// The points of a path from the start.
fn walk(optimizer: &Chain<f64>) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("weight", Shape::new(2, 1))?;
    let mut theta = START;
    let mut state = optimizer.init(&layout, &theta)?;
    let mut path = vec![(theta[0], theta[1])];
    for _ in 0..STEPS {
        let gradient = [theta[0], 30.0 * theta[1]];
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
        path.push((theta[0], theta[1]));
    }
    Ok(path)
}

/// The first four paths on the level lines of the bowl, in `out/`.
fn draw(paths: &[Vec<(f64, f64)>]) -> Result<(), Box<dyn Error>> {
    let mut levels = Vec::new();
    for value in [0.5, 2.0, 8.0, 23.0] {
        let [across, up] = [1.0, 30.0].map(|k: f64| (2.0 * value / k).sqrt());
        levels.extend((0..=120).map(|i| {
            let (sin, cos) = f64::from(3 * i).to_radians().sin_cos();
            let x = across * cos;
            // Beyond the picture: a gap.
            if x.abs() < 4.6 {
                (x, up * sin)
            } else {
                (f64::NAN, f64::NAN)
            }
        }));
        levels.push((f64::NAN, f64::NAN));
    }
    let curves = [
        PlaneCurve::line("level lines", &levels),
        PlaneCurve::steps("descent", &paths[0]),
        PlaneCurve::steps("momentum", &paths[1]),
        PlaneCurve::steps("Nesterov", &paths[2]),
        PlaneCurve::steps("AdamW", &paths[3]),
    ];
    let figure = Figure::new("Four ways down a valley", "x", "y").sized(900, 400);
    let svg = plane_curves(&figure, &curves)?;
    println!(
        "picture: {}",
        save("out/670_optimizers.svg", &svg)?.display()
    );
    Ok(())
}
