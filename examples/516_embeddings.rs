//! Embeddings: what is alike comes to lie together.
//!
//! A network maps an 8 × 8 digit to a point. No class has an output of its own; the loss compares points with each other.
//!
//! With labels, triplets of an anchor a, a digit p of its class and another one n,
//!
//! ```text
//! ℓ = max(0, |a − p| − |a − n| + 1)
//! ```
//!
//! over all triplets of a batch, here into a plane that can be drawn. Without labels, NT-Xent: of each digit two distortions
//! i and j are made, and each has to be found by the other among all of the batch,
//!
//! ```text
//! ℓ = −ln exp(s(i, j) / τ) / Σ exp(s(i, k) / τ),    s the cosine
//! ```
//!
//! so the network learns what shifts, rotations and noise do not change. A training step needs nothing new: the loss writes
//! the gradient by the points, which is what the network's tape asks of a loss, and the chain rule does the rest.
//!
//! Both are judged with 597 other digits: has the nearest of those that were learned from the same class? The picture
//! has seven classes of them.
//!
//! What to try: a temperature of 5, which lets all candidates count nearly alike: less is learned (0.782 right). Distortions of
//! other kinds: what they change is what the network learns not to see. `Distance::SquaredEuclidean`.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::Arena;
use gradus::data::{Augmentation, Augmenter, digits};
use gradus::linalg::nalgebra::DMatrix;
use gradus::losses::{Comparison, NtXent, Triplet, Weights};
use gradus::nn::layers::{Buffers, Mode, dense, relu};
use gradus::nn::{Model, Network, Output};
use gradus::numeric::{MatrixRef, Order, Real, Shape, norm2};
use gradus::optim::{Chain, Gradient, adam};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::{Key, shuffle};
use std::error::Error;

const PIXELS: usize = 64;
const LEARNED: usize = 1200;
const STEPS: u64 = 800;
/// Further colors would repeat.
const COLORS: u32 = 7;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let images = digits()?;
    let (labels, optimizer) = (images.labels(), adam(0.003)?);
    let x: Vec<f32> = images
        .pixels()
        .iter()
        .map(|&p| f32::from(p) / 16.0)
        .collect();
    println!("nearest of 1200 digits         right of 597 others");
    let pixels = DMatrix::from_column_slice(PIXELS, images.len(), &x);
    println!(
        "  64 pixels                    {:.3}",
        right(&pixels, labels)
    );

    let mut plane = network(64, 2)?;
    println!(
        "  plane, by chance             {:.3}",
        right(&points(&plane, &x)?, labels)
    );
    train(&mut plane, &optimizer, |step| {
        let batch = batch(step, 40);
        Ok((
            gathered(&x, &batch),
            triplets(&batch, labels),
            Triplet::default(),
        ))
    })?;
    let by_triplets = right(&points(&plane, &x)?, labels);
    println!("  plane, by triplets           {by_triplets:.3}");

    let loss = NtXent {
        temperature: 0.2,
        ..NtXent::default()
    };
    let mut space = network(128, 8)?;
    println!(
        "  8 numbers, by chance         {:.3}",
        right(&points(&space, &x)?, labels)
    );
    train(&mut space, &optimizer, |step| {
        let batch = batch(step, 128);
        let two = [
            views(&x, &batch, 2 * step)?,
            views(&x, &batch, 2 * step + 1)?,
        ];
        let pairs = (0..batch.len()).map(|k| [k, k + batch.len()]);
        Ok((two.concat(), pairs.collect(), loss))
    })?;
    let mut directions = points(&space, &x)?;
    directions
        .column_iter_mut()
        .for_each(|mut point| point /= norm2(point.as_slice()));
    let by_views = right(&directions, labels);
    println!("  8 numbers, without a label   {by_views:.3}");
    draw(&points(&plane, &x)?, labels)?;

    if by_triplets > 0.84 && by_views > 0.87 {
        println!(
            "result: a plane tells {by_triplets:.3}, and what was learned without a label {by_views:.3}"
        );
        return Ok(());
    }
    Err("what is alike should lie together".into())
}

/// Pixels to hidden units to a point.
fn network(hidden: usize, numbers: usize) -> Outcome<Model<f32>> {
    let layers = vec![dense(hidden), relu(), dense(numbers)];
    Ok(Network::new(PIXELS, layers, Output::Identity)?.initialize(Key::new(3))?)
}

/// Steps of Adam; `ask` gives images, what of them is compared, and the loss.
fn train<C: Comparison<f32>>(
    model: &mut Model<f32>,
    optimizer: &Chain<f32>,
    ask: impl Fn(u64) -> Outcome<(Vec<f32>, Vec<C::Tuple>, C)>,
) -> Outcome<()> {
    let mut theta = model.theta().to_vec();
    let mut state = optimizer.init(model.network().layout(), &theta)?;
    let (mut gradient, mut arena) = (vec![0.0; theta.len()], Arena::new());
    for step in 0..STEPS {
        let (x, tuples, loss) = ask(step)?;
        let shape = Shape::new(PIXELS, x.len() / PIXELS);
        arena.value_and_gradient(&theta, &mut gradient, |tape| {
            let x = tape.constant(shape, Order::Columns, |memory| memory.copy_from_slice(&x));
            let points = model
                .network()
                .logits(tape, x, Mode::Evaluation, Buffers::default());
            // dense layers take any number of samples
            points.unwrap_or(x).loss(|points, slopes| {
                let count = tuples.len() as f64;
                let mean = loss.value_and_gradient(points, &tuples, Weights::Equal, count, slopes);
                mean.map(f32::from_f64)
            })
        })?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
    }
    Ok(model.set_theta(theta)?)
}

/// Some of the digits that are learned from.
fn batch(step: u64, size: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..LEARNED).collect();
    shuffle(&mut order, &mut Key::new(7).round(step).rng());
    order.truncate(size);
    order
}

/// All triplets of places in the batch: two of a class, and one that is not.
fn triplets(batch: &[usize], labels: &[u32]) -> Vec<[usize; 3]> {
    let (n, alike) = (batch.len(), |i: usize, j: usize| {
        labels[batch[i]] == labels[batch[j]]
    });
    let all = (0..n * n * n).map(|t| [t / n / n, t / n % n, t % n]);
    all.filter(|&[a, p, other]| a != p && alike(a, p) && !alike(a, other))
        .collect()
}

/// One distortion of each image of the batch.
fn views(x: &[f32], batch: &[usize], round: u64) -> Outcome<Vec<f32>> {
    let settings = Augmentation {
        shift: 1.0,
        rotation: 0.25,
        noise: 0.1,
        ..Augmentation::default()
    };
    let augmenter = Augmenter::new(settings, Shape::new(8, 8))?;
    let mut all = gathered(x, batch);
    for (image, &j) in all.chunks_exact_mut(PIXELS).zip(batch) {
        augmenter.apply(image, Key::new(9).round(round).index(j as u64))?;
    }
    Ok(all)
}

fn gathered(x: &[f32], batch: &[usize]) -> Vec<f32> {
    let each = |&j: &usize| x[j * PIXELS..(j + 1) * PIXELS].to_vec();
    batch.iter().flat_map(each).collect()
}

/// The points of all digits.
fn points(model: &Model<f32>, x: &[f32]) -> Outcome<DMatrix<f32>> {
    let shape = Shape::new(PIXELS, x.len() / PIXELS);
    Ok(model.predict(MatrixRef::new(x, shape, Order::Columns)?)?)
}

/// How many of the other digits have the class of the nearest one, by the angle between them or by their distance.
fn right(points: &DMatrix<f32>, labels: &[u32]) -> f64 {
    let others = LEARNED..labels.len();
    let far = |i: usize, j: usize| -> f32 {
        let difference = points.column(i) - points.column(j);
        difference.iter().map(|e| e * e).sum()
    };
    let nearest = |i: usize| (0..LEARNED).min_by(|&a, &b| far(i, a).total_cmp(&far(i, b)));
    let found = others
        .clone()
        .filter(|&i| nearest(i).is_some_and(|j| labels[j] == labels[i]));
    found.count() as f64 / others.len() as f64
}

fn draw(points: &DMatrix<f32>, labels: &[u32]) -> Outcome<()> {
    let at = |j: usize| (f64::from(points[(0, j)]), f64::from(points[(1, j)]));
    let of = |class: u32| {
        (LEARNED..labels.len())
            .filter(move |&j| labels[j] == class)
            .map(at)
    };
    let clouds: Vec<(String, Vec<(f64, f64)>)> = (0..COLORS)
        .map(|class| (class.to_string(), of(class).collect()))
        .collect();
    let clouds: Vec<PlaneCurve<'_>> = clouds
        .iter()
        .map(|(name, points)| PlaneCurve::points(name, points))
        .collect();
    let figure = Figure::new("0 to 6, not learned from", "first number", "second number");
    let path = save("out/516_embeddings.svg", &plane_curves(&figure, &clouds)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
