//! Gradient descent and stochastic gradient descent (SGD): the same number of gradients, spent in two ways.
//!
//! The loss of a model is a mean over m samples, L(θ) = (1/m) Σ ℓᵢ(θ). Descent takes its gradient, which costs a
//! pass over all samples, for one step. SGD takes the gradient of a *batch* B of few samples, drawn anew for each step:
//!
//! ```text
//! descent   θ ← θ − α (1/m)  Σᵢ      ∇ℓᵢ(θ)
//! SGD       θ ← θ − α (1/|B|) Σᵢ∈B ∇ℓᵢ(θ)
//! ```
//!
//! The mean of the batch's gradient is the whole gradient: it points in the right direction on average, and a pass over
//! the data (an *epoch*) gives m/|B| steps instead of one. The price is noise: near the minimum the steps do not become
//! shorter, and θ wanders around it in a cloud whose size grows with α. A rate that falls lets it settle.
//!
//! Here ℓᵢ = ½ (θᵀxᵢ − yᵢ)² for 1000 samples of a line with noise. The excess is L(θ) − min L: how much worse θ is than
//! the least-squares solution.
//!
//! What to try: `BATCH` = 1 and 1000; with 1000 the two columns agree. A rate of 0.5 for SGD: fast at first, and then the
//! cloud is large.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Batches, LastBatch};
use gradus::files::{prepare_folder, write};
use gradus::plot::{AxisScale, Figure, Series, learning_curves};
use gradus::random::{Key, normal};
use std::error::Error;

const SAMPLES: u32 = 1000;
const BATCH: u32 = 10;
const EPOCHS: u64 = 20;
const RATE: f64 = 0.1;

/// A sample: the input, 1 for the intercept, and the target.
type Sample = ([f64; 2], f64);

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(3).rng();
    let mut sample = || {
        let x = normal(&mut rng);
        ([x, 1.0], 2.0 * x - 1.0 + 0.5 * normal(&mut rng))
    };
    let samples: Vec<Sample> = (0..SAMPLES).map(|_| sample()).collect();
    let all: Vec<u32> = (0..SAMPLES).collect();
    let lowest = loss(&samples, minimum(&samples));

    let (mut descent, mut sgd, mut settling) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    let mut batches = Batches::new(SAMPLES, BATCH, LastBatch::Keep)?;
    let mut curves = [const { Vec::new() }; 3];
    println!(
        "excess of the loss after each epoch, {} steps of SGD in it",
        SAMPLES / BATCH
    );
    println!("epoch    descent        SGD   SGD with a falling rate");
    for epoch in 0..EPOCHS {
        step(&mut descent, &samples, &all, RATE);
        for batch in batches.epoch(Key::new(4).stream(epoch)) {
            step(&mut sgd, &samples, batch, RATE);
            step(&mut settling, &samples, batch, RATE / (1.0 + epoch as f64));
        }
        let excess = [descent, sgd, settling].map(|theta| loss(&samples, theta) - lowest);
        println!(
            "{:5}  {:9.2e}  {:9.2e}  {:9.2e}",
            epoch + 1,
            excess[0],
            excess[1],
            excess[2]
        );
        curves
            .iter_mut()
            .zip(excess)
            .for_each(|(curve, excess)| curve.push(excess));
    }
    let names = ["descent", "SGD", "SGD, falling rate"];
    let series: Vec<Series> = names
        .iter()
        .zip(&curves)
        .map(|(name, values)| Series::new(name, values))
        .collect();
    let figure = Figure::new(
        "As many gradients, spent in two ways",
        "epoch",
        "excess of the loss",
    );
    prepare_folder("out")?;
    write(
        "out/635_batches.svg",
        learning_curves(&figure, &series, AxisScale::Logarithmic)?,
    )?;
    println!("\npicture: out/635_batches.svg");
    println!(
        "result: least squares {:.3?}, descent {descent:.3?}, SGD {sgd:.3?}",
        minimum(&samples)
    );
    Ok(())
}

/// One step against the mean gradient of the chosen samples.
fn step(theta: &mut [f64; 2], samples: &[Sample], chosen: &[u32], rate: f64) {
    let mut gradient = [0.0; 2];
    for &i in chosen {
        let (x, y) = samples[i as usize];
        let error = theta[0] * x[0] + theta[1] * x[1] - y;
        gradient[0] += error * x[0] / chosen.len() as f64;
        gradient[1] += error * x[1] / chosen.len() as f64;
    }
    theta[0] -= rate * gradient[0];
    theta[1] -= rate * gradient[1];
}

fn loss(samples: &[Sample], theta: [f64; 2]) -> f64 {
    let square = |(x, y): &Sample| (theta[0] * x[0] + theta[1] * x[1] - y).powi(2) / 2.0;
    samples.iter().map(square).sum::<f64>() / samples.len() as f64
}

/// The line of least squares, by its normal equations for one input.
fn minimum(samples: &[Sample]) -> [f64; 2] {
    let mean =
        |f: &dyn Fn(&Sample) -> f64| samples.iter().map(f).sum::<f64>() / samples.len() as f64;
    let (x, y) = (mean(&|s| s.0[0]), mean(&|s| s.1));
    let slope = mean(&|s| (s.0[0] - x) * (s.1 - y)) / mean(&|s| (s.0[0] - x).powi(2));
    [slope, y - slope * x]
}
