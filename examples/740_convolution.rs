//! A convolutional network: the same few weights wherever a window stands.
//!
//! A dense layer has a weight for every pair of an input and an output, and must learn a stroke anew at every place of
//! an image. A convolution looks at all places through one small window,
//!
//! ```text
//! z[o, i, j] = Σ w[o, c, a, b] · x[c, i + a − 1, j + b − 1] + b[o],    0 ≤ a, b < 3
//! ```
//!
//! so that 16 images of 28 × 28 need 16 · 9 weights and not 16 · 784 · 784. Pooling keeps the largest pixel of each
//! square of four, and a residual block, x + f(x), lets the gradient pass by the layers in it. The table shows both: few
//! parameters, much work. Run it with
//!
//! ```text
//! cargo run --release --example 740_convolution
//! ```
//!
//! What to try: two epochs more, for some 98.5 %; the block without its way around; `batch_norm()` left out.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, Limits, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{
    Layer, batch_norm, convolution, dense, flatten, max_pool, relu, residual,
};
use gradus::nn::{
    Dataset, Features, Metric, Network, NnError, Output, SampleShape, Settings, Summary, Training,
};
use gradus::optim::adam;
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let image = SampleShape::Image {
        channels: 1,
        height: 28,
        width: 28,
    };
    let model = Network::new(image, layers(), Output::Softmax)?.initialize(Key::new(1))?;
    println!("{}\n", Summary::of(model.network()));

    let data = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let (train, test) = (dataset(&data.train)?, dataset(&data.test)?);
    let accuracy = Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    });
    let settings = Settings {
        batch: 128,
        threads: 2,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let training = Training::new(model, adam(1e-3)?, loss, settings)?;
    let mut training = training.with_metrics(vec![accuracy]);
    training.fit(1, &train, &mut [])?;

    let judged = training.evaluate(&test)?;
    let right = judged.metrics.first().copied().unwrap_or(f64::NAN);
    println!(
        "after one epoch: {:.2} % of the test images right, mean loss {:.4}",
        100.0 * right,
        judged.loss
    );
    Ok(())
}

/// Two convolutions with a residual block between them, then one dense layer.
fn layers() -> Vec<Box<dyn Layer<f32>>> {
    let block = vec![convolution(16, 3), batch_norm(), relu(), convolution(16, 3)];
    vec![
        convolution(16, 3),
        relu(),
        max_pool(2),
        residual(block),
        relu(),
        max_pool(2),
        flatten(),
        dense(10),
    ]
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, NnError> {
    let (bytes, features) = (images.pixels(), images.features());
    let features = Features::Bytes {
        bytes,
        features,
        scale: 1.0 / 255.0,
    };
    Dataset::new(features, Target::Labels(images.labels()))
}
