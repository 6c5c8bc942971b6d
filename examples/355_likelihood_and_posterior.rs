//! Maximum likelihood and maximum a posteriori, side by side: one coin, two answers.
//!
//! After k heads in n flips the likelihood of a coin with P(heads) = θ is θᵏ (1 − θ)ⁿ⁻ᵏ. Two numbers stand for it:
//!
//! ```text
//! maximum likelihood (ML)      arg max p(flips | θ)          = k / n
//! maximum a posteriori (MAP)   arg max p(flips | θ) p(θ)     = (k + a − 1) / (n + a + b − 2)   for the prior Beta(a, b)
//! ```
//!
//! With a flat prior, a = b = 1, they are the same number. Any other prior is a − 1 heads and b − 1 tails that were never
//! seen: it keeps MAP from saying "always" after three heads, and is forgotten as n grows. How sure either is:
//!
//! ```text
//! standard error of ML      √(θ (1 − θ) / n), from the curvature of ln p at its top (Fisher information)
//! deviation of the belief   that of Beta(a + k, b + n − k)
//! ```
//!
//! and both shrink like 1 / √n. Intervals from either side agree for large n; for small n k/n ± 1.96 standard errors fails (after
//! three heads it is the point 1), while Wilson's and Clopper and Pearson's intervals hold.
//!
//! What to try: a stubborn prior, Beta(50, 50). `TRUTH` = 0.5, and how long a fair coin looks unfair.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{ColorMap, Contrast, Figure, Image, MatrixRef, Order, Shape, image_grid, save};
use gradus::probability::{
    Beta, Binomial, ConjugatePrior, Continuous, binomial_test, clopper_pearson_interval,
    wilson_interval,
};
use gradus::random::{Key, bernoulli};
use std::error::Error;

/// The probability of heads, and what was believed before the first flip.
const TRUTH: f64 = 0.7;
const PRIOR: (f64, f64) = (4.0, 4.0);
const FLIPS: [usize; 12] = [0, 1, 2, 3, 4, 8, 16, 32, 64, 128, 256, 512];
/// Height and width of a frame.
const PIXELS: (usize, usize) = (60, 90);

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(12).rng();
    let flips: Vec<bool> = (0..FLIPS[FLIPS.len() - 1])
        .map(|_| bernoulli(TRUTH, &mut rng))
        .collect::<Result<_, _>>()?;
    let prior = Beta::new(PRIOR.0, PRIOR.1)?;

    println!(
        "flips heads    ML     s.e.     MAP    dev.   95 %: Wilson      Clopper–Pearson   belief"
    );
    let mut frames = Vec::new();
    let mut last = (0.0, 0.0);
    for n in FLIPS {
        let belief = prior.posterior(&flips[..n])?;
        let map = (belief.a() - 1.0) / (belief.a() + belief.b() - 2.0);
        if n == 0 {
            frames.push((frame(&belief, map, f64::NAN), "0 flips".to_owned())); // no ML yet
            println!(
                "    0     0     –        –   {map:.3}   {:.3}",
                belief.variance()?.sqrt()
            );
            continue;
        }
        let heads = flips[..n].iter().filter(|flip| **flip).count() as u64;
        // one observation: so many heads of n flips
        let fit = Binomial::fit(n as u64, &[heads])?;
        let (ml, error) = (fit.distribution.probability(), fit.standard_errors[0]);
        let unit = if n == 1 { "flip" } else { "flips" };
        frames.push((frame(&belief, map, ml), format!("{n} {unit}")));
        let wilson = wilson_interval(heads, n as u64, 0.95)?;
        let exact = clopper_pearson_interval(heads, n as u64, 0.95)?;
        println!(
            "{n:5} {heads:5}   {ml:.3}   {error:.3}   {map:.3}   {:.3}   {:.3} to {:.3}   {:.3} to {:.3}   {:.3} to {:.3}",
            belief.variance()?.sqrt(),
            wilson.0,
            wilson.1,
            exact.0,
            exact.1,
            belief.quantile(0.025),
            belief.quantile(0.975),
        );
        last = (ml, map);
    }
    let heads = flips.iter().filter(|flip| **flip).count() as u64;
    let fair = binomial_test(heads, flips.len() as u64, 0.5)?;
    println!(
        "a fair coin would be as far from even with probability {:.1e}",
        fair.p_value
    );
    draw(&frames)?;

    let (low, high) = clopper_pearson_interval(heads, flips.len() as u64, 0.999)?;
    if (last.0 - last.1).abs() < 0.01 && low < TRUTH && TRUTH < high {
        println!(
            "result: after {} flips ML says {:.3} and MAP {:.3}",
            flips.len(),
            last.0,
            last.1
        );
        Ok(())
    } else {
        Err(format!("ML {}, MAP {}, but the truth is {TRUTH}", last.0, last.1).into())
    }
}

/// The belief as a hill over 0 to 1, with a bright line at its top, MAP, and a gray one across the frame at ML.
fn frame(belief: &Beta, map: f64, ml: f64) -> Vec<f64> {
    let (rows, columns) = PIXELS;
    let at = |j: usize| (j as f64 + 0.5) / columns as f64;
    let highest = belief.pdf(map) * 1.05;
    let pixel = |i: usize| {
        let (row, column) = (i / columns, i % columns);
        let height = (rows - row) as f64 / rows as f64;
        let under = height <= belief.pdf(at(column)) / highest;
        let near = |place: f64| (at(column) - place).abs() <= 0.5 / columns as f64;
        match (under, near(map), near(ml)) {
            (true, true, _) => 1.0,
            (_, _, true) => 0.35,
            (true, ..) => 0.7,
            (false, ..) => 0.0,
        }
    };
    (0..rows * columns).map(pixel).collect()
}

/// All frames on one sheet, in `out/`.
fn draw(frames: &[(Vec<f64>, String)]) -> Result<(), Box<dyn Error>> {
    let shape = Shape::new(PIXELS.0, PIXELS.1);
    let mut images = Vec::new();
    for (pixels, caption) in frames {
        let pixels = MatrixRef::new(pixels, shape, Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let figure = Figure::new("Belief in a coin from 0 to 1, MAP bright, ML gray", "", "");
    let svg = image_grid(&figure, &images, 4, ColorMap::Gray, Contrast::Shared)?;
    println!(
        "picture: {}",
        save("out/355_likelihood_and_posterior.svg", &svg)?.display()
    );
    Ok(())
}
