//! Exploding gradients: at a cliff, one step undoes a thousand; clipping its length keeps the way.
//!
//! A recurrent network multiplies its state by the same weight again and again. One with a single unit,
//!
//! ```text
//! h ← w h + b,  20 times, from h = 0;      f(w, b) = (h − ½)²
//! ```
//!
//! has h = b (w²⁰ − 1) / (w − 1). For w below 1 the loss is flat; a little above 1, w²⁰ is huge and so is the slope. A step
//! that meets this cliff is thrown far away, over everything that was learned. Two remedies (g is the gradient):
//!
//! ```text
//! by norm     u = g min(1, c / |g|)                 shorter, in the same direction
//! by value    uᵢ = max(−c, min(gᵢ, c))              every entry by itself: the direction bends to a diagonal
//! by layer    u = g min(1, c / |g|) in each tensor  between the two: w and b are tensors of one entry, so it is by value
//! ```
//!
//! A step of length c · η can be too short, never too long, so c is chosen by the gradients of calm steps. Steps along a
//! diagonal swing about the narrow floor of this valley, so the clip by value comes near and stays there.
//!
//! The picture has the paths; the plain one leaves it at once.
//!
//! What to try: a start at w = 0.9, where all agree. 50 repetitions. Adam without a clip: one huge gradient stays in its mean
//! square for a thousand steps.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::value_and_gradient;
use gradus::numeric::{Real, Shape, norm2};
use gradus::optim::{Chain, ClipByGlobalNorm, ClipByNorm, ClipByValue, Gradient, Layout, sgd};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

const REPETITIONS: usize = 20;
const START: [f64; 2] = [1.25, 0.3];
const RATE: f64 = 0.01;
const STEPS: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let (_, g) = value_and_gradient(|x| loss(x), &START)?;
    let plain = norm2(&g);
    println!(
        "at (w, b) = {START:?} the gradient is ({:.0}, {:.0}), of length {plain:.0}",
        g[0], g[1]
    );
    let bent = [g[0].clamp(-1.0, 1.0), g[1].clamp(-1.0, 1.0)];
    let cosine = (g[0] * bent[0] + g[1] * bent[1]) / (plain * norm2(&bent));
    println!(
        "clipping by value turns it by {:.0}°, clipping by norm not at all",
        cosine.acos().to_degrees()
    );

    println!("  {STEPS} steps          loss    (w, b)");
    let mut ends = Vec::new();
    let mut paths = Vec::new();
    for (name, optimizer) in [
        ("plain", sgd(RATE)?),
        (
            "by norm",
            sgd(RATE)?.after(ClipByGlobalNorm { max_norm: 1.0 })?,
        ),
        ("by value", sgd(RATE)?.after(ClipByValue { limit: 1.0 })?),
        ("by layer", sgd(RATE)?.after(ClipByNorm::Absolute(1.0))?),
    ] {
        let (path, refused) = walk(&optimizer)?;
        let end = path[path.len() - 1];
        let value = loss(&[end.0, end.1]);
        let note = if refused {
            "   then a step was refused"
        } else {
            ""
        };
        let (w, b) = end;
        println!("  {name:<12}  {value:10.2e}    ({w:.3e}, {b:.3e}){note}");
        ends.push(value);
        paths.push(path);
    }
    draw(&paths)?;

    if !(ends[0].is_finite() && ends[0] < 1.0)
        && ends[1] < 1e-6
        && ends[2] < 1e-2
        && (ends[3] - ends[2]).abs() < 1e-12
    {
        println!(
            "result: without a clip the first step leaves; clipped by norm it arrives, by value nearly"
        );
        Ok(())
    } else {
        Err(format!("clips should arrive: {ends:?}").into())
    }
}

fn loss<R: Real>(x: &[R]) -> R {
    let h = (0..REPETITIONS).fold(R::from_f64(0.0), |h, _| x[0] * h + x[1]);
    (h - R::from_f64(0.5)).powi(2)
}

/// The points of a path.
type Path = Vec<(f64, f64)>;

/// The path, and whether it ended at a step that was refused.
fn walk(optimizer: &Chain<f64>) -> Result<(Path, bool), Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(1, 1))?;
    layout.push("b", Shape::new(1, 1))?;
    let mut x = START;
    let mut state = optimizer.init(&layout, &x)?;
    let mut path = vec![(x[0], x[1])];
    for _ in 0..STEPS {
        let (value, g) = value_and_gradient(|x| loss(x), &x)?;
        let shards = [&g[..]];
        let gradient = Gradient::sum_of(&shards).with_loss(value);
        if optimizer.update(&mut state, &mut x, gradient).is_err() {
            return Ok((path, true));
        }
        path.push((x[0], x[1]));
    }
    Ok((path, false))
}

/// Paths, and where the loss is zero, in `out/`.
fn draw(paths: &[Path]) -> Result<(), Box<dyn Error>> {
    let solved = (0..150).map(|k| {
        let w = 0.601 + f64::from(k) / 200.0; // never 1
        (w, 0.5 * (w - 1.0) / (w.powi(20) - 1.0))
    });
    let solved: Path = solved.collect();
    let curves = [
        PlaneCurve::line("loss 0", &solved),
        PlaneCurve::line("by norm", &paths[1]),
        PlaneCurve::line("by value", &paths[2]),
        PlaneCurve::points("start", &[(START[0], START[1])]),
    ];
    let figure = Figure::new("Down a cliff", "w", "b").sized(900, 500);
    let svg = plane_curves(&figure, &curves)?;
    println!("picture: {}", save("out/678_clipping.svg", &svg)?.display());
    Ok(())
}
