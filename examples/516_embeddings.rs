//! Embeddings: what is alike comes to lie together.
//!
//! A network maps an 8 × 8 digit to a point of the plane. No class has an output of its own; the loss compares points with
//! each other: an anchor a, a digit p of its class, and another one n,
//!
//! ```text
//! ℓ = max(0, |a − p| − |a − n| + 1)
//! ```
//!
//! over all triplets of a batch. The gradient pulls a and p together and pushes n away, each by a vector of length 1, until
//! n is farther from a than p by 1. A training step needs nothing new: the loss writes the gradient by the points,
//! which is what the network's tape asks of a loss, and the chain rule does the rest.
//!
//! A new class needs no new training, one example of it is enough: the answer is the class of the nearest point.
//! The map is judged in this way with 597 other digits. The picture has seven classes of them.
//!
//! What to try: eight numbers instead of two. Learn from the digits 0 to 4 alone, and judge by 5 to 9.
//! `Distance::SquaredEuclidean`. `517_contrastive` needs no labels.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::Arena;
use gradus::data::digits;
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::view;
use gradus::losses::{Comparison, Triplet, Weights};
use gradus::models::{Fit, NearestNeighbors, Predict};
use gradus::nn::layers::{Buffers, Mode, dense, relu};
use gradus::nn::{Model, Network, Output};
use gradus::numeric::{Order, Real, Shape};
use gradus::optim::{Gradient, adam};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::{Key, shuffle};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PIXELS: usize = 64;
const LEARNED: usize = 1200;
const STEPS: u64 = 800;
const BATCH: usize = 40;
/// Further colors would repeat.
const COLORS: u32 = 7;

fn main() -> Outcome<()> {
    let images = digits()?;
    let (labels, pixels) = (images.labels(), images.pixels().iter());
    let x: Vec<f32> = pixels.map(|&p| f32::from(p) / 16.0).collect();
    let x = DMatrix::from_vec(PIXELS, images.len(), x);
    let layers = vec![dense(64), relu(), dense(2)];
    let mut model = Network::new(PIXELS, layers, Output::Identity)?.initialize(Key::new(3))?;
    println!("nearest of {LEARNED} digits         right of 597 others");
    println!("  64 pixels                    {:.3}", right(&x, labels)?);
    println!(
        "  plane, by chance             {:.3}",
        right(&model.predict(view(&x))?, labels)?
    );
    train(&mut model, &x, labels)?;
    let points = model.predict(view(&x))?;
    let found = right(&points, labels)?;
    println!("  plane, by triplets           {found:.3}");
    draw(&points, labels)?;

    if found > 0.84 {
        println!("result: two numbers a digit tell {found:.3} of those that were not learned from");
        return Ok(());
    }
    Err(format!("what is alike should lie together: {found} right").into())
}

/// Steps of Adam, each on all triplets of some digits.
fn train(model: &mut Model<f32>, x: &DMatrix<f32>, labels: &[u32]) -> Outcome<()> {
    let (mut theta, optimizer, mut arena) = (model.theta().to_vec(), adam(0.003)?, Arena::new());
    let mut state = optimizer.init(model.network().layout(), &theta)?;
    let mut gradient = vec![0.0; theta.len()];
    let mut order: Vec<usize> = (0..LEARNED).collect();
    for step in 0..STEPS {
        order.sort_unstable();
        shuffle(&mut order, &mut Key::new(7).round(step).rng());
        let batch = &order[..BATCH];
        let (some, triplets) = (x.select_columns(batch), triplets(batch, labels));
        arena.value_and_gradient(&theta, &mut gradient, |tape| {
            let shape = Shape::new(PIXELS, BATCH);
            let x = tape.constant(shape, Order::Columns, |to| {
                to.copy_from_slice(some.as_slice());
            });
            let (network, buffers) = (model.network(), Buffers::default());
            let points = network.logits(tape, x, Mode::Evaluation, buffers);
            // dense layers take any number of samples
            points.unwrap_or(x).loss(|points, slopes| {
                let (loss, count) = (Triplet::default(), triplets.len() as f64);
                let mean =
                    loss.value_and_gradient(points, &triplets, Weights::Equal, count, slopes);
                mean.map(f32::from_f64)
            })
        })?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
    }
    Ok(model.set_theta(theta)?)
}

/// All triplets of places in the batch: two of a class, and one that is not.
fn triplets(batch: &[usize], labels: &[u32]) -> Vec<[usize; 3]> {
    let alike = |i: usize, j: usize| labels[batch[i]] == labels[batch[j]];
    let all = (0..BATCH.pow(3)).map(|t| [t / BATCH / BATCH, t / BATCH % BATCH, t % BATCH]);
    all.filter(|&[a, p, n]| a != p && alike(a, p) && !alike(a, n))
        .collect()
}

/// How many of the other digits have the class of the nearest one.
fn right(points: &DMatrix<f32>, labels: &[u32]) -> Outcome<f64> {
    let points = points.map(f64::from);
    let (seen, unseen) = points.columns_range_pair(..LEARNED, LEARNED..);
    let (seen, unseen) = (seen.into_owned(), unseen.into_owned());
    let nearest = NearestNeighbors {
        neighbors: 1,
        ..NearestNeighbors::default()
    };
    let model = nearest.fit(view(&seen), &labels[..LEARNED])?;
    Ok(model.score(view(&unseen), &labels[LEARNED..])?)
}

fn draw(points: &DMatrix<f32>, labels: &[u32]) -> Outcome<()> {
    let mut clouds = (0..COLORS)
        .map(|class| (class.to_string(), Vec::new()))
        .collect::<Vec<_>>();
    for (point, &label) in points.column_iter().zip(labels).skip(LEARNED) {
        if let Some((_, cloud)) = clouds.get_mut(label as usize) {
            cloud.push((f64::from(point[0]), f64::from(point[1])));
        }
    }
    let clouds = clouds
        .iter()
        .map(|(name, points)| PlaneCurve::points(name, points));
    let figure = Figure::new("0 to 6, not learned from", "first number", "second number");
    let svg = plane_curves(&figure, &clouds.collect::<Vec<_>>())?;
    let path = save("out/516_embeddings.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
