//! A model leaves for other programs, and comes back.
//!
//! Weights alone are a file of named tensors: `safetensors`, with the names that PyTorch's `Sequential` has. A program that
//! knows the layers reads them, and gradus reads what that program wrote; `npz` holds the same for NumPy. The whole model, layers and all, is a graph of
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
//! samples and what it makes of them. `tools/check-onnx` gives the same samples to `onnxruntime`.
//!
//! What to try: a layer of your own, `function("mine", …)`, which has no counterpart; f64 in the place of f32.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::files::{prepare_folder, write};
use gradus::linalg::nalgebra::DMatrix;
use gradus::nn::layers::{
    Convolution, Layer, activation, alpha_dropout, average_pool, batch_norm, convolution, dense,
    dropout, embedding, flatten, global_average_pool, global_max_pool, group_norm, layer_norm,
    max_pool, prelu, relu, residual, rms_norm, sequence_convolution, sigmoid, softmax, tanh, tied,
};
use gradus::nn::{Network, Output, SampleShape, view};
use gradus::numeric::Real;
use gradus::numeric::functions::{
    Elu, Gelu, HardSigmoid, HardSwish, LeakyRelu, Silu, Softplus, Softsign,
};
use gradus::random::{Key, normal};
use std::error::Error;

type Layers = Vec<Box<dyn Layer<f32>>>;
type Outcome = Result<(), Box<dyn Error>>;

const FOLDER: &str = "out/780_exchange";
const SAMPLES: usize = 4;
const LETTERS: usize = 26;
const IMAGE: SampleShape = SampleShape::Image {
    channels: 2,
    height: 6,
    width: 8,
};
const STEPS: SampleShape = SampleShape::Sequence {
    features: 3,
    steps: 9,
};

fn main() -> Outcome {
    prepare_folder(FOLDER)?;
    leave("dense", 5.into(), dense_layers(), Output::Softmax)?;
    leave("activations", 5.into(), activations(), Output::Sigmoid)?;
    leave("images", IMAGE, images(), Output::Softmax)?;
    leave("steps", STEPS, sequences(), Output::Identity)?;
    leave("letters", 7.into(), letters(), Output::Softmax)?;
    println!("result: five models and their predictions are in {FOLDER}");
    Ok(())
}

/// Writes a model, some samples and what it makes of them.
fn leave(name: &str, input: SampleShape, layers: Layers, out: Output) -> Outcome {
    let mut model = Network::<f32>::new(input, layers, out)?.initialize(Key::new(3))?;
    // As after some training: no scale is 1, no shift 0, no running moment where it began.
    let mut rng = Key::new(5).rng();
    let mut draw = || f32::from_f64(normal(&mut rng));
    let mut theta = model.theta().to_vec();
    for w in &mut theta {
        *w += 0.1 * draw();
    }
    let buffers = (0..model.buffers().len()).map(|i| 0.5 + (i % 7) as f32);
    let buffers = buffers.collect();
    model.set_theta(theta)?;
    model.set_buffers(buffers)?;

    let x = DMatrix::from_fn(input.len(), SAMPLES, |_, _| match name {
        "letters" => (1000.0 * draw()).abs().floor() % LETTERS as f32,
        _ => draw(),
    });
    let y = model.predict(view(&x))?;
    model.save(format!("{FOLDER}/{name}.safetensors"))?;
    model.save_npz(format!("{FOLDER}/{name}.npz"))?;
    model.save_onnx(format!("{FOLDER}/{name}.onnx"))?;
    write(format!("{FOLDER}/{name}.x.csv"), rows(&x))?;
    write(format!("{FOLDER}/{name}.y.csv"), rows(&y))?;
    println!("{name:12} {input} → {}", model.network().output_shape());
    Ok(())
}

/// One sample a line, with the digits that single precision has.
fn rows(x: &DMatrix<f32>) -> String {
    let number = |x: &f32| format!("{x:.9e}");
    let line = |numbers: &[f32]| numbers.iter().map(number).collect::<Vec<_>>().join(",");
    let columns = x.column_iter();
    columns.map(|x| line(x.as_slice()) + "\n").collect()
}

fn dense_layers() -> Layers {
    let block = vec![dense(6), batch_norm(), relu(), dropout(0.3), layer_norm()];
    let (last, norm) = (tied("last", dense(4)), group_norm(3));
    vec![dense(6), prelu(), residual(block), rms_norm(), norm, last]
}

fn activations() -> Layers {
    let all: Layers = vec![
        sigmoid(),
        tanh(),
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
    all.into_iter().flat_map(|f| [dense(5), f]).collect()
}

fn images() -> Layers {
    let spread = Convolution {
        dilation: [2, 1],
        padding: [2, 1],
        groups: 2,
        bias: false, // the normalization behind it has shifts
        ..Convolution::same(4, 3)
    };
    let block: Layers = vec![Box::new(spread), batch_norm(), relu(), convolution(4, 3)];
    let (front, back) = (convolution(4, 3), group_norm(2));
    let layers = vec![front, layer_norm(), max_pool(2), residual(block), back];
    let last = [rms_norm(), average_pool(2), flatten(), softmax(), dense(3)];
    layers.into_iter().chain(last).collect()
}

fn sequences() -> Layers {
    let [first, second] = [sequence_convolution(4, 3), sequence_convolution(4, 3)];
    let layers = vec![first, layer_norm(), prelu(), second];
    let last = [global_max_pool(), dense(2)];
    layers.into_iter().chain(last).collect()
}

fn letters() -> Layers {
    let (table, steps) = (embedding(LETTERS, 3), sequence_convolution(5, 3));
    vec![table, steps, group_norm(5), global_average_pool(), dense(3)]
}
