//! Wrong labels: how hard a sample pulls that the network finds absurd.
//!
//! Every loss of the probability p that softmax gives the truth has the gradient a (p − y) by the logits. Losses differ in
//! the pull a = −∂ℓ/∂(ln p) alone (y is one-hot):
//!
//! ```text
//! loss              of p                  a
//! cross-entropy     −ln p                 1
//! generalized       (1 − p^κ) / κ         p^κ                               the absurd hardly pulls
//! poly-1            −ln p + ε (1 − p)     1 + ε p                           the likely pulls more
//! focal             −(1 − p)^γ ln p       (1 − p)^γ − γ p (1 − p)^(γ−1) ln p    the easy hardly pulls
//! ```
//!
//! A wrong label is a sample that stays absurd. Of 1000 handwritten digits two in five get a wrong label; 797 others, with
//! right ones, are the test. The focal loss, made for rare classes, looks at wrong labels most of all. Sparsemax asks for a
//! lead of 1, gives most classes exactly 0, and learns wrong labels by heart as well. A price on certainty,
//! β (ln K − H(p)), keeps p away from 1, so no sample stops pulling, a wrong one neither: it is no
//! remedy here.
//!
//! The picture has the pull over p.
//!
//! What to try: `WRONG = 0.0`, where all are as good; `EPOCHS = 200`: cross-entropy learns the wrong labels by heart.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledImages, digits};
use gradus::evaluation::{accuracy, argmax};
use gradus::linalg::view;
use gradus::losses::{
    ConfidencePenalty, GeneralizedCrossEntropy, Loss, MatrixMut, MatrixRef, Order, Poly1, Shape,
    SoftmaxCrossEntropy, SoftmaxFocal, Sparsemax, Target, Weights,
};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Training};
use gradus::optim::adam;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use gradus::random::rand::RngExt;
use std::error::Error;
use std::ops::Range;

const WRONG: f64 = 0.4;
const EPOCHS: u64 = 60;
const TRAIN: u32 = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let images = digits()?;
    let part = |samples: Range<u32>| images.select(&samples.collect::<Vec<_>>());
    let (train, test) = (part(0..TRAIN)?, part(TRAIN..1797)?);
    let labels = spoiled(train.labels());
    let wrong = labels.iter().zip(train.labels()).filter(|(a, b)| a != b);
    let wrong = wrong.count();
    println!("{wrong} of {TRAIN} labels are wrong; found of the test, in %:");

    let mut found = Vec::new();
    for (name, loss) in losses() {
        let share = learned(loss, &train, &labels, &test)?;
        println!("  {name:<16} {:.1}", 100.0 * share);
        found.push(share);
    }
    draw()?;
    if found[1] > found[0] + 0.05 && found[3] < found[0] {
        println!(
            "result: {:.3} with cross-entropy, {:.3} with the generalized one",
            found[0], found[1]
        );
        Ok(())
    } else {
        Err(format!("the generalized loss should stand wrong labels better: {found:?}").into())
    }
}

fn losses() -> [(&'static str, Box<dyn Loss<f32>>); 6] {
    [
        ("cross-entropy", Box::new(SoftmaxCrossEntropy::default())),
        (
            "generalized",
            Box::new(GeneralizedCrossEntropy { exponent: 0.7 }),
        ),
        ("poly-1", Box::new(Poly1 { epsilon: 1.0 })),
        ("focal", Box::new(SoftmaxFocal { gamma: 2.0 })),
        ("sparsemax", Box::new(Sparsemax)),
        (
            "certainty costs",
            Box::new(ConfidencePenalty { strength: 1.0 }),
        ),
    ]
}

/// The labels, some of them another one.
fn spoiled(labels: &[u32]) -> Vec<u32> {
    let mut rng = Key::new(7).rng();
    let spoil = |&label: &u32| {
        let other = (label + rng.random_range(1..10)) % 10;
        if rng.random_bool(WRONG) { other } else { label }
    };
    labels.iter().map(spoil).collect()
}

/// Trains a network of one hidden layer, and tells which share of the test it finds.
fn learned(
    loss: Box<dyn Loss<f32>>,
    train: &LabelledImages,
    labels: &[u32],
    test: &LabelledImages,
) -> Result<f64, Box<dyn Error>> {
    let features = |images| Features::Bytes {
        bytes: LabelledImages::pixels(images),
        features: 64,
        scale: 1.0 / 16.0,
    };
    let samples = Dataset::new(features(train), Target::Labels(labels))?;
    let asked = Dataset::new(features(test), Target::Labels(test.labels()))?;
    let network = Network::new(64, vec![dense(128), relu(), dense(10)], Output::Softmax)?;
    let model = network.initialize(Key::new(1))?;
    let mut training = Training::new(model, adam(2e-3)?, loss, Settings::default())?;
    training.fit(EPOCHS, &samples, &mut [])?;
    let answers = argmax(view(&training.model().predict_samples(&asked)?))?;
    Ok(accuracy(test.labels(), &answers)?)
}

/// The pull of the first of two classes, ∂ℓ/∂z over p − 1, for p between 0 and 1.
fn pulls(loss: &dyn Loss<f32>) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    let mut points = Vec::new();
    for p in (1..200_u8).map(|k| f32::from(k) / 200.0) {
        let (logits, mut slopes) = ([(p / (1.0 - p)).ln(), 0.0], [0.0; 2]);
        let gradient = MatrixMut::new(&mut slopes, Shape::new(2, 1), Order::Rows)?;
        let (logits, first) = (MatrixRef::from_column(&logits), Target::Labels(&[0]));
        loss.value_and_gradient(logits, first, Weights::Equal, 1.0, gradient)?;
        points.push((p.into(), (slopes[0] / (p - 1.0)).into()));
    }
    Ok(points)
}

fn draw() -> Result<(), Box<dyn Error>> {
    let curves = losses().map(|(name, loss)| pulls(&*loss).map(|points| (name, points)));
    let curves = curves.into_iter().collect::<Result<Vec<_>, _>>()?;
    let lines = curves
        .iter()
        .map(|(name, points)| PlaneCurve::line(name, points));
    let title = "How hard a sample pulls";
    let figure = Figure::new(title, "probability of the truth", "pull");
    let svg = xy_plot(&figure.between(0.0, 2.0), &lines.collect::<Vec<_>>())?;
    let path = save("out/512_wrong_labels.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
