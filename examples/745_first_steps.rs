//! What to try first with a new network: can it learn at all, and how fast may it go?
//!
//! *One batch.* A network with enough parameters learns 32 images by heart. If its loss on them does not fall to almost
//! nothing, then something is broken that no amount of data cures. Below, the same network also gets images whose labels
//! belong to others, and images that are all gray: it learns the first by heart, too, and of the second it can know no more
//! than how frequent each digit is: its loss stays at the entropy of the labels.
//!
//! *A range of rates.* The learning rate grows by the same factor every step,
//!
//! ```text
//! η(t) = η₀ (η₁ / η₀)^(t / (n − 1))
//! ```
//!
//! Small rates learn nothing, large ones destroy what was learned. A good one stands where the loss falls fastest; where
//! it is lowest, it is about to explode.
//!
//! *An average of steps.* Where steps swing about a minimum, the average of the parameters is nearer to it than each of them. A bound
//! on the length of each unit's weights (max-norm) may be kept after any step: what exceeds it is scaled.
//!
//! What to try: `momentum(rates, 0.9)` instead of `sgd(rates)`, which takes a tenth of the rates; `adam(rates)`, a hundredth.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::digits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{
    Constraint, Dataset, Features, Model, Network, NnError, Output, RateRange, Settings, Training,
    learn_one_batch, rate_range,
};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::{Average, Chain, adam, sgd};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, shuffle};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let images = digits()?;
    let pixels: Vec<f64> = images
        .pixels()
        .iter()
        .map(|&p| f64::from(p) / 16.0)
        .collect();
    let shape = Shape::new(images.features(), images.len());
    let x = MatrixRef::new(&pixels, shape, Order::Columns)?;
    let data = Dataset::new(Features::Numbers(x), Target::Labels(images.labels()))?;

    println!("One batch of 32 images, 200 steps of Adam: the loss before and after");
    let mut wrong = images.labels().to_vec();
    shuffle(&mut wrong, &mut Key::new(7).rng());
    let shuffled = Dataset::new(Features::Numbers(x), Target::Labels(&wrong))?;
    let gray = vec![0.5; pixels.len()];
    let gray = MatrixRef::new(&gray, shape, Order::Columns)?;
    let gray = Dataset::new(Features::Numbers(gray), Target::Labels(images.labels()))?;
    for (name, data) in [
        ("images", &data),
        ("labels of others", &shuffled),
        ("gray", &gray),
    ] {
        let losses = learn_one_batch(&mut training(adam(0.01)?)?, data, 200)?;
        println!("  {name:<18} {:.4}  {:.6}", losses[0], losses[199]);
    }

    try_rates(&data)?;
    average(&data)
}

/// Three epochs of steps that are too long, judged by the average of the parameters and by the last ones, within bounds.
fn average(data: &Dataset<'_, f64>) -> Result<(), Box<dyn Error>> {
    let mut training = training(sgd(1.0)?.before(Average { beta: 0.95 })?)?;
    training.fit(3, data, &mut [])?;
    let averaged = training.evaluated_theta()?;
    let loss = training.evaluate(data)?.loss; // with the average
    let mut model = training.into_model();
    let moved = model.theta().iter().zip(&averaged).filter(|(a, b)| a != b);
    println!(
        "\nan average of steps: loss {loss:.4}, {} parameters differ",
        moved.count()
    );
    let free = model.theta().to_vec();
    let bound = Constraint::MaxNorm { bound: 1.5 };
    model.constrain(|name| name.ends_with("weight").then_some(bound))?;
    let scaled = model.theta().iter().zip(&free).filter(|(a, b)| a != b);
    println!(
        "rows of weights no longer than 1.5: {} parameters are scaled",
        scaled.count()
    );
    Ok(())
}

/// Tells the loss at rates that grow, and how three epochs go at some of them.
fn try_rates(data: &Dataset<'_, f64>) -> Result<(), Box<dyn Error>> {
    println!("\nA range of rates for gradient descent, one step each:");
    let range = RateRange::new(1e-4, 100.0, 200)?;
    let curve = rate_range(range, data, |rates| training(sgd(rates)?))?;
    let smooth = curve.smoothed(SMOOTHING);
    for (rate, loss) in curve.rates.iter().zip(&smooth).step_by(25) {
        println!("  rate {rate:8.4}  loss {loss:.3}");
    }
    let steepest = curve.steepest(SMOOTHING).ok_or("the loss never falls")?;
    let lowest = curve.lowest(SMOOTHING).ok_or("no loss is finite")?;
    println!(
        "the loss falls fastest at {steepest:.2}, is lowest at {lowest:.2}, and the test ends at {:.2}",
        curve.rates.last().copied().unwrap_or(f64::NAN)
    );
    for rate in [steepest / 100.0, steepest, 10.0 * lowest] {
        let mut training = training(sgd(rate)?)?;
        match training.fit(3, data, &mut []) {
            Ok(()) => println!(
                "  three epochs at {rate:7.4}: loss {:.4}",
                training.evaluate(data)?.loss
            ),
            Err(error) => println!("  three epochs at {rate:7.4}: {error}"),
        }
    }

    let points = |losses: &[f64]| -> Vec<(f64, f64)> {
        let points = curve
            .rates
            .iter()
            .map(|rate| rate.log10())
            .zip(losses.iter().copied());
        points.filter(|(_, loss)| *loss < 4.0).collect()
    };
    let (raw, smooth) = (points(&curve.losses), points(&smooth));
    let curves = [
        PlaneCurve::points("loss of a batch", &raw),
        PlaneCurve::line("smoothed", &smooth),
    ];
    let figure = Figure::new(
        "Which learning rates a network can take",
        "log₁₀ rate",
        "loss",
    );
    let path = save("out/745_learning_rates.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// A network of one hidden layer in training.
fn training(optimizer: Chain<f64>) -> Result<Training<f64>, NnError> {
    let layers = vec![dense(64), relu(), dense(10)];
    let model: Model<f64> = Network::new(64, layers, Output::Softmax)?.initialize(Key::new(1))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Training::new(model, optimizer, loss, Settings::default())
}

/// How much of the mean of earlier losses a step keeps.
const SMOOTHING: f64 = 0.8;
