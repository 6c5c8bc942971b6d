//! How long linear and logistic regression take, on a hundred thousand samples of fifty features.
//!
//! Run `cargo run --release -p gradus-models --example time_models`; the shortest of five times counts.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::nn::random::{Key, normal, uniform};
use gradus_models::{Fit, LinearRegression, LogisticRegression, ModelError, Ridge};
use std::time::Instant;

const SAMPLES: usize = 100_000;
const FEATURES: usize = 50;

fn main() -> Result<(), ModelError> {
    let mut rng = Key::new(1).rng();
    let x = DMatrix::from_fn(FEATURES, SAMPLES, |_, _| normal(&mut rng));
    let truth: Vec<f64> = (0..FEATURES).map(|_| 0.3 * normal(&mut rng)).collect();
    let score = |j: usize| {
        x.column(j)
            .iter()
            .zip(&truth)
            .map(|(x, w)| x * w)
            .sum::<f64>()
    };
    let y: Vec<f64> = (0..SAMPLES).map(|j| score(j) + normal(&mut rng)).collect();
    let labels: Vec<u32> = (0..SAMPLES)
        .map(|j| u32::from(uniform(&mut rng) < 1.0 / (1.0 + (-score(j)).exp())))
        .collect();
    shortest("linear regression", || {
        LinearRegression::default().fit(view(&x), &y)
    })?;
    shortest("ridge regression", || Ridge::default().fit(view(&x), &y))?;
    shortest("logistic regression", || {
        LogisticRegression::default().fit(view(&x), &labels)
    })
}

fn shortest<T>(name: &str, run: impl Fn() -> Result<T, ModelError>) -> Result<(), ModelError> {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name:20} {best:.3} s");
    Ok(())
}
