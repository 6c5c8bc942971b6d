//! Why is this a 7? What each pixel contributes to a network's answer.
//!
//! A network with one hidden layer reads digits of 8 × 8 pixels. For a digit x and its class k, the score sₖ less the mean of all scores
//! is divided among the pixels:
//!
//! ```text
//! gradient × input        xᵢ ∂ᵢs(x)                                      what a small change does, at x alone
//! integrated gradients    xᵢ ∫₀¹ ∂ᵢs(t x) dt                             sums to s(x) − s(black)
//! SmoothGrad × input      xᵢ E ∂ᵢs(x + σz)                               the gradient of a blurred score
//! occlusion               s(x) − s(x without a window of 3 × 3)          a region at a time
//! LIME                    a line through scores of images with patches missing
//! ```
//!
//! Red speaks for the answer, blue against it. Only the integrated gradients add up to what is explained: the table tells by how much
//! each method misses.
//!
//! What to try: a gray baseline (8 instead of 0), and absent ink speaks, too. `SIGMA` = 0 and 5. The class that came second as k.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::explain::{
    Neighborhood, Tolerance, integrated_gradients, local_patches, occlusion, smooth_gradient,
    windows,
};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Training};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::adam;
use gradus::plot::{Contrast, Figure, Overlay, overlay_grid, save};
use gradus::random::Key;
use std::error::Error;

const HIDDEN: usize = 32;
const SIGMA: f64 = 2.0;
const SHAPE: Shape = Shape::new(8, 8);
const NEAR: Neighborhood = Neighborhood {
    width: 0.25,
    samples: 1000,
    ridge: 1e-3,
};
const METHODS: [&str; 5] = [
    "gradient × input",
    "integrated",
    "smooth",
    "occlusion",
    "LIME",
];

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let pixels: Vec<f64> = all.pixels().iter().map(|&p| f64::from(p)).collect();
    let reader = Reader::learn(&pixels, all.labels())?;
    let none = vec![0.0; 64];
    let patch: Vec<usize> = (0..64).map(|i| i / 16 * 4 + i % 8 / 2).collect(); // 2 × 2 pixels
    let (mut pictures, mut worst) = (Vec::new(), 0.0_f64);
    println!("  digit   score    sum of: gradient   integrated   smooth   LIME");
    for j in [7, 3, 0] {
        let (x, k) = (&pixels[64 * j..64 * (j + 1)], all.labels()[j] as usize);
        let score = |x: &[f64]| reader.score(x, k).0;
        let times_x = |slope: &[f64]| slope.iter().zip(x).map(|(g, x)| g * x).collect::<Vec<_>>();
        let (value, slope) = reader.score(x, k);
        let rng = &mut Key::new(1).index(j as u64).rng();
        let path = integrated_gradients(|x| reader.score(x, k), x, &none, Tolerance::default())?;
        let smooth = smooth_gradient(|x| reader.score(x, k).1, x, SIGMA, 500, rng)?;
        let covered = occlusion(score, x, &none, &windows(SHAPE, Shape::new(3, 3), 1)?)?;
        let line = local_patches(score, x, &none, &patch, NEAR, rng)?;
        let patches: Vec<f64> = patch.iter().map(|&p| line.slopes[p] / 4.0).collect();
        let (plain, smooth) = (times_x(&slope), times_x(&smooth.values));
        let methods = [plain, path.values, smooth, covered, patches];
        let [s0, s1, s2, _, s4] = methods.each_ref().map(|shares| shares.iter().sum::<f64>());
        let explained = value - score(&none);
        println!("  {k:5}   {explained:5.2}            {s0:8.2}   {s1:10.2}   {s2:6.2}   {s4:4.2}");
        worst = worst.max((s1 - explained).abs());
        pictures.push((x.to_vec(), methods));
    }
    draw(&pictures)?;
    if worst < 1e-8 {
        println!("result: integrated gradients sum to the score within {worst:.0e}");
        Ok(())
    } else {
        Err(format!("integrated gradients miss the score by {worst}").into())
    }
}

/// The trained network as two matrices, so that its formulas can be seen.
struct Reader {
    w: [DMatrix<f64>; 2],
    b: [DVector<f64>; 2],
}

impl Reader {
    fn learn(pixels: &[f64], labels: &[u32]) -> Result<Self, Box<dyn Error>> {
        let x = MatrixRef::new(pixels, Shape::new(64, labels.len()), Order::Columns)?;
        let network = Network::new(64, vec![dense(HIDDEN), relu(), dense(10)], Output::Softmax)?;
        let data = Dataset::new(Features::Numbers(x), Target::Labels(labels))?;
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let (model, rate) = (network.initialize(Key::new(9))?, adam(0.002)?);
        let mut training = Training::new(model, rate, loss, Settings::default())?;
        training.fit(15, &data, &mut [])?;
        let model = training.into_model();
        let (first, second) = model.theta().split_at(HIDDEN * 65);
        let layer = |theta: &[f64], rows: usize, columns: usize| {
            let (w, b) = theta.split_at(rows * columns);
            let w = DMatrix::from_row_slice(rows, columns, w);
            (w, DVector::from_row_slice(b))
        };
        let ((w1, b1), (w2, b2)) = (layer(first, HIDDEN, 64), layer(second, 10, HIDDEN));
        let (w, b) = ([w1, w2], [b1, b2]);
        Ok(Self { w, b })
    }

    /// The score of class k above the mean of all, c·(`W₂` max(`W₁` x + b₁, 0) + b₂), and its gradient `W₁`ᵀ (`W₂`ᵀ c ⊙ [z > 0]).
    fn score(&self, x: &[f64], k: usize) -> (f64, Vec<f64>) {
        let c = DVector::from_fn(10, |i, _| f64::from(u8::from(i == k)) - 0.1);
        let z = &self.w[0] * DVector::from_column_slice(x) + &self.b[0];
        let scores = &self.w[1] * z.map(|z| z.max(0.0)) + &self.b[1];
        let back = self.w[1]
            .tr_mul(&c)
            .zip_map(&z, |d, z| if z > 0.0 { d } else { 0.0 });
        (scores.dot(&c), self.w[0].tr_mul(&back).as_slice().to_vec())
    }
}

/// Every method over every digit, in `out/`.
fn draw(pictures: &[(Vec<f64>, [Vec<f64>; 5])]) -> Result<(), Box<dyn Error>> {
    let mut overlays = Vec::new();
    for (x, methods) in pictures {
        for (values, caption) in methods.iter().zip(METHODS) {
            let [ground, values] = [x, values].map(|x| MatrixRef::new(x, SHAPE, Order::Rows));
            let (ground, values) = (ground?, values?);
            overlays.push(Overlay {
                ground,
                values,
                caption,
            });
        }
    }
    let title = "What speaks for a digit (red), and against it (blue)";
    let figure = Figure::new(title, "", "");
    let svg = overlay_grid(&figure, &overlays, 5, Contrast::PerImage)?;
    let path = save("out/510_explain_digits.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
