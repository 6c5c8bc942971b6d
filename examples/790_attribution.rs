//! Which pixels speak for a digit: gradient × input, relevance, `DeepLIFT` and Grad-CAM.
//!
//! A convolutional network has learned handwritten digits (8 × 8). Why does it say "3"? Four answers:
//!
//! ```text
//! gradient × input    xᵢ ∂z/∂xᵢ                       how the logit z changes near x
//! relevance           Rᵢ = Σ wₖᵢ xᵢ / zₖ · Rₖ         each unit passes on what it got, in proportion
//! DeepLIFT            (xᵢ − bᵢ) mᵢ                    quotients of differences from a baseline b, not slopes
//! Grad-CAM            max(0, Σ α_c A_c)               a map of the last convolution, α its mean slopes
//! ```
//!
//! `DeepLIFT` is complete: its shares add up to z(x) − z(b), which the table shows; b is the empty image. Shares by slopes miss
//! what biases do. The picture has a digit a row, and what speaks for it is bright.
//!
//! What to try: the logit of the second best digit in the place of the best; a step of `loss_input_gradient` along its sign,
//! 0.2 in size, and what is predicted then (an adversarial sample).

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::evaluation::argmax;
use gradus::linalg::nalgebra::DMatrix;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{Layer, convolution, dense, flatten, max_pool, relu};
use gradus::nn::{
    Dataset, Features, Model, Network, Output, SampleShape, Settings, Training, view,
};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::optim::adam;
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use gradus::random::Key;
use std::error::Error;

const IMAGE: SampleShape = SampleShape::Image {
    channels: 1,
    height: 8,
    width: 8,
};
const EPOCHS: u64 = 15;
/// The layer that Grad-CAM looks at: the second rectifier.
const LAYER: usize = 3;
/// Digits 0, 1, 2, … to explain.
const SHOWN: usize = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let x = DMatrix::from_iterator(
        64,
        all.len(),
        all.pixels().iter().map(|&p| f64::from(p) / 16.0),
    );
    let model = trained(&x, all.labels())?;
    let predicted = argmax(view(&model.predict(view(&x))?))?;
    let (mut worst, mut images) = (0.0_f64, Vec::new());
    println!(
        "logit above that of the empty image, and sums of shares\n  digit    difference   DeepLIFT   gradient × input"
    );
    for (j, &digit) in predicted.iter().enumerate().take(SHOWN) {
        let (sample, output) = (x.column(j).into_owned(), digit as usize);
        let column = MatrixRef::from_column(sample.as_slice());
        let slopes = model.gradient_times_input(column, output)?;
        let relevance = model.relevance(column, output, 1e-3)?;
        let lifted = model.deep_lift(column, &[0.0; 64], output)?;
        let places = model.grad_cam(column, LAYER, output)?;
        let difference = logit(&model, column, output)?
            - logit(&model, MatrixRef::from_column(&[0.0; 64]), output)?;
        println!(
            "  {digit:5}    {difference:10.4} {:10.4} {:18.4}",
            lifted.sum(),
            slopes.sum()
        );
        worst = worst.max((lifted.sum() - difference).abs());
        images.extend([
            DMatrix::from_column_slice(64, 1, sample.as_slice()),
            slopes,
            relevance,
            lifted,
            places,
        ]);
    }
    draw(&images)?;
    if worst < 1e-9 {
        println!("result: DeepLIFT's shares add up to the logit, within {worst:.0e}");
        Ok(())
    } else {
        Err(format!("shares of DeepLIFT should add up, but are off by {worst:e}").into())
    }
}

/// A network of two convolutions. Its output is the logits.
fn trained(x: &DMatrix<f64>, labels: &[u32]) -> Result<Model<f64>, Box<dyn Error>> {
    let layers: Vec<Box<dyn Layer<f64>>> = vec![
        convolution(8, 3),
        relu(),
        convolution(8, 3),
        relu(),
        max_pool(2),
        flatten(),
        dense(10),
    ];
    let model = Network::new(IMAGE, layers, Output::Identity)?.initialize(Key::new(1))?;
    let settings = Settings {
        batch: 64,
        ..Settings::default()
    };
    let data = Dataset::new(Features::Numbers(view(x)), Target::Labels(labels))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, adam(3e-3)?, loss, settings)?;
    training.fit(EPOCHS, &data, &mut [])?;
    Ok(training.into_model())
}

fn logit(model: &Model<f64>, x: MatrixRef<'_, f64>, output: usize) -> Result<f64, Box<dyn Error>> {
    let logits = model.predict(x)?;
    Ok(logits
        .get(output)
        .copied()
        .ok_or("as many logits as digits")?)
}

/// A digit a row: the image, and four answers.
fn draw(images: &[DMatrix<f64>]) -> Result<(), Box<dyn Error>> {
    let captions = [
        "digit",
        "gradient × input",
        "relevance",
        "DeepLIFT",
        "Grad-CAM",
    ];
    let mut all = Vec::new();
    for (matrix, caption) in images.iter().zip(captions.iter().cycle()) {
        let pixels = MatrixRef::new(matrix.as_slice(), Shape::new(8, 8), Order::Rows)?;
        all.push(Image { pixels, caption });
    }
    let figure = Figure::new("Which pixels speak for a digit", "", "").sized(800, 600);
    let svg = image_grid(
        &figure,
        &all,
        captions.len(),
        ColorMap::Gray,
        Contrast::PerImage,
    )?;
    println!(
        "picture: {}",
        save("out/790_attribution.svg", &svg)?.display()
    );
    Ok(())
}
