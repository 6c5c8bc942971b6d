//! Three distributions: a coin, a die, and what the mean of many dice becomes.
//!
//! ```text
//! Bernoulli      p(x) = pˣ (1 − p)¹⁻ˣ,  x in {0, 1};      E X = p,      Var X = p (1 − p)
//! categorical    p(k) = p_k,  k in {0, …, K − 1};         E f(X) = Σ p_k f(k)
//! normal         p(x) = e^(−(x − µ)²/2σ²) / (σ √2π);      E X = µ,      Var X = σ²
//! ```
//!
//! A die has mean 3.5 and variance 35/12. The mean of n dice has the same mean and a variance n times smaller, and for
//! large n its distribution is nearly normal, whatever that of one is: the central limit theorem. That is why the noise
//! of the models to come is normal.
//!
//! What to try: `DICE` = 2, whose means have the shape of a triangle. A loaded die: weights 1, 1, 1, 1, 1, 15.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::Moments;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{
    Bernoulli, Categorical, Continuous, Discrete, Normal, expectation, variance,
};
use gradus::random::{Key, normal, permutation, uniform};
use std::error::Error;

/// How many dice make a mean, and how many means are drawn.
const DICE: usize = 12;
const MEANS: usize = 4000;
const FACES: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

fn main() -> Result<(), Box<dyn Error>> {
    let coin = Bernoulli::new(0.3)?;
    let heads = (0..1000)
        .scan(Key::new(1).rng(), |rng, _| Some(coin.sample(rng)))
        .sum::<u64>();
    println!(
        "a bent coin       p(1) = {}, mean {}, variance {}",
        coin.pmf(1),
        coin.mean()?,
        coin.variance()?
    );
    println!("  1000 throws     {heads} heads");

    let die = Categorical::from_weights(&[1.0; 6])?;
    let (mean, spread) = (
        expectation(die.probabilities(), &FACES)?,
        variance(die.probabilities(), &FACES)?,
    );
    println!("a die             mean {mean:.4}, variance {spread:.4} = 35/12");

    let deviation = (spread / DICE as f64).sqrt();
    let law = Normal::new(mean, deviation)?;
    let means = means_of(&die);
    let seen: Moments = means.iter().copied().collect();
    println!("means of {DICE} dice");
    println!(
        "  drawn           mean {:.4}, deviation {:.4}",
        seen.mean()?,
        seen.variance(1)?.sqrt()
    );
    println!(
        "  the normal law  mean {:.4}, deviation {:.4}",
        law.mean()?,
        law.standard_deviation()
    );
    let (low, high) = (law.quantile(0.025), law.quantile(0.975));
    let inside = means.iter().filter(|&&m| low < m && m < high).count() as f64 / MEANS as f64;
    println!(
        "  95 % of it      {low:.3} to {high:.3}; of the means drawn {:.1} %",
        100.0 * inside
    );
    drawn_otherwise();
    draw(&means, &law)?;

    // A share of 4000 has a deviation of 0.34 %; the mean is off by 0.008 · 4 once in 16 000 times.
    if (inside - 0.95).abs() < 0.015 && (seen.mean()? - 3.5).abs() < 4.0 * deviation / 63.0 {
        println!(
            "result: {:.1} % of the means of {DICE} dice lie where the normal law says 95 %",
            100.0 * inside
        );
        Ok(())
    } else {
        Err(format!("the central limit theorem does not hold: {inside}").into())
    }
}

/// Means of some throws each.
fn means_of(die: &Categorical) -> Vec<f64> {
    let rng = &mut Key::new(2).rng();
    let mut throw = || die.sample(rng) as f64 + 1.0; // outcomes 0 to 5, faces 1 to 6
    let mut mean = || (0..DICE).map(|_| throw()).sum::<f64>() / DICE as f64;
    (0..MEANS).map(|_| mean()).collect()
}

/// The draws that all others are made of: a uniform number, a normal one, an order.
fn drawn_otherwise() {
    let rng = &mut Key::new(3).rng();
    println!(
        "by hand           uniform {:.4}, normal {:.4}",
        uniform(rng),
        normal(rng)
    );
    println!(
        "                  an order of five: {:?}",
        permutation(5, rng)
    );
}

/// How often each mean came, and the density of the normal law, in `out/`.
fn draw(means: &[f64], law: &Normal) -> Result<(), Box<dyn Error>> {
    let step = 1.0 / DICE as f64; // means are multiples of it
    let density = |k: u32| {
        let at = 1.0 + f64::from(k) * step;
        let count = means
            .iter()
            .filter(|&&m| (m - at).abs() < step / 2.0)
            .count();
        (at, count as f64 / MEANS as f64 / step)
    };
    let seen: Vec<(f64, f64)> = (0..=60)
        .map(density)
        .filter(|point| point.1 > 0.0)
        .collect();
    let bell = |i: u32| {
        let x = 1.5 + f64::from(i) / 50.0;
        (x, law.pdf(x))
    };
    let bell: Vec<(f64, f64)> = (0..=200).map(bell).collect();
    let figure = Figure::new("The mean of twelve dice", "mean", "density");
    let curves = [
        PlaneCurve::points("4000 means", &seen),
        PlaneCurve::line("normal law", &bell),
    ];
    let svg = xy_plot(&figure, &curves)?;
    println!(
        "picture: {}",
        save("out/320_distributions.svg", &svg)?.display()
    );
    Ok(())
}
