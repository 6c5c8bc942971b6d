//! A picture as a sum of rank-one layers, and the best picture of rank k.
//!
//! A matrix of any shape is a sum of columns times rows, ordered by importance:
//!
//! ```text
//! A = σ₁ u₁ v₁ᵀ + σ₂ u₂ v₂ᵀ + … + σᵣ uᵣ vᵣᵀ,    σ₁ ≥ σ₂ ≥ … ≥ σᵣ > 0
//! ```
//!
//! Cut off after k layers, it is the nearest matrix of rank k (Eckart and Young), and what is missing is known
//! without looking:
//!
//! ```text
//! ‖A − A_k‖_F² = σ_{k+1}² + … + σᵣ²
//! ```
//!
//! A layer is m + n + 1 numbers, the picture m n: as long as k (m + n + 1) < m n, this is compression. Here
//! the picture is a sheet of 16 handwritten digits, 112 × 112 pixels. That pictures, tables of ratings and
//! weight matrices are nearly of low rank is what recommender systems and low-rank fine-tuning live on.
//!
//! Whether a picture can still be read is another question than its error. The ink, what is brighter than half, is a region; Jaccard's
//! share says how much of two regions is common to both: |P ∩ Q| / |P ∪ Q|. One less it is the loss of models that find regions.
//!
//! What to try: compress one digit alone (28 × 28). Compress random noise, and see the singular values refuse
//! to fall. Shuffle the pixels of the sheet.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Limits, open_images};
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{frobenius_norm, svd};
use gradus::losses::{Loss, LossError, Target, Tversky, Weights};
use gradus::numeric::{MatrixRef, Order, Shape, norm2};
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use std::error::Error;

/// Digits along a side of the sheet, pixels along a side of a digit.
const SIDE: usize = 4;
const PIXELS: usize = 28;
const RANKS: [usize; 6] = [1, 3, 8, 16, 32, 64];

fn main() -> Result<(), Box<dyn Error>> {
    let a = sheet()?;
    let svd = svd(&a)?;
    let (m, n) = a.shape();
    let sigma = &svd.singular_values;
    let size = norm2(sigma.as_slice());
    println!(
        "{m} × {n} pixels, σ = {:.2}, {:.2}, {:.2}, …",
        sigma[0], sigma[1], sigma[2]
    );
    println!("  k     numbers     ‖A − A_k‖/‖A‖   √(σ²_(k+1) + …)/‖A‖   ink in common");
    let mut pictures = Vec::new();
    for k in RANKS {
        let nearest = svd.low_rank(k)?;
        let share = 100.0 * (k * (m + n + 1)) as f64 / (m * n) as f64;
        let error = frobenius_norm(&(&a - &nearest.matrix)) / size;
        let rest = nearest.frobenius_error / size;
        println!(
            "  {k:<4} {share:>7.1} %     {:>6.2} %        {:>6.2} %                {:>5.1} %",
            100.0 * error,
            100.0 * rest,
            100.0 * common_ink(&nearest.matrix, &a)?
        );
        if (error - rest).abs() > 1e-13 {
            return Err(format!(
                "the error is {error}, not that of the singular values left out, {rest}"
            )
            .into());
        }
        pictures.push((format!("rank {k}, {share:.0} %"), nearest.matrix));
    }
    draw(&pictures)?;
    let error = svd.low_rank(32)?.frobenius_error / size;
    println!(
        "result: rank 32 of {n} leaves an error of {:.1} %",
        100.0 * error
    );
    Ok(())
}

/// How much of what is brighter than half in two pictures is common to both.
fn common_ink(a: &DMatrix<f64>, b: &DMatrix<f64>) -> Result<f64, LossError> {
    let [p, q] = [a, b].map(|picture| picture.map(|x| f64::from(x > 0.5)));
    let prediction = MatrixRef::from_column(p.as_slice());
    let target = Target::Values(MatrixRef::from_column(q.as_slice()));
    Ok(1.0 - Tversky::jaccard(0.0).value(prediction, target, Weights::Equal, 1.0)?)
}

/// The first test digits of MNIST, side by side, in [0, 1].
fn sheet() -> Result<DMatrix<f64>, Box<dyn Error>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/mnist");
    let digits = open_images(
        format!("{folder}/t10k-images-idx3-ubyte.gz"),
        format!("{folder}/t10k-labels-idx1-ubyte.gz"),
        10,
        &Limits::default(),
    )?;
    let samples: Vec<&[u8]> = (0..SIDE * SIDE).filter_map(|j| digits.sample(j)).collect();
    let edge = SIDE * PIXELS;
    Ok(DMatrix::from_fn(edge, edge, |i, j| {
        let digit = i / PIXELS * SIDE + j / PIXELS;
        let pixel = i % PIXELS * PIXELS + j % PIXELS;
        f64::from(samples[digit][pixel]) / 255.0
    }))
}

/// The pictures of rank k, in `out/`.
fn draw(pictures: &[(String, DMatrix<f64>)]) -> Result<(), Box<dyn Error>> {
    let images = pictures
        .iter()
        .map(|(caption, a)| {
            let shape = Shape::new(a.nrows(), a.ncols());
            let pixels = MatrixRef::new(a.as_slice(), shape, Order::Columns)?;
            Ok(Image { pixels, caption })
        })
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let figure = Figure::new("Sixteen digits by fewer and more layers", "", "").sized(720, 480);
    let svg = image_grid(&figure, &images, 3, ColorMap::Gray, Contrast::PerImage)?;
    println!(
        "picture: {}",
        save("out/150_image_compression.svg", &svg)?.display()
    );
    Ok(())
}
