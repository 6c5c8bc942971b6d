//! Regularizers side by side: each finds the structure that it believes in.
//!
//! How well do a customer u and a product v fit, y = uᵀ θ v + noise? Sixty answers, and ten features of either: the 100 weights θ
//! cannot be known from 60 numbers. What is added to the error decides which of the many solutions is taken:
//!
//! ```text
//! (1 / 2n) Σ (uᵢᵀ θ vᵢ − yᵢ)² + R(θ)
//!
//! ridge          λ/2 Σ θ²         all weights are small
//! lasso          λ Σ |θ|          most weights are 0
//! group lasso    λ Σ √10 |row|    most features of u are without use
//! nuclear norm   λ Σ σ            a few tastes of u meet a few qualities of v
//! ```
//!
//! Four truths, one for each belief. Each problem is solved by FISTA: a step down the gradient of the error, then the proximal map
//! of the regularizer, `shrink`, which makes weights, rows or singular values exactly 0. λ is the one that
//! predicts 60 further answers best.
//!
//! The table has |θ̂ − θ| / |θ|. In each row the belief that is true wins, and the picture shows why. None of the prices is best for all.
//!
//! What to try: 400 answers (`SAMPLES`), and all beliefs come close: none is needed. An elastic net for the sparse truth.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::losses::{GroupLasso, L1, L2, Regularizer};
use gradus::minimize::{Proximal, Stopping, fista};
use gradus::nn::NuclearNorm;
use gradus::numeric::{MatrixRef, Order, Shape, norm2};
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use gradus::random::{Key, fill_normal};
use std::error::Error;

const N: usize = 10;
const SAMPLES: usize = 60;
const BELIEFS: [&str; 4] = ["ridge", "lasso", "group lasso", "nuclear norm"];
const TRUTHS: [&str; 4] = ["small", "sparse", "few features", "low rank"];

fn main() -> Result<(), Box<dyn Error>> {
    println!(
        "truth          {}",
        BELIEFS.map(|name| format!("{name:14}")).concat()
    );
    let (mut pictures, mut won) = (Vec::new(), 0);
    for (k, name) in TRUTHS.into_iter().enumerate() {
        let truth = truth(k);
        let (seen, further) = (samples(&truth, SAMPLES, 1), samples(&truth, SAMPLES, 2));
        let mut off = Vec::new();
        pictures.push((truth.clone(), name.to_owned()));
        for (belief, title) in BELIEFS.into_iter().enumerate() {
            let theta = chosen(belief, &seen, &further)?;
            let difference: Vec<f64> = theta.iter().zip(&truth).map(|(a, b)| a - b).collect();
            off.push(norm2(&difference) / norm2(&truth));
            pictures.push((theta, title.to_owned()));
        }
        let cells: Vec<String> = off.iter().map(|e| format!("{e:<14.2}")).collect();
        println!("{name:<15}{}", cells.concat());
        won += usize::from(off.iter().all(|other| off[k] <= *other));
    }
    draw(&pictures)?;
    if won == 4 {
        println!("result: every belief wins where it is true");
        return Ok(());
    }
    Err(format!("{won} of 4 beliefs win where they are true").into())
}

/// Weights, a feature a row: all small, ten not 0, two rows not 0, or of rank 1.
fn truth(kind: usize) -> Vec<f64> {
    let normal = draws(N * N, 3 + kind as u64);
    let each = |(at, w): (usize, &f64)| match kind {
        0 => *w,
        1 if at * 7 % 10 == at / 10 => 3.0 * w.signum(),
        2 if at / N % 5 == 1 => 2.0 * w,
        3 => 1.5 * normal[at / N] * normal[N + at % N],
        _ => 0.0,
    };
    normal.iter().enumerate().map(each).collect()
}

/// The products u vᵀ, one after the other, and the answers.
fn samples(theta: &[f64], count: usize, seed: u64) -> [Vec<f64>; 2] {
    let vectors = draws(2 * N * count, seed);
    let pairs = vectors.chunks_exact(2 * N).map(|pair| pair.split_at(N));
    let products: Vec<f64> = pairs
        .flat_map(|(u, v)| u.iter().flat_map(|u| v.iter().map(move |v| u * v)))
        .collect();
    let noise = draws(count, seed + 100);
    let exact = products.chunks_exact(N * N).map(|uv| dot(theta, uv));
    let answers = exact.zip(noise).map(|(y, e)| y + 0.1 * e).collect();
    [products, answers]
}

fn draws(count: usize, seed: u64) -> Vec<f64> {
    let mut values = vec![0.0; count];
    fill_normal(&mut values, &mut Key::new(seed).rng());
    values
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// (1 / 2n) Σ (uᵢᵀ θ vᵢ − yᵢ)², and its gradient (1 / n) Σ (uᵢᵀ θ vᵢ − yᵢ) uᵢ vᵢᵀ.
fn error([products, answers]: &[Vec<f64>; 2], theta: &[f64], gradient: &mut [f64]) -> f64 {
    let (mut sum, n) = (0.0, answers.len() as f64);
    gradient.fill(0.0);
    for (uv, y) in products.chunks_exact(N * N).zip(answers) {
        let e = dot(theta, uv) - y;
        sum += e * e / (2.0 * n);
        gradient
            .iter_mut()
            .zip(uv)
            .for_each(|(g, uv)| *g += e * uv / n);
    }
    sum
}

/// A regularizer as the minimizer knows it: a value and a proximal map.
struct Price(Box<dyn Regularizer<f64>>);

impl Proximal for Price {
    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(theta).unwrap_or(f64::NAN)
    }

    fn proximal(&self, theta: &[f64], step: f64) -> Vec<f64> {
        let mut shrunk = theta.to_vec();
        match self.0.shrink(&mut shrunk, step) {
            Ok(()) => shrunk,
            Err(_) => vec![f64::NAN; theta.len()], // which the minimizer refuses
        }
    }
}

fn price(belief: usize, lambda: f64) -> Price {
    Price(match belief {
        0 => Box::new(L2 { lambda }),
        1 => Box::new(L1 { lambda }),
        2 => Box::new(GroupLasso { lambda, size: N }),
        _ => Box::new(NuclearNorm { lambda, columns: N }),
    })
}

/// The weights for the λ that predicts the further samples best.
fn chosen(
    belief: usize,
    seen: &[Vec<f64>; 2],
    further: &[Vec<f64>; 2],
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut best = (f64::INFINITY, vec![0.0; N * N]);
    let stopping = Stopping {
        residual: 1e-3,
        ..Stopping::default()
    };
    for k in 0..8 {
        let price = price(belief, 0.5_f64.powi(k));
        let smooth = |theta: &[f64], gradient: &mut [f64]| error(seen, theta, gradient);
        // each begins where the one before has ended
        let theta = fista(smooth, &price, &best.1, 0.5, stopping, |_| ())?.x;
        let validation = error(further, &theta, &mut vec![0.0; N * N]);
        if validation < best.0 {
            best = (validation, theta);
        }
    }
    Ok(best.1)
}

fn draw(pictures: &[(Vec<f64>, String)]) -> Result<(), Box<dyn Error>> {
    let mut images = Vec::new();
    for (theta, caption) in pictures {
        let pixels = MatrixRef::new(theta, Shape::new(N, N), Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let figure =
        Figure::new("Truth, and what each belief makes of 60 answers", "", "").sized(720, 400);
    let svg = image_grid(&figure, &images, 5, ColorMap::Diverging, Contrast::Shared)?;
    println!(
        "picture: {}",
        save("out/518_regularizers.svg", &svg)?.display()
    );
    Ok(())
}
