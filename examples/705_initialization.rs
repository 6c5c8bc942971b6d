//! Initialization: what becomes of a signal on its way through thirty layers.
//!
//! A layer of n units multiplies the mean square of a signal by n Var w, and an activation takes some of it away:
//!
//! ```text
//! z = W a,    E z² = n · Var w · E a²;    relu: E a² = ½ E z²;    tanh: E a² < E z²
//! ```
//!
//! A factor of 0.9 is 0.04 after thirty layers, and 1.1 is 17. So the variance of the weights decides whether anything
//! arrives at the end, and, by the same products, whether a gradient arrives at the beginning. LeCun's law, 1/n, is made
//! for linear layers; relu halves the square, hence He's 2/n. An orthogonal matrix keeps each length and not only the mean
//! one. And one can look instead of calculating: LSUV scales every layer until its outputs on some data have variance 1.
//!
//! The table and the picture show the root mean square of the activations of 64 units after each layer.
//!
//! What to try: `tanh()` in the place of `relu()`, with LeCun's law and with Glorot's; deviation 0.15 and 0.2; `rms_norm()`
//! behind every `dense`: then the start hardly matters.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::nn::layers::{Dense, Layer, relu};
use gradus::nn::{Initializer, Network, Output, view};
use gradus::numeric::norm2;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use gradus::random::{Key, normal};
use std::error::Error;

const UNITS: usize = 64;
const DEEPEST: usize = 30;
const SAMPLES: usize = 200;

/// A law of weights, and whether they are scaled by the data afterwards.
struct Start {
    name: &'static str,
    weights: Initializer,
    scaled: bool,
}

impl Start {
    const fn new(name: &'static str, weights: Initializer, scaled: bool) -> Self {
        Self {
            name,
            weights,
            scaled,
        }
    }
}

const STARTS: [Start; 5] = [
    Start::new(
        "deviation 0.05",
        Initializer::Normal { deviation: 0.05 },
        false,
    ),
    Start::new("LeCun, 1/n", Initializer::LeCunNormal, false),
    Start::new("He, 2/n", Initializer::HeNormal, false),
    Start::new(
        "deviation 0.25",
        Initializer::Normal { deviation: 0.25 },
        false,
    ),
    Start::new("LSUV", Initializer::Orthogonal { gain: 1.0 }, true),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(1).rng();
    let x = DMatrix::from_fn(UNITS, SAMPLES, |_, _| normal(&mut rng));
    let mut curves = Vec::new();
    for start in &STARTS {
        let sizes: Result<Vec<f64>, _> =
            (1..=DEEPEST).map(|depth| size(start, depth, &x)).collect();
        curves.push(sizes?);
    }
    println!("root mean square of the activations, by layer");
    println!(
        "layer{}",
        STARTS.map(|start| format!("{:>16}", start.name)).concat()
    );
    for layer in [1, 2, 5, 10, 20, 30] {
        let numbers = curves.iter().map(|c| format!("{:16.2e}", c[layer - 1]));
        println!("{layer:5}{}", numbers.collect::<Vec<_>>().concat());
    }
    let series: Vec<Series> = STARTS
        .iter()
        .zip(&curves)
        .map(|(start, values)| Series {
            name: start.name,
            values,
        })
        .collect();
    let figure = Figure::new(
        "A signal through layers of relu",
        "layers",
        "root mean square",
    );
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    println!(
        "\npicture: {}",
        save("out/705_initialization.svg", &svg)?.display()
    );

    let last: Vec<f64> = curves.iter().map(|curve| curve[DEEPEST - 1]).collect();
    let [vanished, _, he, exploded, scaled] = *last else {
        return Err("five starts".into());
    };
    if vanished < 1e-12
        && exploded > 1e3
        && (0.1..10.0).contains(&he)
        && (0.5..2.0).contains(&scaled)
    {
        println!(
            "result: after {DEEPEST} layers {vanished:.0e}, {exploded:.0e}; with He's law {he:.2}, scaled by data {scaled:.2}"
        );
        Ok(())
    } else {
        Err(format!("a signal should vanish, explode or stay: {last:?}").into())
    }
}

/// The root mean square behind `depth` layers. Every parameter has a stream of its own, so that deeper networks begin with
/// the same layers.
fn size(start: &Start, depth: usize, x: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let mut layers: Vec<Box<dyn Layer<f64>>> = Vec::new();
    for _ in 0..depth {
        let weights = start.weights;
        layers.push(Box::new(Dense {
            weights,
            ..Dense::new(UNITS)
        }));
        layers.push(relu());
    }
    let mut model = Network::new(UNITS, layers, Output::Identity)?.initialize(Key::new(2))?;
    if start.scaled {
        model.scale_to_unit_variance(view(x), 1e-6)?;
    }
    let y = model.predict(view(x))?;
    Ok(norm2(y.as_slice()) / (y.len() as f64).sqrt())
}
