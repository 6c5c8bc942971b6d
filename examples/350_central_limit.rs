//! The law of large numbers and the central limit theorem, exactly.
//!
//! Let X₁, X₂, … be independent draws with mean µ and standard deviation σ. Their mean goes to µ (law of large numbers), and
//! how far it is off has, times √n / σ, nearly the normal distribution (central limit theorem):
//!
//! ```text
//! P( (X₁ + … + Xₙ − nµ) / σ√n ≤ z )  →  Φ(z)
//! ```
//!
//! Berry and Esseen tell how near: sup |Fₙ − Φ| ≤ 0.4748 ρ / (σ³ √n), with ρ = E|X − µ|³. For a coin the sum is binomial, so
//! nothing has to be drawn to see it: Fₙ is a staircase with steps at whole numbers, and the largest distance from
//! Φ is at a step. A bent coin leans to one side, its ρ / σ³ is larger, and it needs more throws.
//!
//! Where variances do not exist there is no such theorem: the mean of n Cauchy draws is as far off as one of them.
//!
//! What to try: `BENT` = 0.5, where the bound is tight within a factor of 1.2; or 0.001.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, PlaneCurve, function_plot, save, xy_plot};
use gradus::probability::{
    Binomial, Cauchy, Continuous, Discrete, Exponential, Normal, ProbabilityError,
};
use gradus::random::Key;
use std::error::Error;

/// The probability of heads.
const BENT: f64 = 0.1;
const DRAWS: u32 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    println!("means of n draws, of mean 1, and of none");
    let waits = running_means(&Exponential::new(1.0)?, 1);
    let wild = running_means(&Cauchy::new(1.0, 1.0)?, 2);
    println!("     n   exponential   Cauchy");
    for n in [10, 100, 1000, 10_000, 20_000] {
        println!("{n:6} {:12.4} {:8.3}", waits[n - 1].1, wild[n - 1].1);
    }

    println!("heads of n throws of a coin with P(heads) = {BENT}");
    println!("     n   sup |F − Φ|   bound    share of the bound   times √n");
    let mut within = true;
    for n in [4, 16, 64, 256, 1024, 4096] {
        let (gap, bound) = (distance(n, BENT)?, bound(n, BENT));
        let root = (n as f64).sqrt();
        println!(
            "{n:6}   {gap:.5}       {bound:.5}   {:.2}                 {:.3}",
            gap / bound,
            gap * root
        );
        within &= gap <= bound;
    }

    draw_means(&waits, &wild)?;
    draw_staircases()?;
    let halved = distance(4096, BENT)? / distance(1024, BENT)?;
    if within && (halved - 0.5).abs() < 0.05 {
        println!("result: four times the throws halve the distance ({halved:.3})");
        Ok(())
    } else {
        Err(format!("the distance fell by {halved}, and was within the bound: {within}").into())
    }
}

/// The mean of the first n draws, for each n.
fn running_means(law: &impl Continuous, stream: u64) -> Vec<(f64, f64)> {
    let (mut rng, mut sum) = (Key::new(35).stream(stream).rng(), 0.0);
    let mut mean = |n: u32| {
        sum += law.sample(&mut rng);
        (f64::from(n), sum / f64::from(n))
    };
    (1..=DRAWS).map(&mut mean).collect()
}

/// The number of heads, less its mean, in standard deviations.
fn standardized(k: u64, n: f64, p: f64) -> f64 {
    (k as f64 - n * p) / (n * p * (1.0 - p)).sqrt()
}

/// sup |F − Φ|, at a step of F or just before it.
fn distance(n: u64, p: f64) -> Result<f64, ProbabilityError> {
    let heads = Binomial::new(n, p)?;
    let gap = |k: u64| {
        let bell = Normal::STANDARD.cdf(standardized(k, n as f64, p));
        let before = k.checked_sub(1).map_or(0.0, |k| heads.cdf(k));
        f64::max((heads.cdf(k) - bell).abs(), (before - bell).abs())
    };
    Ok((0..=n).map(gap).fold(0.0, f64::max))
}

/// 0.4748 ρ / (σ³ √n): I. Shevtsova, *On the absolute constants in the Berry–Esseen type inequalities* (2011).
fn bound(n: u64, p: f64) -> f64 {
    let q = 1.0 - p;
    0.4748 * (p * p + q * q) / (p * q * n as f64).sqrt()
}

/// Running means, in `out/`.
fn draw_means(waits: &[(f64, f64)], wild: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    let figure = Figure::new("Means of n draws", "n", "mean").between(-4.0, 6.0);
    let (waits, wild) = (("exponential", waits), ("Cauchy", wild));
    let curves = [waits, wild].map(|(name, means)| PlaneCurve::line(name, means));
    let svg = xy_plot(&figure, &curves)?;
    println!(
        "picture: {}",
        save("out/350_large_numbers.svg", &svg)?.display()
    );
    Ok(())
}

/// Distribution functions of standardized sums, in `out/`.
fn draw_staircases() -> Result<(), Box<dyn Error>> {
    let staircase = |n: u64| -> Result<_, ProbabilityError> {
        let heads = Binomial::new(n, BENT)?;
        Ok(move |z: f64| {
            let passed = (0..=n).take_while(|&k| standardized(k, n as f64, BENT) <= z);
            passed.last().map_or(0.0, |k| heads.cdf(k))
        })
    };
    let bell = |z: f64| Normal::STANDARD.cdf(z);
    let (few, some, many) = (staircase(4)?, staircase(16)?, staircase(256)?);
    let named: [(_, &dyn Fn(f64) -> f64); 4] = [
        ("Φ", &bell),
        ("4 throws", &few),
        ("16 throws", &some),
        ("256 throws", &many),
    ];
    let curves = named.map(|(name, f)| Function::new(name, f));
    let figure = Figure::new(
        "Heads of a bent coin",
        "standard deviations from the mean",
        "P(at most)",
    );
    let svg = function_plot(&figure, &curves, -3.0, 3.0)?;
    println!(
        "picture: {}",
        save("out/350_central_limit.svg", &svg)?.display()
    );
    Ok(())
}
