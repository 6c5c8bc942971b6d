//! The tenth problem: a small network on 500 handwritten digits.

use crate::problems::Problem;
use gradus::autodiff::{Arena, Tape};
use gradus::data::digits as images;
use gradus::losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
use gradus::nn::Initializer;
use gradus::numeric::{Order, Shape};
use gradus::optim::Layout;
use gradus::random::{Key, permutation};
use std::error::Error;

const PIXELS: usize = 64;
const HIDDEN: usize = 16;
const CLASSES: usize = 10;
const SAMPLES: u32 = 500;
/// Ten batches are an epoch.
const BATCH: usize = 50;

/// 64 pixels, 16 hidden units, 10 classes: 1210 parameters.
pub(crate) fn digits() -> Result<Problem, Box<dyn Error>> {
    let mut layout = Layout::new();
    for (name, rows, columns) in [
        ("0.weight", HIDDEN, PIXELS),
        ("0.bias", HIDDEN, 1),
        ("1.weight", CLASSES, HIDDEN),
        ("1.bias", CLASSES, 1),
    ] {
        layout.push(name, Shape::new(rows, columns))?;
    }
    let mut start = vec![0.0; layout.len()];
    for (index, entry) in layout.entries().iter().enumerate().step_by(2) {
        let mut rng = Key::new(0).index(index as u64).rng();
        let size = [entry.shape.rows, entry.shape.columns];
        Initializer::GlorotUniform.fill(&mut start[entry.window()], &size, &mut rng)?;
    }
    let set = images()?;
    let pixels: Vec<f64> = set.pixels().iter().map(|&p| f64::from(p) / 16.0).collect();
    let labels = set.labels().to_vec();
    let all: Vec<u32> = (0..SAMPLES).collect();
    let ask = move |step: Option<u64>, theta: &[f64], gradient: &mut [f64]| {
        let Some(step) = step else {
            return loss(&pixels, &labels, &all, theta, gradient);
        };
        let batches = u64::from(SAMPLES) / BATCH as u64;
        let (epoch, batch) = ((step - 1) / batches, (step - 1) % batches);
        let order = permutation(SAMPLES, &mut Key::new(1).round(epoch).rng());
        let chosen = order
            .chunks(BATCH)
            .nth(usize::try_from(batch)?)
            .unwrap_or(&[]);
        loss(&pixels, &labels, chosen, theta, gradient)
    };
    Ok(Problem {
        name: "digits",
        what: "mean cross-entropy of a network 64–16–10 with tanh on 500 digits, 200 steps on batches of 50; the loss on all of them",
        layout,
        start,
        steps: 200,
        ask: Box::new(ask),
    })
}

/// Mean cross-entropy of some digits, and its gradient.
fn loss(
    pixels: &[f64],
    labels: &[u32],
    chosen: &[u32],
    theta: &[f64],
    gradient: &mut [f64],
) -> Result<f64, Box<dyn Error>> {
    let of = |j: u32| &pixels[j as usize * PIXELS..][..PIXELS];
    let targets: Vec<u32> = chosen.iter().map(|&j| labels[j as usize]).collect();
    let second = HIDDEN * PIXELS + HIDDEN;
    let value = Arena::new().value_and_gradient(theta, gradient, |tape: &Tape<'_, f64>| {
        let x = tape.constant(Shape::new(PIXELS, chosen.len()), Order::Columns, |memory| {
            for (column, &j) in memory.chunks_mut(PIXELS).zip(chosen) {
                column.copy_from_slice(of(j));
            }
        });
        let layer = |at, rows, columns| {
            let w = tape.parameter(at, Shape::new(rows, columns));
            (w, tape.parameter(at + rows * columns, Shape::new(rows, 1)))
        };
        let (w, b) = layer(0, HIDDEN, PIXELS);
        let (v, c) = layer(second, CLASSES, HIDDEN);
        let logits = x.affine(w, b).tanh().affine(v, c);
        logits.loss(|z, by_z| {
            let (target, n) = (Target::Labels(&targets), chosen.len() as f64);
            SoftmaxCrossEntropy::default().value_and_gradient(z, target, Weights::Equal, n, by_z)
        })
    })?;
    Ok(value)
}
