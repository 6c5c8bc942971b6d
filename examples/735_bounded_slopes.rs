//! How steep may a network be? Spectral norms that are bounded after every step.
//!
//! A dense layer z = W x + b pulls two inputs apart by at most the largest singular value of W, and tanh by at most 1.
//! A network of layers W¹, …, Wᴸ therefore obeys
//!
//! ```text
//! |f(x) − f(y)| ≤ ‖W¹‖₂ ⋯ ‖Wᴸ‖₂ |x − y|
//! ```
//!
//! Bound each norm by c, and no slope of f is larger than cᴸ, wherever it is asked. A penalty only makes steep slopes dear.
//! The bound is kept by projection: after each step of the optimizer a matrix that exceeds c is scaled back to it,
//!
//! ```text
//! W ← W min(1, c / ‖W‖₂)
//! ```
//!
//! Read s = f(x) as what a person with the number x is given, and it is *individual fairness*: who are alike are treated alike,
//! |s − s'| ≤ L d(x, x'). The pair that is treated most unlike for how alike it is tells the smallest L.
//!
//! The points to learn lie on a step from −1 to 1, with noise: without a bound the network jumps, and follows the noise.
//! With three layers and c³ = 4 or 1 it climbs as steeply as it may. The picture `out/735_bounded_slopes.svg` shows the three.
//!
//! What to try: `MaxNorm` instead of `SpectralNorm`; then the slope has no bound as simple as this one. c³ = 40: the bound is
//! never met, and nothing changes. `NOISE` = 0: how steep does the free network become in more epochs?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::fairness::steepest_pair;
use gradus::losses::{SquaredError, Target};
use gradus::nn::layers::{dense, tanh};
use gradus::nn::{Constraint, Dataset, Features, Model, Network, Output, Settings, Training};
use gradus::numeric::MatrixRef;
use gradus::optim::adam;
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::random::{Key, normal, uniform};
use std::error::Error;

const POINTS: usize = 200;
const NOISE: f64 = 0.3;
const EPOCHS: u64 = 150;
const LAYERS: i32 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(735).rng();
    let x: Vec<f64> = (0..POINTS).map(|_| 4.0 * uniform(&mut rng) - 2.0).collect();
    let y: Vec<f64> = x
        .iter()
        .map(|x| x.signum() + NOISE * normal(&mut rng))
        .collect();

    let bounds = [None, Some(4.0), Some(1.0)];
    let mut models = Vec::new();
    println!("  bound of the slope   steepest slope   between             mean squared error");
    for bound in bounds {
        let (model, error) = learn(&x, &y, bound)?;
        let (steepest, [first, second]) = steepest(&model)?;
        let told = bound.map_or_else(|| "none".to_owned(), |bound| format!("{bound:.1}"));
        println!("  {told:>18}   {steepest:14.3}   {first:.3} and {second:.3}   {error:.3}");
        if bound.is_some_and(|bound| steepest > bound * (1.0 + 1e-6)) {
            return Err(format!("a slope of {steepest} where {told} are allowed").into());
        }
        models.push(model);
    }
    draw(&models)
}

/// A network of three layers, the product of whose spectral norms is bounded; and its error.
fn learn(x: &[f64], y: &[f64], bound: Option<f64>) -> Result<(Model<f64>, f64), Box<dyn Error>> {
    let [x, y] = [x, y].map(|row| MatrixRef::from_column(row).transposed());
    let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
    let layers = vec![dense(32), tanh(), dense(32), tanh(), dense(1)];
    let model = Network::new(1, layers, Output::Identity)?.initialize(Key::new(1))?;
    let settings = Settings::default();
    let training = Training::new(model, adam(0.02)?, Box::new(SquaredError), settings)?;
    let each = bound.map(|bound: f64| bound.powf(1.0 / f64::from(LAYERS)));
    let mut training = training.with_constraints(|name| {
        let bound = each.filter(|_| name.ends_with("weight"))?;
        Some(Constraint::SpectralNorm { bound })
    })?;
    training.fit(EPOCHS, &data, &mut [])?;
    let error = training.evaluate(&data)?.loss;
    Ok((training.into_model(), error))
}

/// The pair on a fine grid that is treated most unlike for how alike it is: its slope, and where it is.
fn steepest(model: &Model<f64>) -> Result<(f64, [f64; 2]), Box<dyn Error>> {
    let grid: Vec<f64> = (0..=800).map(|i| f64::from(i) / 200.0 - 2.0).collect();
    let scores = model.predict(MatrixRef::from_column(&grid).transposed())?;
    let pair = steepest_pair(scores.as_slice(), |i, j| (grid[i] - grid[j]).abs())?;
    Ok((pair.lipschitz, [pair.first, pair.second].map(|i| grid[i])))
}

fn draw(models: &[Model<f64>]) -> Result<(), Box<dyn Error>> {
    let names = ["free", "slope at most 4", "slope at most 1"];
    let value = |model: &Model<f64>, x: f64| {
        let y = model.predict_one(&[x]).unwrap_or_default();
        y.first().copied().unwrap_or(f64::NAN)
    };
    let curves: Vec<_> = models
        .iter()
        .map(|model| move |x| value(model, x))
        .collect();
    let functions: Vec<Function<'_>> = names
        .iter()
        .zip(&curves)
        .map(|(name, curve)| Function::new(name, curve))
        .collect();
    let figure = Figure::new("A step, learned with bounded slopes", "x", "f(x)");
    let svg = function_plot(&figure, &functions, -2.0, 2.0)?;
    println!(
        "picture: {}",
        save("out/735_bounded_slopes.svg", &svg)?.display()
    );
    Ok(())
}
