//! The variance of numbers, and the formula of the textbooks that loses it.
//!
//! How far do n numbers lie from their mean x̄? Both of these are the same number on paper:
//!
//! ```text
//! s²  =  (Σ xᵢ²)/n − x̄²  =  (Σ (xᵢ − x̄)²)/n
//! ```
//!
//! The first needs only one pass over the data, and subtracts two numbers of the size of x̄²: if x̄ is 10⁸ times the
//! deviation, no digit is left. The second needs the mean first, and loses nothing.
//!
//! Data that pass by only once have a third way (Welford 1962). Mean and sum of squares M are carried along,
//!
//! ```text
//! x̄′ = x̄ + (x − x̄) / n,    M′ = M + (x − x̄)(x − x̄′),    s² = M / n
//! ```
//!
//! and two such parts merge to that of the whole, so every machine may take a part of the data:
//!
//! ```text
//! M = M₁ + M₂ + (x̄₂ − x̄₁)² n₁ n₂ / n
//! ```
//!
//! By hand: 4, 7, 13, 16 have the mean 10 and the deviations −6, −3, 3, 6, so M = 36 + 9 + 9 + 36 = 90, and s² = 22.5.
//! Divided by n − 1 instead of n, 30 estimates the variance of what the numbers were drawn from, and on average it
//! is right.
//!
//! What to try: c = 10¹⁵. Numbers of single precision: at which c does the textbook fail now? Merge 1000 parts of one
//! number each.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{Moments, mean, variance};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, normal};
use std::error::Error;

const NUMBERS: [f64; 4] = [4.0, 7.0, 13.0, 16.0];

fn main() -> Result<(), Box<dyn Error>> {
    println!("one number after the other");
    let mut stream = Moments::default();
    for x in NUMBERS {
        stream.push(x);
        let (mean, m) = (stream.mean()?, stream.variance(0)? * stream.count() as f64);
        println!("  x = {x:<4}   mean {mean:<5.2} M = {m:.2}");
    }
    moved()?;
    divisors()?;
    draw()?;

    let (s2, estimate) = (variance(&NUMBERS, 0)?, variance(&NUMBERS, 1)?);
    if s2 == 22.5 && estimate == 30.0 {
        println!("result: 90/4 = {s2}, 90/3 = {estimate}");
        Ok(())
    } else {
        Err(format!("the variance is 22.5 and its estimate 30, not {s2} and {estimate}").into())
    }
}

/// The variance in one pass, by the textbook.
fn textbook(x: &[f64]) -> Result<f64, Box<dyn Error>> {
    let squares: Vec<f64> = x.iter().map(|x| x * x).collect();
    Ok(mean(&squares)? - mean(x)?.powi(2))
}

/// The numbers, moved by one that should not matter.
fn moved() -> Result<(), Box<dyn Error>> {
    println!("the variance of c + 4, c + 7, c + 13, c + 16 is 90/4");
    println!("  c      Σx²/n − x̄²        variance   Moments    merged halves");
    for c in [0.0, 1e4, 1e6, 1e8, 1e9_f64] {
        let x = NUMBERS.map(|x| x + c);
        let stream: Moments = x.into_iter().collect();
        let mut halves: Moments = x[..2].iter().copied().collect();
        halves.merge(x[2..].iter().copied().collect());
        let (lost, two_passes) = (textbook(&x)?, variance(&x, 0)?);
        let (streamed, merged) = (stream.variance(0)?, halves.variance(0)?);
        println!("  {c:<6e} {lost:<18.10} {two_passes:<10} {streamed:<10.6} {merged:.6}");
        if [two_passes, streamed, merged]
            .iter()
            .any(|s| (s - 22.5).abs() > 1e-6)
        {
            return Err(format!("a variance has seen the shift by {c}").into());
        }
    }
    Ok(())
}

/// Four normal numbers of variance 1, ten thousand times: what both divisors find on average.
fn divisors() -> Result<(), Box<dyn Error>> {
    let rng = &mut Key::new(1).rng();
    let (mut by_n, mut by_one_less) = (Moments::default(), Moments::default());
    for _ in 0..10_000 {
        let x = [(); 4].map(|()| normal(rng));
        by_n.push(variance(&x, 0)?);
        by_one_less.push(variance(&x, 1)?);
    }
    println!("samples of 4 from a law of variance 1, on average");
    println!("  M / n             {:.3}, expected 3/4", by_n.mean()?);
    println!("  M / (n − 1)       {:.3}, expected 1", by_one_less.mean()?);
    Ok(())
}

/// What the textbook and two passes find over the shift, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let (mut lost, mut kept) = (Vec::new(), Vec::new());
    for power in (0..=100).map(|k| f64::from(k) / 10.0) {
        let x = NUMBERS.map(|x| x + 10.0_f64.powf(power));
        lost.push((power, textbook(&x)?));
        kept.push((power, variance(&x, 0)?));
    }
    let curves = [
        PlaneCurve::line("Σx²/n − x̄²", &lost),
        PlaneCurve::line("two passes", &kept),
    ];
    let figure =
        Figure::new("The variance of c + 4, …", "log₁₀ c", "variance").between(-20.0, 60.0);
    let path = save("out/012_variance.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
