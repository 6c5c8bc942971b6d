//! Logistic regression: two species of iris by the size of their petals.
//!
//! A linear score z of the features x is the log-odds of the second species; the sigmoid makes it a
//! probability, and the loss is the negative log-likelihood of the labels y:
//!
//! ```text
//! z = w·x + b,    p = σ(z) = 1 / (1 + e⁻ᶻ)
//! L(w, b) = −(1/m) Σ yᵢ ln pᵢ + (1 − yᵢ) ln (1 − pᵢ)
//!         =  (1/m) Σ softplus(zᵢ) − yᵢ zᵢ
//! ```
//!
//! The second form is the one to compute: it has no logarithm of zero. The slope σ′ = σ (1 − σ) cancels
//! against the logarithm, and what remains is as simple as in linear regression:
//!
//! ```text
//! ∂L/∂w = (1/m) Σ (pᵢ − yᵢ) xᵢ,    ∂L/∂b = (1/m) Σ (pᵢ − yᵢ)
//! ```
//!
//! L is convex, so descent finds the one minimum, from any start. The features are standardized with mean
//! and deviation of the training set: directions of equal width make descent fast. The line p = ½, where
//! z = 0, is the boundary; the number that counts is the accuracy on flowers that were not trained on.
//!
//! What to try: other pairs of features. The species setosa and versicolor, which a line separates: the
//! loss then has no minimum, the weights grow for ever, and `gradus::losses::L2` stops them.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::gradient;
use gradus::data::iris;
use gradus::evaluation::{ConfusionMatrix, Fractions, stratified_split};
use gradus::numeric::norm2;
use gradus::numeric::{MatrixRef, Order, Real, Shape, sigmoid, softplus};
use gradus::plot::{Figure, decision_boundary, save};
use gradus::random::Key;
use std::error::Error;

/// Petal length and petal width.
const FEATURES: [usize; 2] = [2, 3];

fn main() -> Result<(), Box<dyn Error>> {
    let flowers = flowers()?;
    let labels: Vec<u32> = flowers.iter().map(|flower| flower.label).collect();
    let fractions = Fractions {
        validation: 0.0,
        test: 0.3,
    };
    let parts = stratified_split(&labels, fractions, &mut Key::new(0).rng())?;
    let [train, test] = [&parts.train, &parts.test]
        .map(|part| -> Vec<Flower> { part.iter().map(|&i| flowers[i as usize]).collect() });
    let scale = Scale::of(&train);
    println!(
        "{} flowers to learn from, {} to judge by",
        train.len(),
        test.len()
    );

    let mut theta = [0.0; 3];
    check_gradient(&scale, &train, [0.3, -0.2, 0.1])?;
    println!("    step        w₁        w₂         b      loss     ‖∇L‖");
    for step in 0..=20_000 {
        let slope = slope(&scale, &train, theta);
        if [0, 1, 10, 100, 1000, 10_000, 20_000].contains(&step) {
            let [w1, w2, b] = theta;
            let (loss, norm) = (loss(&scale, &train, &theta), norm2(&slope));
            println!("  {step:6}  {w1:8.4}  {w2:8.4}  {b:8.4}  {loss:8.5}  {norm:7.1e}");
        }
        theta = std::array::from_fn(|k| theta[k] - 1.0 * slope[k]);
    }

    let [seen, unseen] = [&train, &test].map(|part| confusion(&scale, part, theta));
    let (seen, unseen) = (seen?, unseen?);
    println!("confusion on the test set (rows: truth)");
    unseen.rows().for_each(|row| println!("  {row:?}"));
    println!(
        "accuracy: training {:.3}, test {:.3}",
        seen.accuracy(),
        unseen.accuracy()
    );
    println!("F1 of virginica: {:.3}", unseen.f1(1)?);
    draw(&scale, &flowers, theta)?;

    if norm2(&slope(&scale, &train, theta)) < 1e-6 && unseen.accuracy() >= 0.9 {
        println!("result: test accuracy {:.3}", unseen.accuracy());
        Ok(())
    } else {
        Err(format!(
            "no minimum, or test accuracy {} below 0.9",
            unseen.accuracy()
        )
        .into())
    }
}

/// Two measures and the species: 0 versicolor, 1 virginica.
#[derive(Clone, Copy)]
struct Flower {
    x: [f64; 2],
    label: u32,
}

/// The hundred flowers of the two species that are hard to tell apart.
fn flowers() -> Result<Vec<Flower>, Box<dyn Error>> {
    let table = iris()?;
    let samples = table
        .labels()
        .iter()
        .enumerate()
        .filter(|&(_, &label)| label > 0);
    samples
        .map(|(j, label)| {
            let sample = table.sample(j).ok_or("a label without a sample")?;
            Ok(Flower {
                x: FEATURES.map(|k| sample[k]),
                label: label - 1,
            })
        })
        .collect()
}

/// Mean and standard deviation of each feature in the training set.
struct Scale {
    mean: [f64; 2],
    deviation: [f64; 2],
}

impl Scale {
    fn of(flowers: &[Flower]) -> Self {
        let average =
            |f: &dyn Fn(&Flower) -> f64| flowers.iter().map(f).sum::<f64>() / flowers.len() as f64;
        let mean = [0, 1].map(|k| average(&|flower| flower.x[k]));
        let deviation = [0, 1].map(|k| average(&|flower| (flower.x[k] - mean[k]).powi(2)).sqrt());
        Self { mean, deviation }
    }

    /// The features in standard units, and a 1 that carries the intercept.
    fn standard(&self, x: [f64; 2]) -> [f64; 3] {
        let [x1, x2] = [0, 1].map(|k| (x[k] - self.mean[k]) / self.deviation[k]);
        [x1, x2, 1.0]
    }
}

/// z = θ·(x₁, x₂, 1)
fn score<R: Real>(theta: &[R], x: [f64; 3]) -> R {
    theta.iter().zip(x).map(|(&t, x)| t * R::from_f64(x)).sum()
}

/// L = (1/m) Σ softplus(zᵢ) − yᵢ zᵢ
fn loss<R: Real>(scale: &Scale, flowers: &[Flower], theta: &[R]) -> R {
    let one = |flower: &Flower| {
        let z = score(theta, scale.standard(flower.x));
        softplus(z) - R::from_f64(flower.label.into()) * z
    };
    flowers.iter().map(one).sum::<R>() / R::from_f64(flowers.len() as f64)
}

/// ∂L/∂θ = (1/m) Σ (pᵢ − yᵢ) (xᵢ, 1)
fn slope(scale: &Scale, flowers: &[Flower], theta: [f64; 3]) -> [f64; 3] {
    let mut slope = [0.0; 3];
    for flower in flowers {
        let x = scale.standard(flower.x);
        let error = sigmoid(score(&theta, x)) - f64::from(flower.label);
        slope = std::array::from_fn(|k| slope[k] + error * x[k] / flowers.len() as f64);
    }
    slope
}

/// The equation for the gradient against automatic differentiation of the loss.
fn check_gradient(scale: &Scale, train: &[Flower], theta: [f64; 3]) -> Result<(), Box<dyn Error>> {
    let by_hand = slope(scale, train, theta);
    let by_machine = gradient(|theta| loss(scale, train, theta), &theta)?;
    let gap: Vec<f64> = by_hand
        .iter()
        .zip(&by_machine)
        .map(|(a, b)| a - b)
        .collect();
    println!(
        "the gradient differs from gradus::autodiff by {:.1e}",
        norm2(&gap)
    );
    if norm2(&gap) < 1e-14 {
        Ok(())
    } else {
        Err(format!("gradient {by_hand:?}, by automatic differentiation {by_machine:?}").into())
    }
}

/// Which species is taken for which.
fn confusion(
    scale: &Scale,
    flowers: &[Flower],
    theta: [f64; 3],
) -> Result<ConfusionMatrix, Box<dyn Error>> {
    let truth: Vec<u32> = flowers.iter().map(|flower| flower.label).collect();
    let named: Vec<u32> = flowers
        .iter()
        .map(|flower| class(scale, theta, flower.x))
        .collect();
    Ok(ConfusionMatrix::new(&truth, &named, 2)?)
}

/// 1 where p > ½, that is z > 0.
fn class(scale: &Scale, theta: [f64; 3], x: [f64; 2]) -> u32 {
    u32::from(score(&theta, scale.standard(x)) > 0.0)
}

/// The boundary and all flowers, in `out/`.
fn draw(scale: &Scale, flowers: &[Flower], theta: [f64; 3]) -> Result<(), Box<dyn Error>> {
    let points: Vec<f64> = flowers.iter().flat_map(|flower| flower.x).collect();
    let labels: Vec<u32> = flowers.iter().map(|flower| flower.label).collect();
    let points = MatrixRef::new(&points, Shape::new(2, labels.len()), Order::Columns)?;
    let figure = Figure::new(
        "Versicolor and virginica",
        "petal length, cm",
        "petal width, cm",
    );
    let svg = decision_boundary(
        &figure,
        |x, y| class(scale, theta, [x, y]),
        points,
        &labels,
        &["versicolor", "virginica"],
    )?;
    println!(
        "picture: {}",
        save("out/640_logistic_regression.svg", &svg)?.display()
    );
    Ok(())
}
