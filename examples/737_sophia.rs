//! Steps by curvature: Sophia in the training of a network, beside Adam.
//!
//! Both divide a moving average m of the gradient g, entry by entry, by a number that says how far the step may go:
//!
//! ```text
//! Adam     u = m / (√v + ε)                     v: average of g²
//! Sophia   u = clip(m / max(γ h, ε), 1)         h: average of estimates of the curvature
//! ```
//!
//! Where the loss is a bowl of curvature h, m / h goes to its bottom at once: Newton's step for each parameter. Where the estimate
//! is small or old, the clip makes it a step of one size, as by signs. The curvature is the diagonal of Gauss and Newton's matrix,
//! estimated every ten steps from one more gradient (`Training::with_curvature`): classes are *drawn from the model* in place of
//! the labels, since for those the mean of ĝ² is the curvature. So ten steps cost eleven gradients.
//!
//! The task: tell handwritten digits (8 × 8) apart by two layers, from the same start, in the same order. Each optimizer runs with
//! every rate of a grid and shows its best, by the training loss at the end; the steps of the first epoch are printed, and the
//! picture `out/737_sophia.svg` has the loss of each epoch. At the same small rate Sophia is ahead; each at its best
//! rate, Adam is, on this small task: the gains that the paper reports are those of language models.
//!
//! What to try: a `GAMMA` of 1, with which fewer entries are clipped; an estimate every step, or every hundred steps. With
//! `ScaleBySign` in place of Sophia: what does the curvature add to the clip?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledImages, digits};
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, tanh};
use gradus::nn::{Dataset, Event, Features, Network, Output, Settings, Training};
use gradus::optim::{ScaleByAdam, ScaleBySophia, descend};
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use gradus::random::Key;
use std::error::Error;
use std::ops::ControlFlow;

const RATES: [f64; 5] = [1e-3, 3e-3, 1e-2, 3e-2, 0.1];
const EPOCHS: u64 = 15;
const EVERY: u64 = 10;
const GAMMA: f64 = 0.05;

/// A training with one rate: the losses of the first steps, and of all epochs.
struct Run {
    rate: f64,
    steps: Vec<f64>,
    epochs: Vec<f64>,
}

impl Run {
    fn end(&self) -> f64 {
        self.epochs.last().copied().unwrap_or(f64::INFINITY)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let images = digits()?;
    println!("  optimizer   rate     loss after {EPOCHS} epochs   gradients");
    let mut best = Vec::new();
    for name in ["Adam", "Sophia"] {
        let mut found: Option<Run> = None;
        for rate in RATES {
            let run = learn(name, rate, &images)?;
            let (end, steps) = (run.end(), run.steps.len() as u64 * EPOCHS);
            let gradients = match name {
                "Sophia" => steps + steps.div_ceil(EVERY),
                _ => steps,
            };
            println!("  {name:<11} {rate:<8} {end:<22.4} {gradients}");
            if found.as_ref().is_none_or(|found| end < found.end()) {
                found = Some(run);
            }
        }
        best.extend(found);
    }
    let [adam, sophia] = best.as_slice() else {
        return Err("two optimizers".into());
    };
    println!("\n  step of the first epoch   Adam    Sophia   (losses, each at its best rate)");
    for (i, (a, s)) in adam.steps.iter().zip(&sophia.steps).enumerate() {
        println!("  {:<25} {a:<7.3} {s:.3}", i + 1);
    }
    draw(adam, sophia)?;
    let (a, s) = (adam.end(), sophia.end());
    if a.max(s) < 0.1 {
        let rates = (adam.rate, sophia.rate);
        println!(
            "result: Adam comes to a loss of {a:.4}, Sophia to {s:.4}, at the rates {rates:?}"
        );
        Ok(())
    } else {
        Err("both should learn the digits".into())
    }
}

fn learn(name: &str, rate: f64, images: &LabelledImages) -> Result<Run, Box<dyn Error>> {
    let features = Features::Bytes {
        bytes: images.pixels(),
        features: images.features(),
        scale: 1.0 / 16.0,
    };
    let data = Dataset::new(features, Target::Labels(images.labels()))?;
    let layers = vec![dense(32), tanh(), dense(10)];
    let model = Network::<f32>::new(64, layers, Output::Softmax)?.initialize(Key::new(2))?;
    let sophia = ScaleBySophia {
        gamma: GAMMA,
        ..ScaleBySophia::default()
    };
    let optimizer = match name {
        "Sophia" => descend(sophia, rate)?,
        _ => descend(ScaleByAdam::default(), rate)?,
    };
    let settings = Settings {
        batch: 64,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, optimizer, loss, settings)?;
    if name == "Sophia" {
        training = training.with_curvature(EVERY)?;
    }
    let mut steps = Vec::new();
    let mut listen = |event: &Event<'_, f32>| {
        if let &Event::Step { epoch: 1, loss, .. } = event {
            steps.push(loss);
        }
        ControlFlow::Continue(())
    };
    training.fit(EPOCHS, &data, &mut [&mut listen])?;
    let records = training.history().records().iter();
    Ok(Run {
        rate,
        epochs: records.map(|record| record.training.loss).collect(),
        steps,
    })
}

/// The loss of every epoch, in `out/`.
fn draw(adam: &Run, sophia: &Run) -> Result<(), Box<dyn Error>> {
    let names =
        [("Adam", adam), ("Sophia", sophia)].map(|(name, run)| format!("{name}, {}", run.rate));
    let series =
        [(&names[0], adam), (&names[1], sophia)].map(|(name, run)| Series::new(name, &run.epochs));
    let figure = Figure::new("Digits, each at its best rate", "epoch", "training loss");
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    let path = save("out/737_sophia.svg", &svg)?;
    println!("\npicture: {}", path.display());
    Ok(())
}
