//! Principal components of handwritten digits: 64 pixels, and the few directions that matter.
//!
//! An image of 8 × 8 pixels is a point in ℝ⁶⁴. 1797 of them (X, one column a digit) form a cloud around their
//! mean µ, and principal components are its axes, the longest first:
//!
//! ```text
//! C = (X − µ)(X − µ)ᵀ / n = U Λ Uᵀ,    scores Y = Uᵀ (X − µ),    Var yᵢ = λᵢ
//! ```
//!
//! The first k of them keep the share (λ₁ + … + λₖ) / tr C of the variance, and no other k directions keep
//! more. The scores are uncorrelated; the reconstruction µ + UₖUₖᵀ(x − µ) is the nearest point of the plane
//! through µ that the k directions span.
//!
//! Two numbers a digit are enough to draw a map on which zeros, fours and threes live apart, although PCA has
//! never seen a label. To tell them, the nearest class mean on that map does well already.
//!
//! What to try: use all ten digits and see which ones two components confuse. Count the components that keep
//! 95 % of the variance. Whiten the scores (`gradus::linalg::Whitening`) before measuring distances.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::evaluation::accuracy;
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{Pca, frobenius_norm, view};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{ColorMap, Contrast, Figure, Image, decision_boundary, image_grid, save};
use std::error::Error;

/// The digits on the map.
const CLASSES: [u32; 5] = [0, 1, 2, 3, 4];

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let x = DMatrix::from_iterator(64, all.len(), all.pixels().iter().map(|&p| f64::from(p)));
    let pca = Pca::fit(&x, 0)?;
    variance(&pca, &x)?;
    draw_components(&pca)?;

    let mapped = (0..all.len()).filter(|&j| CLASSES.contains(&all.labels()[j]));
    let columns: Vec<usize> = mapped.collect();
    let labels: Vec<u32> = columns.iter().map(|&j| all.labels()[j]).collect();
    let scores = pca.truncated(2).transform(&x.select_columns(&columns))?;
    let classes = Map::new(&scores, &labels);
    let found: Vec<u32> = scores
        .column_iter()
        .map(|y| classes.nearest(y[0], y[1]))
        .collect();
    let right = accuracy(&labels, &found)?;
    draw_map(&classes, &scores, &labels)?;
    if right > 0.85 {
        let percent = 100.0 * right;
        println!("result: two of 64 numbers tell {percent:.1} % of five digits apart");
        Ok(())
    } else {
        Err(format!("two components should tell more than {right} of the digits").into())
    }
}

/// How much k components keep, by their variances and by reconstructing the images.
fn variance(pca: &Pca<f64>, x: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let total = frobenius_norm(&DMatrix::from_fn(64, x.ncols(), |i, j| {
        x[(i, j)] - pca.mean()[i]
    }));
    println!("  k    λ_k       kept of the variance   missing in the pictures");
    for k in [1, 2, 5, 10, 20, 40, 61] {
        let few = pca.truncated(k);
        let kept: f64 = few.explained_variance_ratio().iter().sum();
        let again = few.inverse_transform(&few.transform(x)?)?;
        let missing = (frobenius_norm(&(x - again)) / total).powi(2);
        let lambda = pca.explained_variance()[k - 1];
        let [plus, minus] = [kept, missing].map(|share| 100.0 * share);
        println!("  {k:<4} {lambda:<9.3} {plus:>6.2} %               {minus:>6.2} %");
        if (kept + missing - 1.0).abs() > 1e-12 {
            return Err(format!("{k} components keep {kept} and miss {missing}: not all").into());
        }
    }
    Ok(())
}

/// The mean score of every class.
struct Map {
    centers: Vec<(u32, f64, f64)>,
}

impl Map {
    fn new(scores: &DMatrix<f64>, labels: &[u32]) -> Self {
        let center = |class: u32| {
            let of_class = |j: &usize| labels[*j] == class;
            let members: Vec<usize> = (0..labels.len()).filter(of_class).collect();
            let mean = |i: usize| {
                members.iter().map(|&j| scores[(i, j)]).sum::<f64>() / members.len() as f64
            };
            (class, mean(0), mean(1))
        };
        Self {
            centers: CLASSES.map(center).to_vec(),
        }
    }

    fn nearest(&self, x: f64, y: f64) -> u32 {
        let distance = |&(_, a, b): &(u32, f64, f64)| (x - a).hypot(y - b);
        let closer =
            |p: &&(u32, f64, f64), q: &&(u32, f64, f64)| distance(p).total_cmp(&distance(q));
        self.centers
            .iter()
            .min_by(closer)
            .map_or(0, |center| center.0)
    }
}

/// The mean digit and the first components as images, in `out/`.
fn draw_components(pca: &Pca<f64>) -> Result<(), Box<dyn Error>> {
    let mut pictures = vec![("mean".to_owned(), pca.mean().as_slice())];
    let components = pca
        .components()
        .as_slice()
        .chunks(64)
        .zip(pca.explained_variance_ratio());
    for (i, (component, share)) in (1..=9).zip(components) {
        pictures.push((format!("u{i}: {:.0} %", 100.0 * share), component));
    }
    let mut images = Vec::new();
    for (caption, pixels) in &pictures {
        let pixels = MatrixRef::new(pixels, Shape::new(8, 8), Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let title = "The mean digit and the directions of largest variance";
    let figure = Figure::new(title, "", "");
    let svg = image_grid(&figure, &images, 5, ColorMap::Gray, Contrast::PerImage)?;
    let path = save("out/160_digits_pca_components.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// Every digit at its two scores, on the ground of the nearest class mean, in `out/`.
fn draw_map(map: &Map, scores: &DMatrix<f64>, labels: &[u32]) -> Result<(), Box<dyn Error>> {
    let figure = Figure::new("Digits 0 to 4 by two components", "y₁", "y₂").sized(640, 560);
    let names = ["0", "1", "2", "3", "4"];
    let svg = decision_boundary(
        &figure,
        |x, y| map.nearest(x, y),
        view(scores),
        labels,
        &names,
    )?;
    let path = save("out/160_digits_pca.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
