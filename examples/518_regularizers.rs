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
//! predicts 60 further answers best. The table has |θ̂ − θ| / |θ|. In each row the belief that is true wins, and the picture shows why.
//!
//! What to try: 400 answers (`SAMPLES`), and all beliefs come close: none is needed. An elastic net for the sparse truth.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::losses::{GroupLasso, L1, L2, Regularizer};
use gradus::minimize::{Proximal, Stopping, fista};
use gradus::nn::NuclearNorm;
use gradus::numeric::{MatrixRef, Order, Shape, norm2};
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use gradus::random::{Key, fill_normal};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const N: usize = 10;
const SAMPLES: usize = 60;
const BELIEFS: [&str; 4] = ["ridge", "lasso", "group lasso", "nuclear norm"];
const TRUTHS: [&str; 4] = ["small", "sparse", "few features", "low rank"];

fn main() -> Outcome<()> {
    let head = BELIEFS.map(|name| format!("{name:14}")).concat();
    println!("truth          {head}");
    let (mut pictures, mut won) = (Vec::new(), 0);
    for (k, name) in TRUTHS.into_iter().enumerate() {
        let truth = truth(k);
        let (seen, further) = (samples(&truth, 1), samples(&truth, 2));
        let mut off = Vec::new();
        print!("{name:<15}");
        pictures.push((truth.clone(), name));
        for (belief, title) in BELIEFS.into_iter().enumerate() {
            let theta = chosen(belief, &seen, &further)?;
            let difference = (&theta - &truth).as_slice().to_vec();
            off.push(norm2(&difference) / norm2(truth.as_slice()));
            print!("{:<14.2}", off[belief]);
            pictures.push((theta, title));
        }
        println!();
        won += usize::from(off.iter().all(|other| off[k] <= *other));
    }
    let mut images = Vec::new();
    for (theta, caption) in &pictures {
        let pixels = MatrixRef::new(theta.as_slice(), Shape::new(N, N), Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let figure = Figure::new("Truth, and what each belief makes of it", "", "").sized(720, 400);
    let svg = image_grid(&figure, &images, 5, ColorMap::Diverging, Contrast::Shared)?;
    println!(
        "picture: {}",
        save("out/518_regularizers.svg", &svg)?.display()
    );
    if won < 4 {
        return Err(format!("{won} of 4 beliefs win where they are true").into());
    }
    println!("result: every belief wins where it is true");
    Ok(())
}

/// Weights, a feature a row: all small, ten not 0, two rows not 0, or of rank 1.
fn truth(kind: usize) -> DVector<f64> {
    let normal = draws(N * N, 3 + kind as u64);
    DVector::from_fn(N * N, |at, _| match kind {
        0 => normal[at],
        1 if at * 7 % 10 == at / 10 => 3.0 * normal[at].signum(),
        2 if at / N % 5 == 1 => 2.0 * normal[at],
        3 => 1.5 * normal[at / N] * normal[N + at % N],
        _ => 0.0,
    })
}

/// The answers, and the products u vᵀ, one a row.
type Samples = (DVector<f64>, DMatrix<f64>);

fn samples(theta: &DVector<f64>, seed: u64) -> Samples {
    let (uv, noise) = (draws(2 * N * SAMPLES, seed), draws(SAMPLES, seed + 100));
    let product = |i, k| uv[2 * N * i + k / N] * uv[2 * N * i + N + k % N];
    let a = DMatrix::from_fn(SAMPLES, N * N, product);
    (&a * theta + 0.1 * noise, a)
}

fn draws(count: usize, seed: u64) -> DVector<f64> {
    let mut values = DVector::zeros(count);
    fill_normal(values.as_mut_slice(), &mut Key::new(seed).rng());
    values
}

/// (1 / 2n) Σ (uᵢᵀ θ vᵢ − yᵢ)², and its gradient (1 / n) Σ (uᵢᵀ θ vᵢ − yᵢ) uᵢ vᵢᵀ.
fn error((y, a): &Samples, theta: &[f64], gradient: &mut [f64]) -> f64 {
    let (e, n) = (a * DVector::from_column_slice(theta) - y, y.len() as f64);
    gradient.copy_from_slice((a.tr_mul(&e) / n).as_slice());
    e.dot(&e) / (2.0 * n)
}

/// A regularizer as the minimizer knows it: a value and a proximal map.
struct Price(Box<dyn Regularizer<f64>>);

impl Proximal for Price {
    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(theta).unwrap_or(f64::NAN)
    }

    fn proximal(&self, theta: &[f64], step: f64) -> Vec<f64> {
        let mut shrunk = theta.to_vec();
        let done = self.0.shrink(&mut shrunk, step);
        done.map_or(vec![f64::NAN; theta.len()], |()| shrunk) // the minimizer refuses NaN
    }
}

/// The weights for the λ that predicts the further samples best.
fn chosen(belief: usize, seen: &Samples, further: &Samples) -> Outcome<DVector<f64>> {
    let (mut lowest, mut best, mut unused) = (f64::INFINITY, vec![0.0; N * N], vec![0.0; N * N]);
    let enough = Stopping {
        residual: 1e-3,
        ..Stopping::default()
    };
    for lambda in (0..8).map(|k| 0.5_f64.powi(k)) {
        let price = Price(match belief {
            0 => Box::new(L2 { lambda }),
            1 => Box::new(L1 { lambda }),
            2 => Box::new(GroupLasso { lambda, size: N }),
            _ => Box::new(NuclearNorm { lambda, columns: N }),
        });
        let smooth = |theta: &[f64], gradient: &mut [f64]| error(seen, theta, gradient);
        // each begins where the one before has ended
        let theta = fista(smooth, &price, &best, 0.5, enough, |_| ())?.x;
        let validation = error(further, &theta, &mut unused);
        if validation < lowest {
            (lowest, best) = (validation, theta);
        }
    }
    Ok(DVector::from_vec(best))
}
