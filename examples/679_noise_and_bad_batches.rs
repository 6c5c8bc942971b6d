//! What stands around an optimizer: noise that leads off a ridge, batches in parts, batches that are broken.
//!
//! The loss of a sample aᵢ has two valleys, at x = 1 and x = −1, with a ridge at x = 0 between them:
//!
//! ```text
//! fᵢ(x, y) = ¼ (x² − 1)² + ½ (y − aᵢ)²,      the mean over a batch: ¼ (x² − 1)² + ½ (y − ā)² + what depends on the aᵢ alone
//! ```
//!
//! On the ridge the slope along x is 0, so gradient descent from (0, 2) follows the ridge for ever. Noise that fades,
//!
//! ```text
//! u = g + σₜ z,      σₜ² = η / (1 + t)^γ
//! ```
//!
//! leads off it, and is forgotten in the valley. A batch of 64 comes in parts of 16, 16 and 32 samples, as if it did not fit
//! into memory; `Accumulation` makes their mean, ḡ ← (1 − n/N) ḡ + (n/N) g. And every fiftieth batch has a sample that is no
//! number. A plain optimizer refuses that step with the name of the parameter, and nothing has changed; one that begins with
//! `SkipNonFinite` leaves the batch out and counts it.
//!
//! The picture has the paths with noise and without.
//!
//! What to try: another key, which may end in the other valley. γ = 0, noise that never fades. `in_a_row` of 1 and two broken
//! batches in a row: then the step is refused, for something is wrong that skipping hides.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::Shape;
use gradus::optim::{
    Accumulation, AddNoise, Chain, Gradient, Key, Layout, Link, ScaleByLearningRate, SkipNonFinite,
    chain, sgd,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::fill_normal;
use std::error::Error;

const START: [f64; 2] = [0.0, 2.0];
const STEPS: u64 = 400;
const BATCH: usize = 64;
const PARTS: [usize; 3] = [16, 16, 32];
const RATE: f64 = 0.05;
const SKIP: SkipNonFinite = SkipNonFinite { in_a_row: 3 };
const NOISE: AddNoise = AddNoise {
    eta: 0.01,
    gamma: 0.55,
    key: Key::new(0),
};

fn main() -> Result<(), Box<dyn Error>> {
    let whole = accumulated(&START, &batch(1), &[BATCH])?;
    let in_parts = accumulated(&START, &batch(1), &PARTS)?;
    let gap = (whole.gradient()[1] - in_parts.gradient()[1]).abs();
    println!("the slopes of a batch of {BATCH} and of its parts {PARTS:?} differ by {gap:.1e}");

    let (refused, told) = walk(&sgd(RATE)?)?;
    println!("plain: {told}");
    let (ridge, told) = walk(&sgd(RATE)?.after(SKIP)?)?;
    println!("skipping: {told}");
    let down = ScaleByLearningRate::new(RATE);
    let noisy = chain(vec![Link::new(SKIP), Link::coarse(NOISE), Link::new(down)])?;
    let (valley, told) = walk(&noisy)?;
    println!("skipping, with noise: {told}");
    draw(&ridge, &valley)?;

    let last = |path: &Path| path[path.len() - 1].0;
    let off = (last(&valley).abs() - 1.0).abs() < 0.1;
    if refused.len() == 50 && last(&ridge) == 0.0 && off && gap < 1e-15 {
        println!("result: 8 broken batches were left out, and noise has led off the ridge");
        Ok(())
    } else {
        Err("broken batches should be left out, and noise should lead off the ridge".into())
    }
}

/// The samples of a step, drawn by its number; one of every fiftieth is broken.
fn batch(step: u64) -> Vec<f64> {
    let mut samples = vec![0.0; BATCH];
    fill_normal(&mut samples, &mut Key::new(1).round(step).rng());
    if step.is_multiple_of(50) {
        samples[BATCH / 2] = f64::NAN;
    }
    samples
}

/// The mean gradient and loss of a batch, part by part.
fn accumulated(
    x: &[f64; 2],
    samples: &[f64],
    parts: &[usize],
) -> Result<Accumulation<f64>, Box<dyn Error>> {
    let (mut mean, mut rest) = (Accumulation::new(&layout()?)?, samples);
    for &n in parts {
        let (part, others) = rest.split_at(n);
        let (count, well) = (n as f64, x[0] * x[0] - 1.0);
        let pull: f64 = part.iter().map(|a| x[1] - a).sum();
        let squares: f64 = part.iter().map(|a| (x[1] - a).powi(2)).sum();
        let loss = 0.25 * well * well + 0.5 * squares / count;
        mean.add(&[x[0] * well, pull / count], loss, count)?;
        rest = others;
    }
    Ok(mean)
}

fn layout() -> Result<Layout, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("x", Shape::new(1, 1))?;
    layout.push("y", Shape::new(1, 1))?;
    Ok(layout)
}

/// The points of a training.
type Path = Vec<(f64, f64)>;

/// The path, and how it ended.
fn walk(optimizer: &Chain<f64>) -> Result<(Path, String), Box<dyn Error>> {
    let mut x = START;
    let mut state = optimizer.init(&layout()?, &x)?;
    let mut path = vec![(x[0], x[1])];
    for step in 1..=STEPS {
        let mean = accumulated(&x, &batch(step), &PARTS)?;
        let shards = [mean.gradient()];
        let gradient = Gradient::sum_of(&shards).with_loss(mean.loss());
        if let Err(refusal) = optimizer.update(&mut state, &mut x, gradient) {
            return Ok((path, refusal.to_string()));
        }
        path.push((x[0], x[1]));
    }
    let (skipped, [x, y]) = (state.number("0.skipped")?, x);
    let told = format!("{skipped} batches left out, at last at ({x:.2}, {y:.2})");
    Ok((path, told))
}

/// Both paths, in `out/`.
fn draw(ridge: &Path, valley: &Path) -> Result<(), Box<dyn Error>> {
    let curves = [
        PlaneCurve::line("without noise", ridge),
        PlaneCurve::line("with noise", valley),
        PlaneCurve::points("start", &[(START[0], START[1])]),
        PlaneCurve::points("valleys", &[(-1.0, 0.0), (1.0, 0.0)]),
    ];
    let figure = Figure::new("Off a ridge", "x", "y").sized(600, 500);
    let svg = plane_curves(&figure, &curves)?;
    let picture = save("out/679_noise_and_bad_batches.svg", &svg)?;
    println!("picture: {}", picture.display());
    Ok(())
}
