//! Private training: what privacy costs in accuracy.
//!
//! A network 64 → 32 relu → 10 learns 8 × 8 digits by steps that hide each of its 1400 samples:
//!
//! ```text
//! S       each sample with probability q, independently
//! gᵢ      the gradient of the loss of sample i, shortened to length C if it is longer
//! θ ← θ − η / (q n) · (Σ_{i ∈ S} gᵢ + σ C ξ),    ξ ∼ N(0, I)
//! ```
//!
//! One sample moves the sum by at most C, and noise of deviation σ C hides that. What all steps tell together is counted in
//! Rényi divergences ρ(α), which add, and at the end is said as an ε for a δ:
//!
//! ```text
//! ε = min over α of  T ρ(α) + ln((α − 1)/α) − (ln δ + ln α)/(α − 1)
//! ```
//!
//! No outcome is more than e^ε times as likely with a person as without, but with probability δ. ε = 1 hides well, 8
//! a little, and 100 hardly anything that could be promised. 1400 samples are few to hide among: with a hundred times as
//! many, the same noise would be divided by a hundred times as much.
//!
//! Before that three answers are told at once: the commonest digit, chosen with probabilities that grow as e^(½ count), how often it
//! occurs, hidden by discrete Laplace noise, and one sum of all samples, by Gaussian noise, whose ε is known exactly.
//!
//! What to try: `CLIP` = 0.1 and 10; half the steps with the noise of the same ε (`noise_for` finds it); a wider network,
//! which has more entries to drown.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::evaluation::{Fractions, accuracy, argmax, stratified_split};
use gradus::linalg::view;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{Dataset, Features, Network, Output, Private, PrivateTraining};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::sgd;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::privacy::{
    Budget, PrivacyError, choose, discrete_laplace, gaussian_epsilon, noise_for,
};
use gradus::random::Key;
use std::error::Error;

const RATE: f64 = 0.1;
const STEPS: u64 = 300;
const CLIP: f64 = 1.0;
const DELTA: f64 = 1e-4;

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let parts = stratified_split(
        all.labels(),
        Fractions::test_only(0.2),
        &mut Key::new(1).rng(),
    )?;
    let (train, test) = (all.select(&parts.train)?, all.select(&parts.test)?);
    let number = |p: &u8| f32::from(*p) / 16.0;
    let numbers = |pixels: &[u8]| -> Vec<_> { pixels.iter().map(number).collect() };
    let (x, y) = (numbers(train.pixels()), numbers(test.pixels()));
    let x = MatrixRef::new(&x, Shape::new(64, train.len()), Order::Columns)?;
    let y = MatrixRef::new(&y, Shape::new(64, test.len()), Order::Columns)?;
    let data = Dataset::new(Features::Numbers(x), Target::Labels(train.labels()))?;

    println!(
        "{} digits to learn from, {} to judge by; {STEPS} steps, q = {RATE}, δ = {DELTA}",
        train.len(),
        test.len()
    );
    tell(train.labels())?;
    println!("asked ε   noise σ   spent ε  order   accuracy");
    let mut curve = Vec::new();
    for epsilon in [0.5, 1.0, 2.0, 4.0, 8.0, 32.0] {
        let noise = noise_for(RATE, STEPS, Budget::new(epsilon, DELTA)?)?;
        let mut training = train_with(noise, CLIP)?;
        training.fit(STEPS, &data)?;
        let spent = training.ledger()?.epsilon(DELTA)?;
        let right = judge(&training, y, test.labels())?;
        println!(
            "{epsilon:7.1}   {noise:7.3}   {:7.3}  {:5}   {right:.3}",
            spent.epsilon, spent.order
        );
        curve.push((epsilon.log2(), right));
    }
    let mut open = train_with(0.0, f64::INFINITY)?;
    open.fit(STEPS, &data)?;
    let best = judge(&open, y, test.labels())?;
    println!("      ∞     0.000         ∞      –   {best:.3}");

    let ends = [(curve[0].0, best), (curve[curve.len() - 1].0, best)];
    let figure =
        Figure::new("What privacy costs", "log₂ ε", "accuracy on the test set").sized(560, 400);
    let curves = [
        PlaneCurve::steps("private", &curve),
        PlaneCurve::line("nothing hidden", &ends),
    ];
    let path = save("out/770_private.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());

    let (strict, loose) = (curve[0].1, curve[curve.len() - 1].1);
    println!(
        "result: accuracy {strict:.3} for ε = 1/2, {loose:.3} for ε = 32, {best:.3} if nothing is hidden"
    );
    if strict < loose && loose < best + 0.02 && best > 0.9 {
        Ok(())
    } else {
        Err("less privacy should give more accuracy".into())
    }
}

/// A choice and a count about the samples, each for ε = 1, and what a sum of all would cost.
fn tell(labels: &[u32]) -> Result<(), PrivacyError> {
    let mut counts = [0_i64; 10];
    for &label in labels {
        counts[label as usize] += 1;
    }
    let rng = &mut Key::new(8).rng();
    let class = choose(&counts, 1, 1.0, rng)?;
    let told = discrete_laplace(counts[class], 1, 1.0, rng)?;
    println!("told for ε = 2: about {told} samples of a common digit, {class}");
    let once = gaussian_epsilon(1.0, DELTA)?;
    println!("one sum of all samples with σ = 1: ε = {once:.2}");
    Ok(())
}

/// A network with fresh weights that trains with this noise.
fn train_with(noise: f64, clip: f64) -> Result<PrivateTraining<f32>, Box<dyn Error>> {
    let network = Network::new(64, vec![dense(32), relu(), dense(10)], Output::Softmax)?;
    let private = Private {
        rate: RATE,
        clip,
        noise,
        key: Key::new(2026), // reproducible: for an example. A secret one for anything else.
        shard: 64,
        threads: 1,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let model = network.initialize(Key::new(3))?;
    Ok(PrivateTraining::new(model, sgd(0.5)?, loss, private)?)
}

/// The share of right answers.
fn judge(
    training: &PrivateTraining<f32>,
    x: MatrixRef<'_, f32>,
    labels: &[u32],
) -> Result<f64, Box<dyn Error>> {
    let predictions = training.model().predict(x)?;
    Ok(accuracy(labels, &argmax(view(&predictions))?)?)
}
