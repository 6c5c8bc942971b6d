//! Hidden units that nothing needs go as a whole: a group lasso, paid by its proximal map.
//!
//! The group lasso prices the *length* of the weights into each hidden unit, not its square:
//!
//! ```text
//! R(W) = λ √n Σₖ |wₖ|,    wₖ the n weights into unit k
//! ```
//!
//! Its slope does not fade as wₖ shrinks, so a unit that lowers the loss by less than it costs is pushed to zero. A step down the gradient
//! steps across zero and back, and never lands. The proximal map lands: after each step of the optimizer,
//!
//! ```text
//! wₖ ← max(0, 1 − ηλ√n / |wₖ|) wₖ
//! ```
//!
//! and rows shorter than ηλ√n are zero exactly. Such a unit says the same for every image: it may be removed, and the bias of the next layer takes its place.
//!
//! The picture `out/725_units_that_go.svg` shows the lengths of the rows, longest first, on a logarithmic axis. Curves of the map end where
//! the rows that are left end; that of the gradient goes on, down to what the steps across zero leave.
//!
//! What to try: `L1` in the place of `GroupLasso`: single weights go, and hardly a unit. `NuclearNorm { lambda, columns: 784 }`: the rank falls.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, Limits, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{GroupLasso, SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{
    Dataset, Features, Metric, Model, Network, NnError, Output, Penalty, Settings, Subset, Training,
};
use gradus::numeric::norm2;
use gradus::optim::sgd;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use gradus::random::Key;
use std::error::Error;

const INPUTS: usize = 784;
const UNITS: usize = 64;
const RATE: f64 = 0.2;
const EPOCHS: u64 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let digits = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let (train, test) = (dataset(&digits.train)?, dataset(&digits.test)?);
    let train = Subset::new(&train, (0..3000).collect())?;
    println!("  λ        paid by     units left   shortest row   test, % right");
    let mut rows = vec![];
    for (lambda, proximal) in [
        (0.0, true),
        (1e-4, true),
        (3e-4, true),
        (3e-4, false),
        (1e-3, true),
    ] {
        let (model, right) = learn(&train, &test, lambda, proximal)?;
        let lengths = lengths(&model);
        let left = lengths.iter().filter(|l| **l > 0.0).count();
        let shortest = lengths.last().copied().unwrap_or_default();
        let paid = match (lambda > 0.0, proximal) {
            (false, _) => "nothing",
            (true, true) => "map",
            (true, false) => "gradient",
        };
        println!("  {lambda:<7}  {paid:<10}  {left:>10}   {shortest:12.4}   {right:13.1}");
        rows.push((format!("λ = {lambda}, {paid}"), lengths));
    }
    assert!(rows[3].1.iter().all(|l| *l > 0.0), "gradients land nowhere");
    assert!(rows[4].1.contains(&0.0), "the map lands");
    let series = rows
        .iter()
        .map(|(name, lengths)| Series::new(name, lengths));
    let series: Vec<_> = series.collect();
    let figure = Figure::new(
        "Weights into a hidden unit",
        "unit, longest first",
        "length",
    );
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    let path = save("out/725_units_that_go.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// A network of one hidden layer whose units have a price, and which share of the test it gets right.
fn learn(
    train: &Subset<'_, f32>,
    test: &Dataset<'_, f32>,
    lambda: f64,
    proximal: bool,
) -> Result<(Model<f32>, f64), Box<dyn Error>> {
    let layers = vec![dense(UNITS), relu(), dense(10)];
    let model = Network::new(INPUTS, layers, Output::Softmax)?.initialize(Key::new(1))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let settings = Settings {
        batch: 50,
        ..Settings::default()
    };
    let training = Training::new(model, sgd(RATE)?, loss, settings)?;
    let size = INPUTS;
    let price = Penalty::new(GroupLasso { lambda, size }).only(|name| name == "0.weight");
    let price = if proximal {
        price.proximal(RATE)
    } else {
        price
    };
    let training = training.with_penalties(vec![price])?;
    let mut training = training.with_metrics(vec![right()]);
    training.fit(EPOCHS, train, &mut [])?;
    let right = 100.0 * training.evaluate(test)?.metrics[0];
    Ok((training.into_model(), right))
}

/// How long the weights into each hidden unit are together, longest first.
fn lengths(model: &Model<f32>) -> Vec<f64> {
    let weights = &model.theta()[..UNITS * INPUTS];
    let rows = weights.chunks(INPUTS).map(|row| f64::from(norm2(row)));
    let mut lengths: Vec<f64> = rows.collect();
    lengths.sort_by(|a, b| b.total_cmp(a));
    lengths
}

fn right() -> Metric<f32> {
    Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    })
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, NnError> {
    let (bytes, features, scale) = (images.pixels(), images.features(), 1.0 / 255.0);
    let pixels = Features::Bytes {
        bytes,
        features,
        scale,
    };
    Dataset::new(pixels, Target::Labels(images.labels()))
}
