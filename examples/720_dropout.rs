//! What training accuracy is worth: memory and generalization, with and without dropout.
//!
//! A network 10 → 64 relu → dropout ½ → 1 learns binary labels from 10 random features, with Adam
//! (learning rate 0.01) on the binary cross-entropy of its logit z, 100 epochs in batches of 32:
//!
//! ```text
//! L(θ) = (1/|B|) Σ softplus(z) − y z,    p(y = 1) = σ(z)
//! ```
//!
//! In training, dropout sets each hidden unit to zero with probability p and divides the others by
//! 1 − p, so that the mean stays the same; in prediction it does nothing:
//!
//! ```text
//! h = m ⊙ a / (1 − p),    mᵢ ∼ Bernoulli(1 − p),    E[h] = a
//! ```
//!
//! Two sets of labels are learned. One has nothing to do with the features: tosses of a coin. Whatever the
//! network gets right of them beyond one half is memory, and on the test set it is worth nothing. The
//! other follows a rule, y = 1 where x₁ + x₂ x₃ > 0, and can be learned: there the test set shows it. Only
//! samples that were not trained on can tell the two apart.
//!
//! What to try: more hidden units, or 1000 epochs: memory becomes perfect, the coin stays a coin. Four
//! times the samples: less to memorize, more to learn.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::{Fractions, Split, split};
use gradus::losses::{BinaryCrossEntropyLogits, Target};
use gradus::nn::layers::{dense, dropout, relu};
use gradus::nn::{
    Dataset, EpochRecord, Evaluation, Features, Metric, Network, Output, Settings, Subset, Summary,
    Training,
};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::adam;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use gradus::random::{Key, fill_bernoulli, fill_normal};
use std::error::Error;

const FEATURES: usize = 10;
const SAMPLES: u32 = 1000;
const EPOCHS: u64 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let mut x = vec![0.0; FEATURES * SAMPLES as usize];
    fill_normal(&mut x, &mut Key::new(1).rng());
    let mut coin = vec![0.0; SAMPLES as usize];
    fill_bernoulli(0.5, 1.0, 0.0, &mut coin, &mut Key::new(1).stream(1).rng())?;
    let rule = |x: &[f64]| f64::from(u8::from(x[0] + x[1] * x[2] > 0.0));
    let rule: Vec<f64> = x.chunks(FEATURES).map(rule).collect();
    let parts = split(SAMPLES, Fractions::test_only(0.5), &mut Key::new(2).rng())?;

    println!("{}", Summary::of(&network(0.5)?));
    println!("accuracy after {EPOCHS} epochs; labels are tossed, or follow a rule");
    println!("  labels   dropout   training   test");
    let features = MatrixRef::new(&x, Shape::new(FEATURES, coin.len()), Order::Columns)?;
    let mut outcomes = Vec::new();
    let four = [
        ("coin", &coin, 0.0),
        ("coin", &coin, 0.5),
        ("rule", &rule, 0.0),
        ("rule", &rule, 0.5),
    ];
    for (name, labels, rate) in four {
        let labels = Target::Values(MatrixRef::from_row(labels));
        let all = Dataset::new(Features::Numbers(features), labels)?;
        let outcome = learn(&all, &parts, rate)?;
        let (train, test) = (outcome.train, outcome.test);
        println!("  {name}     {rate:7.1}   {train:8.3}   {test:.3}");
        outcomes.push(outcome);
    }
    draw(&outcomes)?;

    let [memory, coin, _, rule] = outcomes.as_slice() else {
        return Err("four outcomes".into());
    };
    let chance = 4.0 * (0.25 / parts.test.len() as f64).sqrt(); // four standard deviations
    if memory.train > 0.9 && (coin.test - 0.5).abs() < chance && rule.test > 0.8 {
        let (train, test, rule) = (memory.train, memory.test, rule.test);
        println!(
            "result: of the coin {train:.3} is remembered and {test:.3} predicted; of the rule {rule:.3}"
        );
        Ok(())
    } else {
        Err("a coin must not be predictable, and the rule must be".into())
    }
}

/// 10 → 64 relu → dropout → 1, with a sigmoid behind the logit.
fn network(rate: f64) -> Result<Network<f64>, Box<dyn Error>> {
    let layers = vec![dense(64), relu(), dropout(rate), dense(1)];
    Ok(Network::new(FEATURES, layers, Output::Sigmoid)?)
}

/// Accuracies at the end, and the losses of every epoch.
struct Outcome {
    train: f64,
    test: f64,
    test_losses: Vec<f64>,
}

/// Trains on one half of the samples and judges on both.
fn learn(all: &Dataset<'_, f64>, parts: &Split, rate: f64) -> Result<Outcome, Box<dyn Error>> {
    let train = Subset::new(all, parts.train.clone())?;
    let test = Subset::new(all, parts.test.clone())?;
    let settings = Settings {
        seed: 3,
        ..Settings::default() // batches of 32
    };
    let model = network(rate)?.initialize(Key::new(3))?;
    let loss = Box::new(BinaryCrossEntropyLogits::default());
    let mut training = Training::new(model, adam(0.01)?, loss, settings)?
        .with_metrics(vec![Metric::new("accuracy", hits)]);
    training.fit_validated(EPOCHS, &train, &test, &mut [])?;
    let accuracy = |evaluation: Evaluation| evaluation.metrics.first().copied().unwrap_or(f64::NAN);
    let records = training.history().records().iter();
    let judged = |record: &EpochRecord| Some(record.validation.as_ref()?.loss);
    Ok(Outcome {
        train: accuracy(training.evaluate(&train)?), // without dropout
        test: accuracy(training.evaluate(&test)?),
        test_losses: records.filter_map(judged).collect(),
    })
}

/// How many samples lie on the right side of z = 0.
fn hits(logits: MatrixRef<'_, f64>, target: Target<'_, f64>) -> f64 {
    let Target::Values(y) = target else {
        return f64::NAN;
    };
    let pairs = logits.row(0).zip(y.row(0));
    pairs.filter(|&(z, y)| (z > 0.0) == (y > 0.5)).count() as f64
}

/// The loss on the test set, epoch by epoch, in `out/`: it rises where the network memorizes.
fn draw(outcomes: &[Outcome]) -> Result<(), Box<dyn Error>> {
    let names = ["coin", "coin, dropout", "rule", "rule, dropout"];
    let series: Vec<Series<'_>> = names
        .iter()
        .zip(outcomes)
        .map(|(name, outcome)| Series {
            name,
            values: &outcome.test_losses,
        })
        .collect();
    let figure = Figure::new("Loss on samples not trained on", "epoch", "cross-entropy");
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    let path = save("out/720_dropout.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
