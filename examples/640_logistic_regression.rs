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
use gradus::data::{LabelledTable, Scaler, iris};
use gradus::evaluation::{ConfusionMatrix, Fractions, stratified_split};
use gradus::numeric::{MatrixRef, Order, Real, Shape, norm2, sigmoid, softplus};
use gradus::plot::{Figure, decision_boundary, save};
use gradus::random::Key;
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Length and width of a petal and a 1 that carries the intercept; 0 for versicolor, 1 for virginica.
type Flower = ([f64; 3], u32);

fn main() -> Outcome<()> {
    let table = iris()?;
    let labels = (0..).zip(table.labels());
    let two: Vec<u32> = labels.filter(|(_, y)| **y > 0).map(|(j, _)| j).collect();
    let all = table.select(&two)?; // the two species that are hard to tell apart
    let (fractions, rng) = (Fractions::test_only(0.3), &mut Key::new(0).rng());
    let parts = stratified_split(all.labels(), fractions, rng)?;
    let scaler = Scaler::standard(all.select(&parts.train)?.samples())?;
    let part = |part: &[u32]| Outcome::Ok(flowers(&all.select(part)?.scaled(&scaler)?));
    let (train, test) = (part(&parts.train)?, part(&parts.test)?);
    let (learn, judge) = (train.len(), test.len());
    println!("{learn} flowers to learn from, {judge} to judge by");

    let mut theta = [0.3, -0.2, 0.1];
    let by_machine = gradient(|theta| loss(&train, theta), &theta)?;
    let by_hand = slope(&train, theta);
    let gap = norm2(&[0, 1, 2].map(|k| by_hand[k] - by_machine[k]));
    println!("the gradient differs from gradus::autodiff by {gap:.1e}");
    theta = [0.0; 3];
    println!("    step        w₁        w₂         b      loss     ‖∇L‖");
    for step in 0..=20_000 {
        let slope = slope(&train, theta);
        if [0, 1, 10, 100, 1000, 10_000, 20_000].contains(&step) {
            let ([w1, w2, b], loss, norm) = (theta, loss(&train, &theta), norm2(&slope));
            println!("  {step:6}  {w1:8.4}  {w2:8.4}  {b:8.4}  {loss:8.5}  {norm:7.1e}");
        }
        theta = [0, 1, 2].map(|k| theta[k] - 1.0 * slope[k]);
    }

    let (seen, unseen) = (confusion(&train, theta)?, confusion(&test, theta)?);
    println!("confusion on the test set (rows: truth)");
    unseen.rows().for_each(|row| println!("  {row:?}"));
    let (on_train, on_test, f1) = (seen.accuracy(), unseen.accuracy(), unseen.f1(1)?);
    println!("accuracy: training {on_train:.3}, test {on_test:.3}");
    println!("F1 of virginica: {f1:.3}");
    draw(&all, &scaler, theta)?;

    if gap < 1e-14 && norm2(&slope(&train, theta)) < 1e-6 && on_test >= 0.9 {
        println!("result: test accuracy {on_test:.3}");
        Ok(())
    } else {
        Err(format!("gradient off by {gap}, no minimum, or accuracy {on_test}").into())
    }
}

fn flowers(table: &LabelledTable) -> Vec<Flower> {
    let flower = |(x, y): (&[f64], &u32)| ([x[2], x[3], 1.0], y - 1);
    let samples = table.values().chunks_exact(4).zip(table.labels());
    samples.map(flower).collect()
}

/// z = θ·(x₁, x₂, 1)
fn score<R: Real>(theta: &[R], x: [f64; 3]) -> R {
    theta.iter().zip(x).map(|(&t, x)| t * R::from_f64(x)).sum()
}

/// L = (1/m) Σ softplus(zᵢ) − yᵢ zᵢ
fn loss<R: Real>(flowers: &[Flower], theta: &[R]) -> R {
    let one = |&(x, y): &Flower| {
        let z = score(theta, x);
        softplus(z) - R::from_f64(y.into()) * z
    };
    flowers.iter().map(one).sum::<R>() / R::from_f64(flowers.len() as f64)
}

/// ∂L/∂θ = (1/m) Σ (pᵢ − yᵢ) (xᵢ, 1)
fn slope(flowers: &[Flower], theta: [f64; 3]) -> [f64; 3] {
    let mut slope = [0.0; 3];
    for &(x, y) in flowers {
        let error = sigmoid(score(&theta, x)) - f64::from(y);
        slope = [0, 1, 2].map(|k| slope[k] + error * x[k] / flowers.len() as f64);
    }
    slope
}

/// 1 where p > ½, that is z > 0.
fn class(theta: [f64; 3], x: [f64; 3]) -> u32 {
    u32::from(score(&theta, x) > 0.0)
}

/// Which species is taken for which.
fn confusion(flowers: &[Flower], theta: [f64; 3]) -> Outcome<ConfusionMatrix> {
    let pairs = flowers.iter().map(|&(x, y)| (y, class(theta, x)));
    let (truth, named): (Vec<u32>, Vec<u32>) = pairs.unzip();
    Ok(ConfusionMatrix::new(&truth, &named, 2)?)
}

/// The boundary and all flowers, in `out/`.
fn draw(all: &LabelledTable, scaler: &Scaler, theta: [f64; 3]) -> Outcome<()> {
    let (shift, scale, flowers) = (scaler.shift(), scaler.scale(), flowers(all));
    let standard = |x: f64, y: f64| [(x - shift[2]) / scale[2], (y - shift[3]) / scale[3], 1.0];
    let petals: Vec<f64> = flowers.iter().flat_map(|(x, _)| [x[0], x[1]]).collect();
    let labels: Vec<u32> = flowers.iter().map(|(_, label)| *label).collect();
    let points = MatrixRef::new(&petals, Shape::new(2, labels.len()), Order::Columns)?;
    let (names, x, y) = (
        ["versicolor", "virginica"],
        "petal length, cm",
        "petal width, cm",
    );
    let figure = Figure::new("Versicolor and virginica", x, y);
    let side = |x, y| class(theta, standard(x, y));
    let svg = decision_boundary(&figure, side, points, &labels, &names)?;
    let path = save("out/640_logistic_regression.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
