//! A convolutional network on handwritten digits.
//!
//! ```text
//! cargo run --release --example 740_convolution -- plain 3 64 2
//! ```
//!
//! Arguments: `plain`, `norm` (batch normalization) or `residual`; epochs; width of a shard; threads.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, Limits, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{
    Layer, batch_norm, convolution, dense, flatten, max_pool, relu, residual,
};
use gradus::nn::{
    Dataset, Event, Features, Metric, Network, Output, SampleShape, Settings, Summary, Training,
};
use gradus::optim::adam;
use gradus::random::Key;
use std::error::Error;
use std::ops::ControlFlow;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let kind = arguments.first().map_or("plain", |kind| kind);
    let number = |i: usize, default: usize| {
        arguments
            .get(i)
            .and_then(|n| n.parse().ok())
            .unwrap_or(default)
    };
    let (epochs, shard, threads, steps) = (
        number(1, 3),
        number(2, 64),
        number(3, 2),
        number(4, usize::MAX),
    );

    let layers: Vec<Box<dyn Layer<f32>>> = match kind {
        "norm" => vec![
            convolution(16, 3),
            batch_norm(),
            relu(),
            max_pool(2),
            convolution(32, 3),
            batch_norm(),
            relu(),
            max_pool(2),
            flatten(),
            dense(10),
        ],
        "residual" => vec![
            convolution(16, 3),
            relu(),
            max_pool(2),
            residual(vec![
                convolution(16, 3),
                batch_norm(),
                relu(),
                convolution(16, 3),
            ]),
            relu(),
            max_pool(2),
            flatten(),
            dense(10),
        ],
        _ => vec![
            convolution(16, 3),
            relu(),
            max_pool(2),
            convolution(32, 3),
            relu(),
            max_pool(2),
            flatten(),
            dense(10),
        ],
    };
    let image = SampleShape::Image {
        channels: 1,
        height: 28,
        width: 28,
    };
    let model = Network::new(image, layers, Output::Softmax)?.initialize(Key::new(0).stream(1))?;
    println!("{}", Summary::of(model.network()));

    let data = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let (train, test) = (dataset(&data.train)?, dataset(&data.test)?);
    let accuracy = Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    });
    let settings = Settings {
        batch: 128,
        shard,
        threads,
        seed: 0,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training =
        Training::new(model, adam(1e-3)?, loss, settings)?.with_metrics(vec![accuracy]);
    let (mut start, mut step) = (Instant::now(), 0);
    let mut watch = |event: &Event<'_, f32>| {
        match event {
            Event::EpochStart { .. } => (start, step) = (Instant::now(), 0),
            Event::Step { so_far, .. } => {
                step += 1;
                if step == steps || step == 469 {
                    let ms = start.elapsed().as_secs_f64() * 1e3 / step as f64;
                    println!(
                        "gradus {kind} shard {shard} threads {threads}: {ms:.2} ms a step, loss {}",
                        so_far.loss
                    );
                }
                if step == steps {
                    return ControlFlow::Break(());
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    };
    for _ in 0..epochs {
        training.fit(1, &train, &mut [&mut watch])?;
    }
    if steps == usize::MAX {
        println!("test: {:?}", training.evaluate(&test)?);
    }
    let bits = |x: &[f32]| {
        x.iter().fold(0_u64, |h, x| {
            h.rotate_left(5).wrapping_mul(0x9E3779B97F4A7C15) ^ u64::from(x.to_bits())
        })
    };
    println!(
        "bits of θ {:016x}, of buffers {:016x}",
        bits(training.model().theta()),
        bits(training.model().buffers())
    );
    Ok(())
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, gradus::nn::NnError> {
    let (bytes, features) = (images.pixels(), images.features());
    let features = Features::Bytes {
        bytes,
        features,
        scale: 1.0 / 255.0,
    };
    Dataset::new(features, Target::Labels(images.labels()))
}
