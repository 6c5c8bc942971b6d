//! A model leaves for other programs, and comes back.
//!
//! Weights alone are a file of named tensors: `safetensors`, with the names that PyTorch's `Sequential` has. A program that
//! knows the layers reads them, and gradus reads what that program wrote. The whole model, layers and all, is a graph of
//! operations: an ONNX file, with which `onnxruntime` predicts without knowing either of us.
//!
//! ```text
//! layer        parameters              operations
//! dense        0.weight, 0.bias   →    Gemm(x, 0.weight, 0.bias)
//! relu                            →    Relu
//! residual     2.0.weight, …      →    Conv, …, Add
//! ```
//!
//! Five networks are drawn, from a row of dense layers to letters that become vectors, and each is written with some
//! samples and what it makes of them. `tools/check-onnx` gives the same samples to `onnxruntime`. Run it with
//!
//! ```text
//! cargo run --release --example 780_exchange
//! ```
//!
//! What to try: a layer of your own, `function("mine", …)`, which has no counterpart; f64 in the place of f32.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::files::{prepare_folder, write};
use gradus::linalg::nalgebra::DMatrix;
use gradus::nn::layers::{
    Convolution, Layer, activation, alpha_dropout, average_pool, batch_norm, convolution, dense,
    dropout, embedding, flatten, global_average_pool, global_max_pool, group_norm, layer_norm,
    max_pool, prelu, relu, residual, rms_norm, sequence_convolution, sigmoid, tanh, tied,
};
use gradus::nn::{Network, Output, SampleShape, view};
use gradus::numeric::functions::{
    Elu, Gelu, HardSigmoid, HardSwish, LeakyRelu, Silu, Softplus, Softsign,
};
use gradus::random::{Key, normal};
use std::error::Error;
use std::fmt::Write;

type Layers = Vec<Box<dyn Layer<f32>>>;

const FOLDER: &str = "out/780_exchange";
const SAMPLES: usize = 4;
const LETTERS: usize = 26;
const IMAGE: SampleShape = SampleShape::Image {
    channels: 2,
    height: 6,
    width: 8,
};

fn main() -> Result<(), Box<dyn Error>> {
    prepare_folder(FOLDER)?;
    let steps = SampleShape::Sequence {
        features: 3,
        steps: 9,
    };
    let networks: [(&str, SampleShape, Layers, Output); 5] = [
        ("dense", 5.into(), dense_layers(), Output::Softmax),
        ("activations", 5.into(), activations(), Output::Sigmoid),
        ("images", IMAGE, images(), Output::Softmax),
        ("steps", steps, sequences(), Output::Identity),
        ("letters", 7.into(), letters(), Output::Softmax),
    ];
    for (name, input, layers, output) in networks {
        let network = Network::<f32>::new(input, layers, output)?;
        let mut model = network.initialize(Key::new(3))?;
        // As after some training: no scale is 1, no shift 0, no running moment where it began.
        let mut rng = Key::new(5).rng();
        let theta = model
            .theta()
            .iter()
            .map(|w| w + 0.1 * normal(&mut rng) as f32);
        let theta = theta.collect();
        let buffers = (0..model.buffers().len()).map(|i| 0.5 + 0.1 * (i % 7) as f32);
        let buffers = buffers.collect();
        model.set_theta(theta)?;
        model.set_buffers(buffers)?;

        let number = |rng: &mut _| match name {
            "letters" => (normal(rng).abs() * 1000.0) as usize % LETTERS,
            _ => 0,
        };
        let x = DMatrix::from_fn(input.len(), SAMPLES, |_, _| match name {
            "letters" => number(&mut rng) as f32,
            _ => normal(&mut rng) as f32,
        });
        let y = model.predict(view(&x))?;
        model.save(format!("{FOLDER}/{name}.safetensors"))?;
        model.save_onnx(format!("{FOLDER}/{name}.onnx"))?;
        write(format!("{FOLDER}/{name}.x.csv"), rows(&x)?)?;
        write(format!("{FOLDER}/{name}.y.csv"), rows(&y)?)?;
        let parameters = model.theta().len();
        println!(
            "{name:12} {input:>10} → {:2} numbers, {parameters:4} parameters",
            y.nrows()
        );
    }
    println!(
        "\nresult: five models with samples and predictions in {FOLDER}; see tools/check-onnx"
    );
    Ok(())
}

/// One sample a line, with the digits that single precision has.
fn rows(x: &DMatrix<f32>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for column in x.column_iter() {
        let numbers: Vec<String> = column.iter().map(|x| format!("{x:.9e}")).collect();
        writeln!(text, "{}", numbers.join(","))?;
    }
    Ok(text)
}

fn dense_layers() -> Layers {
    let block = vec![dense(6), batch_norm(), relu(), dropout(0.3)];
    vec![
        dense(6),
        layer_norm(),
        prelu(),
        residual(block),
        rms_norm(),
        group_norm(3),
        tied("last", dense(4)),
    ]
}

fn activations() -> Layers {
    let mut layers: Layers = vec![dense(5), sigmoid(), dense(5), tanh()];
    let more: [Box<dyn Layer<f32>>; 9] = [
        activation(Elu::SELU),
        activation(Gelu),
        activation(HardSigmoid),
        activation(HardSwish),
        activation(LeakyRelu { slope: 0.1 }),
        activation(Silu),
        activation(Softplus),
        activation(Softsign),
        alpha_dropout(0.1),
    ];
    for f in more {
        layers.extend([dense(5), f]);
    }
    layers
}

fn images() -> Layers {
    let spread = Convolution {
        dilation: [2, 1],
        padding: [2, 1],
        groups: 2,
        ..Convolution::same(4, 3)
    };
    let block: Layers = vec![Box::new(spread), batch_norm(), relu(), convolution(4, 3)];
    let front = vec![
        convolution(4, 3),
        layer_norm(),
        relu(),
        max_pool(2),
        residual(block),
    ];
    let back: Layers = vec![
        group_norm(2),
        rms_norm(),
        average_pool(2),
        flatten(),
        dense(3),
    ];
    front.into_iter().chain(back).collect()
}

fn sequences() -> Layers {
    vec![
        sequence_convolution(4, 3),
        layer_norm(),
        prelu(),
        sequence_convolution(4, 3),
        global_max_pool(),
        dense(2),
    ]
}

fn letters() -> Layers {
    vec![
        embedding(LETTERS, 3),
        sequence_convolution(5, 3),
        relu(),
        group_norm(5),
        global_average_pool(),
        dense(3),
    ]
}
