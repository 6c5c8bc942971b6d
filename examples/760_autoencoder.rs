//! An autoencoder: sixty-four pixels through two numbers.
//!
//! A network learns to give back what it gets,
//!
//! ```text
//! x → 32 → 2 → 32 → x̂,    L(θ) = mean ‖x̂ − x‖²
//! ```
//!
//! and has only two numbers in the middle to do it. So it must find two numbers that tell much about a digit: a plane on
//! which like digits lie together, although no label was ever seen. With linear layers it would be the plane of the
//! first two principal components (160); the bends of tanh let it do better.
//!
//! The picture shows the plane, colored by the labels; the second one some digits above what was made of them.
//!
//! What to try: more epochs; eight numbers in the middle (and only the second picture); noise added to what goes in
//! and not to what should come out.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{Pca, frobenius_norm};
use gradus::losses::{SquaredError, Target};
use gradus::nn::layers::{Layer, dense, tanh};
use gradus::nn::{Dataset, Features, Model, Network, Output, Settings, Training, view};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::adam;
use gradus::plot::{ColorMap, Contrast, Figure, Image, PlaneCurve, image_grid, plane_curves, save};
use gradus::random::Key;
use std::error::Error;

const EPOCHS: u64 = 150;
/// The digits on the plane.
const CLASSES: [u32; 5] = [0, 1, 4, 6, 7];

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let x = DMatrix::from_iterator(
        64,
        all.len(),
        all.pixels().iter().map(|&p| f64::from(p) / 16.0),
    );
    let data = Dataset::new(Features::Numbers(view(&x)), Target::Values(view(&x)))?;
    let network = Network::new(64, layers(), Output::Identity)?;
    let settings = Settings {
        batch: 64,
        ..Settings::default()
    };
    let model = network.initialize(Key::new(1))?;
    let mut training = Training::new(model, adam(3e-3)?, Box::new(SquaredError), settings)?;
    training.fit(EPOCHS, &data, &mut [])?;
    let model = training.into_model();

    let back = model.predict(view(&x))?;
    let error = frobenius_norm(&(&back - &x)).powi(2) / all.len() as f64;
    let pca = Pca::fit(&x, 0)?.truncated(2);
    let plane = pca.inverse_transform(&pca.transform(&x)?)?;
    let linear = frobenius_norm(&(plane - &x)).powi(2) / all.len() as f64;
    println!(
        "mean squared distance of what comes back: {error:.2}, by principal components {linear:.2}"
    );

    let codes = encoder(&model)?.predict(view(&x))?;
    draw_plane(&codes, all.labels())?;
    draw_digits(&x, &back)?;
    if error < linear {
        println!(
            "result: two numbers of the network lose {:.0} % less than two principal components",
            100.0 * (1.0 - error / linear)
        );
        Ok(())
    } else {
        Err(format!("an autoencoder should beat principal components: {error} and {linear}").into())
    }
}

fn layers() -> Vec<Box<dyn Layer<f64>>> {
    vec![dense(32), tanh(), dense(2), dense(32), tanh(), dense(64)]
}

/// The first half of the network, with its parameters.
fn encoder(model: &Model<f64>) -> Result<Model<f64>, Box<dyn Error>> {
    let layers = layers().into_iter().take(3).collect();
    let mut half = Network::new(64, layers, Output::Identity)?.initialize(Key::new(0))?;
    let theta = &model.theta()[..half.theta().len()]; // the same layers begin with the same windows
    half.set_theta(theta.to_vec())?;
    Ok(half)
}

fn draw_plane(codes: &DMatrix<f64>, labels: &[u32]) -> Result<(), Box<dyn Error>> {
    let points = CLASSES.map(|class| {
        let own = codes
            .column_iter()
            .zip(labels)
            .filter(|&(_, &label)| label == class);
        own.map(|(code, _)| (code[0], code[1])).collect::<Vec<_>>()
    });
    let names = CLASSES.map(|class| class.to_string());
    let curves: Vec<_> = names
        .iter()
        .zip(&points)
        .map(|(name, p)| PlaneCurve::points(name, p))
        .collect();
    let figure = Figure::new("Digits as two numbers", "first", "second").sized(700, 600);
    let svg = plane_curves(&figure, &curves)?;
    println!(
        "picture: {}",
        save("out/760_autoencoder.svg", &svg)?.display()
    );
    Ok(())
}

/// Ten digits, and below what came back.
fn draw_digits(x: &DMatrix<f64>, back: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let mut images = Vec::new();
    for (matrix, caption) in [(x, ""), (back, "came back")] {
        for j in 0..10 {
            let pixels = &matrix.as_slice()[64 * j..64 * (j + 1)];
            let pixels = MatrixRef::new(pixels, Shape::new(8, 8), Order::Rows)?;
            images.push(Image { pixels, caption });
        }
    }
    let figure = Figure::new("Digits and what came back", "", "");
    let svg = image_grid(&figure, &images, 10, ColorMap::Gray, Contrast::PerImage)?;
    println!(
        "picture: {}",
        save("out/760_autoencoder_digits.svg", &svg)?.display()
    );
    Ok(())
}
