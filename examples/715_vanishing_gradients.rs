//! Vanishing and exploding gradients: what many layers do to a slope.
//!
//! A deep network is a chain, and the chain rule multiplies: the gradient of the first layer is a product of one factor
//! per layer, the layer's weights times the slopes of its activation,
//!
//! ```text
//! aˡ = f(Wˡ aˡ⁻¹),    δˡ⁻¹ = (Wˡ)ᵀ (f'(zˡ) ⊙ δˡ)
//! ```
//!
//! If the factors are on average smaller than 1 the gradient vanishes with the depth, and the first layers do not learn;
//! if they are larger it explodes, and training breaks. The slope of the sigmoid is at most ¼. That of relu is 0 or 1:
//! nothing is lost on the way, and if the variance of the weights is 2/n (He), a layer keeps the mean square of a gradient:
//! half of the units are off, the factor 2 makes up for it. With 1/n (LeCun) each layer halves the square; with 4/n it
//! doubles it.
//!
//! The table shows the norm of the gradient at the input of networks of 16 units a layer, the mean of 20 random ones. A
//! deeper network cures nothing: initialization, normalization, short cuts around layers, and clipping do.
//!
//! What to try: `Weights` of variance 16/n for the sigmoid, whose slope ¼ they balance. tanh in the place of the sigmoid.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::{Var, gradient};
use gradus::files::{prepare_folder, write};
use gradus::numeric::{norm2, relu, sigmoid};
use gradus::plot::{AxisScale, Figure, Series, learning_curves};
use gradus::random::{Key, fill_normal};
use std::error::Error;

const UNITS: usize = 16;
const NETWORKS: u64 = 20;
const DEEPEST: usize = 24;

/// A kind of layer: its activation, and the variance of its weights times n.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    sigmoid: bool,
    variance: f64,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "sigmoid, 1/n",
        sigmoid: true,
        variance: 1.0,
    },
    Kind {
        name: "relu, 1/n",
        sigmoid: false,
        variance: 1.0,
    },
    Kind {
        name: "relu, 2/n",
        sigmoid: false,
        variance: 2.0,
    },
    Kind {
        name: "relu, 4/n",
        sigmoid: false,
        variance: 4.0,
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut curves = [const { Vec::new() }; KINDS.len()];
    println!("norm of the gradient at the input, by depth and variance of the n weights of a unit");
    println!(
        "depth  {}",
        KINDS.map(|kind| format!("{:>13}", kind.name)).concat()
    );
    for depth in 1..=DEEPEST {
        for (kind, curve) in KINDS.iter().zip(&mut curves) {
            curve.push(mean_norm(*kind, depth)?);
        }
        if depth == 1 || depth % 4 == 0 {
            let row = curves
                .each_ref()
                .map(|curve: &Vec<f64>| format!("{:13.1e}", curve[depth - 1]));
            println!("{depth:5}  {}", row.concat());
        }
    }
    let series: Vec<Series> = KINDS
        .iter()
        .zip(&curves)
        .map(|(kind, values)| Series {
            name: kind.name,
            values,
        })
        .collect();
    let figure = Figure::new(
        "Gradients through many layers",
        "layers",
        "norm of the gradient",
    );
    prepare_folder("out")?;
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    write("out/715_vanishing_gradients.svg", svg)?;
    println!("\npicture: out/715_vanishing_gradients.svg");
    let last = curves.each_ref().map(|curve| curve[DEEPEST - 1]);
    println!(
        "result: after {DEEPEST} layers {:.0e} by sigmoids, {:.1} by relu with 2/n",
        last[0], last[2]
    );
    Ok(())
}

/// The norm of the gradient at the input, the root of the mean of its square over random networks.
fn mean_norm(kind: Kind, depth: usize) -> Result<f64, Box<dyn Error>> {
    let mut squares = 0.0;
    for network in 0..NETWORKS {
        let mut rng = Key::new(5).stream(network).rng();
        let (mut input, mut weights) = ([0.0; UNITS], vec![0.0; depth * UNITS * UNITS]);
        fill_normal(&mut input, &mut rng);
        fill_normal(&mut weights, &mut rng);
        let scale = (kind.variance / UNITS as f64).sqrt();
        for w in &mut weights {
            *w *= scale;
        }
        let slope = gradient(|x| output(kind, &weights, x), &input)?;
        squares += norm2(&slope).powi(2) / NETWORKS as f64;
    }
    Ok(squares.sqrt())
}

/// The first unit of the last layer.
fn output<'t>(kind: Kind, weights: &[f64], input: &[Var<'t, f64>]) -> Var<'t, f64> {
    let mut a = input.to_vec();
    for layer in weights.chunks_exact(UNITS * UNITS) {
        let unit = |w: &[f64]| {
            let z = w.iter().zip(&a).map(|(w, a)| *a * *w).sum();
            if kind.sigmoid { sigmoid(z) } else { relu(z) }
        };
        a = layer.chunks_exact(UNITS).map(unit).collect();
    }
    a[0]
}
