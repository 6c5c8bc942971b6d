//! Which pixels tell which digit it is? Mutual information as a judge of features.
//!
//! An image of 8 × 8 pixels has 64 features X₁, …, X₆₄ with values 0 to 16, and a label Y. What pixel i alone tells about the digit is
//!
//! ```text
//! I(Xᵢ; Y) = H(Y) − H(Y | Xᵢ),      at most H(Y) = ln 10 nats
//! ```
//!
//! from the table of counts (value, label). Unlike a correlation it sees any dependence, and labels need no order. Counts of few
//! images make it too high, by about (17 − 1)(10 − 1) / 2N nats even for a pixel that tells nothing.
//!
//! The best eight pixels one by one are not the best eight together: neighbors tell the same twice. So the second list (Peng, Long and Ding:
//! much relevance, little redundancy) subtracts from I(Xᵢ; Y) what pixel i shares on average with those chosen before. Half of the
//! images choose the pixels; the other half tests how many digits the nearest neighbors know from those pixels alone.
//!
//! What to try: 4 or 16 pixels (`CHOSEN`). `conditional_mutual_information` of a pixel and the label given the pixel before. A threshold instead of
//! 17 values: how much is lost?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::evaluation::accuracy;
use gradus::information::{bits, mutual_information};
use gradus::models::{Fit, NearestNeighbors, Predict};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use gradus::probability::JointTable;
use std::error::Error;

/// How many pixels may be looked at.
const CHOSEN: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let half = all.len() / 2;
    let features: Vec<Vec<u8>> = (0..64)
        .map(|i| all.pixels().iter().skip(i).step_by(64).copied().collect())
        .collect();
    let shown: Vec<&[u8]> = features.iter().map(|x| &x[..half]).collect();
    let labels = all.labels()[..half].iter().map(|&y| u8::try_from(y));
    let labels = labels.collect::<Result<Vec<_>, _>>()?;
    let told = shown.iter().map(|x| shared(x, &labels));
    let told = told.collect::<Result<Vec<_>, _>>()?;

    let mut order: Vec<usize> = (0..64).collect();
    order.sort_by(|&a, &b| told[b].total_cmp(&told[a]));
    let most = bits(told[order[0]]);
    println!(
        "the best pixel tells {most:.2} of {:.2} bits",
        10_f64.log2()
    );
    let relevant = order[..CHOSEN].to_vec();
    let different = without_redundancy(&shown, &told)?;
    draw(&told, &[&relevant, &different])?;

    let mut scores = Vec::new();
    for (name, pixels) in [
        ("that tell the most", relevant.as_slice()),
        ("… and not the same", &different),
        ("of little use", &order[64 - CHOSEN..]),
        ("all of them", &order),
    ] {
        let right = score(&features, pixels, all.labels())?;
        let (n, share) = (pixels.len(), 100.0 * right);
        println!("{n:2} pixels {name:22} {share:5.1} % of the digits");
        scores.push(right);
    }
    if scores[1] > scores[0] && scores[0] > scores[2] + 0.3 {
        let share = 100.0 * scores[1];
        println!("result: {CHOSEN} pixels that tell different things know {share:.1} %");
        Ok(())
    } else {
        Err(format!("pixels that tell more should know more: {scores:?}").into())
    }
}

/// How many digits of the second half the neighbors in the first half know, seeing only some pixels.
fn score(features: &[Vec<u8>], pixels: &[usize], labels: &[u32]) -> Result<f64, Box<dyn Error>> {
    let (learned, tested) = labels.split_at(labels.len() / 2);
    let columns = |images: std::ops::Range<usize>| -> Vec<f64> {
        let image = |j: usize| pixels.iter().map(move |&i| f64::from(features[i][j]));
        images.flat_map(image).collect()
    };
    let (x, unseen) = (
        columns(0..learned.len()),
        columns(learned.len()..labels.len()),
    );
    let shape = |samples: &[u32]| Shape::new(pixels.len(), samples.len());
    let x = MatrixRef::new(&x, shape(learned), Order::Columns)?;
    let unseen = MatrixRef::new(&unseen, shape(tested), Order::Columns)?;
    let model = NearestNeighbors::default().fit(x, learned)?;
    Ok(accuracy(tested, &model.predict(unseen)?)?)
}

/// I(X; Y) from the counts of pairs of values below 17.
fn shared(x: &[u8], y: &[u8]) -> Result<f64, Box<dyn Error>> {
    let mut counts = [[0.0; 17]; 17];
    x.iter()
        .zip(y)
        .for_each(|(&x, &y)| counts[usize::from(x)][usize::from(y)] += 1.0);
    Ok(mutual_information(&JointTable::from_weights(&counts)?))
}

/// One pixel after the other: the one that tells most beyond the mean of what it shares with those before.
fn without_redundancy(shown: &[&[u8]], told: &[f64]) -> Result<Vec<usize>, Box<dyn Error>> {
    let mut chosen = Vec::new();
    let mut common = vec![0.0; told.len()];
    while chosen.len() < CHOSEN {
        let n = f64::max(1.0, chosen.len() as f64);
        let worth = |i: usize| told[i] - common[i] / n;
        let open = (0..told.len()).filter(|i| !chosen.contains(i));
        let best = open
            .max_by(|&a, &b| worth(a).total_cmp(&worth(b)))
            .unwrap_or(0);
        for (common, x) in common.iter_mut().zip(shown) {
            *common += shared(x, shown[best])?;
        }
        chosen.push(best);
    }
    Ok(chosen)
}

/// What each pixel tells, and which ones were chosen, in `out/`.
fn draw(told: &[f64], lists: &[&Vec<usize>]) -> Result<(), Box<dyn Error>> {
    let most = told.iter().copied().fold(0.0, f64::max);
    let marked = |list: &Vec<usize>| -> Vec<f64> {
        let dark = told.iter().map(|x| 0.2 * x).enumerate();
        let mark = |(i, x)| if list.contains(&i) { most } else { x };
        dark.map(mark).collect()
    };
    let pixels: Vec<Vec<f64>> = std::iter::once(told.to_vec())
        .chain(lists.iter().map(|l| marked(l)))
        .collect();
    let captions = ["I(pixel; digit)", "the most", "and not the same"];
    let images = pixels.iter().zip(captions).map(|(pixels, caption)| {
        Ok(Image {
            pixels: MatrixRef::new(pixels, Shape::new(8, 8), Order::Rows)?,
            caption,
        })
    });
    let images = images.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let figure = Figure::new("Which pixels tell which digit it is", "", "");
    let svg = image_grid(&figure, &images, 3, ColorMap::Viridis, Contrast::Shared)?;
    println!(
        "picture: {}",
        save("out/450_feature_selection.svg", &svg)?.display()
    );
    Ok(())
}
