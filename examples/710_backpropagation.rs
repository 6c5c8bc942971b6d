//! XOR by a network of two layers, with the backpropagation equations layer by layer.
//!
//! The points 00, 01, 10, 11 have the labels 0, 1, 1, 0: no straight line separates them, and the best that one layer can
//! do is to say ½ everywhere, at ln 2 = 0.6931. A hidden layer helps. One column is one sample, ⊙ goes entry by entry:
//!
//! ```text
//! forward      a⁰ = x,    zˡ = Wˡ aˡ⁻¹ + bˡ,    a¹ = tanh z¹,    ŷ = σ(z²)
//! loss         L = (1/m) Σ softplus(z²) − y z²     (binary cross-entropy, in its stable form)
//! ```
//!
//! Backpropagation is the chain rule from the output to the input. It computes the gradient and nothing
//! else; the descent is another algorithm. With δˡ = ∂L/∂zˡ,
//!
//! ```text
//! output       δ² = (ŷ − y) / m                    (σ′ cancels against the cross-entropy)
//! hidden       δ¹ = (W²)ᵀ δ² ⊙ (1 − a¹ ⊙ a¹)       (tanh′ = 1 − tanh²)
//! weights      ∂L/∂Wˡ = δˡ (aˡ⁻¹)ᵀ
//! biases       ∂L/∂bˡ = δˡ 𝟏                       (the sum over the samples)
//! ```
//!
//! The numbers of the first step are printed, and compared with what `gradus::autodiff` makes of the forward pass alone.
//!
//! What to try: other seeds. About three starts in ten get stuck at L = ½ ln 2 = 0.3466, where two points of four are
//! undecided; with four hidden units none of thirty did. Start from zero weights: the hidden units stay equal for ever.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::{Arena, MatrixVar, Tape, Var};
use gradus::linalg::{nalgebra::DMatrix, view};
use gradus::nn::Initializer;
use gradus::numeric::{Order, Shape, sigmoid, softplus};
use gradus::plot::{Figure, decision_boundary, save};
use gradus::random::Key;
use std::error::Error;

const HIDDEN: usize = 2;
const SEED: u64 = 1;

type Matrix = DMatrix<f64>;
/// a¹, z² and a² = ŷ.
type Passed = [Matrix; 3];
/// W¹, b¹, W², b²; the gradient has the same shapes.
type Parameters = [Matrix; 4];

fn main() -> Result<(), Box<dyn Error>> {
    let x = DMatrix::from_row_slice(2, 4, &[0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    let y = DMatrix::from_row_slice(1, 4, &[0.0, 1.0, 1.0, 0.0]);
    let sizes = [[HIDDEN, 2], [HIDDEN, 1], [1, HIDDEN], [1, 1]];
    let mut theta = sizes.map(|[m, n]| DMatrix::zeros(m, n));
    let rng = &mut Key::new(SEED).rng();
    Initializer::GlorotUniform.fill(theta[0].as_mut_slice(), &sizes[0], rng)?;
    Initializer::GlorotUniform.fill(theta[2].as_mut_slice(), &sizes[2], rng)?;

    println!("the first step, matrices by rows");
    let first = forward(&theta, &x);
    let gradient = backward(&theta, &x, &y, &first);
    show(["W¹", "b¹", "W²", "b²"], &theta);
    show(["a¹", "z²", "ŷ"], &first);
    show(["∂L/∂W¹", "∂L/∂b¹", "∂L/∂W²", "∂L/∂b²"], &gradient);
    let (start, by_hand) = (flat(&theta), flat(&gradient));
    let mut by_machine = vec![0.0; start.len()];
    Arena::new().value_and_gradient(&start, &mut by_machine, |tape| record(tape, &x, &y))?;
    let gaps = by_hand.iter().zip(&by_machine).map(|(a, b)| (a - b).abs());
    let worst = gaps.fold(0.0, f64::max);
    println!("largest difference from gradus::autodiff: {worst:.1e}");
    println!("gradient descent, α = 1\n    step      loss   ŷ(00)   ŷ(01)   ŷ(10)   ŷ(11)");
    for step in 0..=5000 {
        let passed = forward(&theta, &x);
        if [0, 1, 10, 100, 200, 500, 1000, 2000, 5000].contains(&step) {
            print!("  {step:6}  {:8.5}", loss(&passed, &y));
            passed[2].iter().for_each(|p| print!("  {p:6.4}"));
            println!();
        }
        let gradient = backward(&theta, &x, &y, &passed);
        theta = [0, 1, 2, 3].map(|k| &theta[k] - 1.0 * &gradient[k]); // θ ← θ − α ∂L/∂θ
    }
    draw(&theta, &x)?;
    let end = forward(&theta, &x);
    let (loss, learned) = (loss(&end, &y), end[2].map(f64::round) == y);
    if learned && loss < 0.01 && worst < 1e-12 {
        println!("result: XOR is learned, L = {loss:.5}");
        Ok(())
    } else {
        Err(format!("XOR is not learned at L = {loss}, or the gradient off by {worst}").into())
    }
}

/// zˡ = Wˡ aˡ⁻¹ + bˡ, aˡ = f(zˡ)
fn forward([w1, b1, w2, b2]: &Parameters, x: &Matrix) -> Passed {
    let ones = DMatrix::from_element(1, x.ncols(), 1.0);
    let a1 = (w1 * x + b1 * &ones).map(f64::tanh);
    let z2 = w2 * &a1 + b2 * ones;
    let a2 = z2.map(sigmoid);
    [a1, z2, a2]
}

/// The four equations, from the output to the input.
fn backward([.., w2, _]: &Parameters, x: &Matrix, y: &Matrix, [a1, _, a2]: &Passed) -> Parameters {
    let ones = DMatrix::from_element(y.ncols(), 1, 1.0);
    let delta2 = (a2 - y) / y.ncols() as f64;
    let delta1 = (w2.transpose() * &delta2).component_mul(&a1.map(|a| 1.0 - a * a));
    let (by_w2, by_b2) = (&delta2 * a1.transpose(), &delta2 * &ones);
    let (by_w1, by_b1) = (&delta1 * x.transpose(), &delta1 * &ones);
    [by_w1, by_b1, by_w2, by_b2]
}

/// L = (1/m) Σ softplus(z) − y z
fn loss([_, z2, _]: &Passed, y: &Matrix) -> f64 {
    z2.zip_map(y, |z, y| softplus(z) - y * z).mean()
}

/// The forward pass and the loss on a tape; no derivative is written anywhere.
fn record<'t>(tape: &'t Tape<'t, f64>, x: &Matrix, y: &Matrix) -> Var<'t, f64> {
    let constant = |a: &Matrix| -> MatrixVar<'t, f64> {
        let shape = Shape::new(a.nrows(), a.ncols());
        tape.constant(shape, Order::Columns, |to| to.copy_from_slice(a.as_slice()))
    };
    let places = [(0, HIDDEN, 2), (2, HIDDEN, 1), (3, 1, HIDDEN), (4, 1, 1)];
    let parameter = |(at, m, n)| tape.parameter(at * HIDDEN, Shape::new(m, n));
    let [w1, b1, w2, b2] = places.map(parameter);
    let z2 = constant(x).affine(w1, b1).tanh().affine(w2, b2);
    (z2.softplus() - constant(y).hadamard(z2)).mean()
}

/// All parameters in one vector, matrices row by row.
fn flat(theta: &Parameters) -> Vec<f64> {
    let rows = |part: &Matrix| part.transpose().as_slice().to_vec();
    theta.iter().flat_map(rows).collect()
}

fn show<const N: usize>(names: [&str; N], matrices: &[Matrix; N]) {
    for (name, matrix) in names.iter().zip(matrices) {
        println!("  {name:8} {:9.6?}", matrix.transpose().as_slice());
    }
}

/// The regions of both classes, in `out/`.
fn draw(theta: &Parameters, x: &Matrix) -> Result<(), Box<dyn Error>> {
    let point = |x1: f64, x2: f64| DMatrix::from_column_slice(2, 1, &[x1, x2]);
    let class = |x1, x2| u32::from(forward(theta, &point(x1, x2))[2][0] > 0.5);
    let figure = Figure::new("XOR by two layers", "x₁", "x₂").sized(520, 400);
    let names = ["equal", "different"];
    let svg = decision_boundary(&figure, class, view(x), &[0, 1, 1, 0], &names)?;
    let path = save("out/710_backpropagation.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
