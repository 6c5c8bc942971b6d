//! Contrastive learning: what an image is like, learned without a label.
//!
//! Of each digit two distortions i and j are made, by shifts, rotations and noise. Each has to be found by the other among
//! all of the batch (NT-Xent): with s the cosine of two points, and the temperature τ,
//!
//! ```text
//! ℓ = −ln exp(s(i, j) / τ) / Σ exp(s(i, k) / τ)    over all k but i
//! ```
//!
//! This is the cross-entropy of a classifier whose classes are the images themselves. So the network learns what the
//! distortions do not change, which is what tells one digit from another. Directions count, not lengths: the points lie on
//! a sphere, here of eight dimensions.
//!
//! The directions are judged with labels, which were not learned from: has the nearest of 1200 digits the class of the
//! 597 others?
//!
//! What to try: a temperature of 5, which lets all candidates count nearly alike: less is learned. Distortions of
//! other kinds: what they change is what the network learns not to see. No distortion at all.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::Arena;
use gradus::data::{Augmentation, Augmenter, digits};
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::view;
use gradus::losses::{Comparison, NtXent, Weights};
use gradus::models::{Fit, NearestNeighbors, Predict};
use gradus::nn::layers::{Buffers, Mode, dense, relu};
use gradus::nn::{Model, Network, Output};
use gradus::numeric::{Order, Real, Shape, norm2};
use gradus::optim::{Gradient, adam};
use gradus::random::{Key, shuffle};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PIXELS: usize = 64;
const LEARNED: usize = 1200;
const STEPS: u64 = 800;
const BATCH: usize = 128;
const TEMPERATURE: f64 = 0.2;

fn main() -> Outcome<()> {
    let images = digits()?;
    let (labels, pixels) = (images.labels(), images.pixels().iter());
    let x: Vec<f32> = pixels.map(|&p| f32::from(p) / 16.0).collect();
    let x = DMatrix::from_vec(PIXELS, images.len(), x);
    let layers = vec![dense(128), relu(), dense(8)];
    let mut model = Network::new(PIXELS, layers, Output::Identity)?.initialize(Key::new(3))?;
    println!("nearest of {LEARNED} digits         right of 597 others");
    println!("  64 pixels                    {:.3}", right(&x, labels)?);
    println!(
        "  8 numbers, by chance         {:.3}",
        right(&model.predict(view(&x))?, labels)?
    );
    train(&mut model, &x)?;
    let mut directions = model.predict(view(&x))?;
    let columns = directions.column_iter_mut();
    columns.for_each(|mut point| point /= norm2(point.as_slice()));
    let found = right(&directions, labels)?;
    println!("  8 numbers, without a label   {found:.3}");

    if found > 0.87 {
        println!("result: what was learned without a label tells {found:.3} of other digits");
        return Ok(());
    }
    Err(format!("distortions should teach what is alike: {found} right").into())
}

/// Steps of Adam, each on two distortions of some digits.
fn train(model: &mut Model<f32>, x: &DMatrix<f32>) -> Outcome<()> {
    let (mut theta, optimizer, mut arena) = (model.theta().to_vec(), adam(0.003)?, Arena::new());
    let mut state = optimizer.init(model.network().layout(), &theta)?;
    let mut gradient = vec![0.0; theta.len()];
    let pairs: Vec<[usize; 2]> = (0..BATCH).map(|k| [k, k + BATCH]).collect();
    let loss = NtXent {
        temperature: TEMPERATURE,
        ..NtXent::default()
    };
    for step in 0..STEPS {
        let mut batch: Vec<usize> = (0..LEARNED).collect();
        shuffle(&mut batch, &mut Key::new(7).round(step).rng());
        batch.truncate(BATCH);
        let two = [views(x, &batch, 2 * step)?, views(x, &batch, 2 * step + 1)?].concat();
        arena.value_and_gradient(&theta, &mut gradient, |tape| {
            let shape = Shape::new(PIXELS, 2 * BATCH);
            let x = tape.constant(shape, Order::Columns, |to| to.copy_from_slice(&two));
            let (network, buffers) = (model.network(), Buffers::default());
            let points = network.logits(tape, x, Mode::Evaluation, buffers);
            // dense layers take any number of samples
            points.unwrap_or(x).loss(|points, slopes| {
                let count = pairs.len() as f64;
                let mean = loss.value_and_gradient(points, &pairs, Weights::Equal, count, slopes);
                mean.map(f32::from_f64)
            })
        })?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
    }
    Ok(model.set_theta(theta)?)
}

/// One distortion of each image of the batch, one after the other.
fn views(x: &DMatrix<f32>, batch: &[usize], round: u64) -> Outcome<Vec<f32>> {
    let settings = Augmentation {
        shift: 1.0,
        rotation: 0.25,
        noise: 0.1,
        ..Augmentation::default()
    };
    let augmenter = Augmenter::new(settings, Shape::new(8, 8))?;
    let mut all = x.select_columns(batch);
    for (mut image, &j) in all.column_iter_mut().zip(batch) {
        augmenter.apply(
            image.as_mut_slice(),
            Key::new(9).round(round).index(j as u64),
        )?;
    }
    Ok(all.as_slice().to_vec())
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
