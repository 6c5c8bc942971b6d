//! One standard law, moved, stretched, turned over: families of distributions and what they are made of.
//!
//! A family of location and scale is the law of X = μ + σ Z for one standard Z, so that
//!
//! ```text
//! F(x) = F_Z((x − μ) / σ),   p(x) = p_Z((x − μ) / σ) / σ
//! ```
//!
//! Other families come from a function of a number: |Z| (half-normal), e^Z (log-normal), 1 / Y of a gamma number Y (inverse gamma),
//! from a law of which only an interval is left (the half-normal one again), or from a direction with noise (von Mises). The tails differ more than the middle does: of laws with the same median and the same quartiles,
//! the normal one holds 1 number in 143 beyond four quartiles, Cauchy's one in 6.
//!
//! What to try: `FAR` = 20, where the normal law has nothing left. The mean of 350° and 10° as numbers.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    Affine, Cauchy, Continuous, Exp, Exponential, Gamma, Gumbel, HalfNormal, InverseGamma, Laplace,
    Logistic, Mode, Normal, StudentT, Transformed, Triangular, Truncated, VonMises,
};
use gradus::random::Key;
use std::error::Error;

/// How many quartiles away a tail begins.
const FAR: f64 = 4.0;
const DRAWS: u32 = 20_000;

type Named = (&'static str, Box<dyn Continuous>);

fn main() -> Result<(), Box<dyn Error>> {
    let laws = laws()?;
    println!("law                  quartile   beyond {FAR} on either side");
    for (name, law) in &laws {
        let (quartile, beyond) = (law.quantile(0.75), 2.0 * law.sf(FAR));
        println!("  {name:<18} {quartile:8.4}   {beyond:.5}");
    }
    draw(&laws)?;
    tell_origins()?;

    // the largest of n Gumbel numbers is one of them, moved by ln n
    let (n, x) = (100.0_f64, 6.0);
    let largest = Gumbel::new(0.0, 1.0)?.cdf(x).powf(n);
    let law = Gumbel::new(n.ln(), 1.0)?;
    let moved = law.cdf(x);
    println!("the largest of 100 is at most {x}: {largest:.6}, moved by ln 100: {moved:.6}");
    println!("its mode {:.4}, its mean {:.4}", law.mode()?, law.mean()?);

    let way = Affine::of(Exponential::new(0.1)?, 1.0, 1.0)?;
    let (mean, deviation) = (way.mean()?, way.variance()?.sqrt());
    println!("a minute to walk, then a bus every ten: {mean} ± {deviation} minutes");

    let tails: Vec<f64> = laws.iter().map(|(_, law)| law.sf(FAR)).collect();
    let heavier = tails.windows(2).all(|pair| pair[0] < pair[1]);
    if heavier && (largest - moved).abs() < 1e-14 {
        let apart = tails[4] / tails[0];
        println!("result: equal in the middle, {apart:.0} times apart beyond {FAR}");
        Ok(())
    } else {
        Err(format!("tails {tails:?} should grow").into())
    }
}

/// Symmetric laws, each with the scale for which half of all numbers lie between −1 and 1.
fn laws() -> Result<Vec<Named>, Box<dyn Error>> {
    let normal = scale_of(&Normal::new(0.0, 1.0)?);
    let logistic = scale_of(&Logistic::new(0.0, 1.0)?);
    let laplace = scale_of(&Laplace::new(0.0, 1.0)?);
    let student = scale_of(&StudentT::new(0.0, 1.0, 2.0)?);
    Ok(vec![
        ("normal", Box::new(Normal::new(0.0, normal)?)),
        ("logistic", Box::new(Logistic::new(0.0, logistic)?)),
        ("Laplace", Box::new(Laplace::new(0.0, laplace)?)),
        ("Student", Box::new(StudentT::new(0.0, student, 2.0)?)),
        ("Cauchy", Box::new(Cauchy::new(0.0, 1.0)?)),
    ])
}

/// What other families are made of, by draws.
fn tell_origins() -> Result<(), Box<dyn Error>> {
    println!("what they are made of, by {DRAWS} draws:");
    let sizes = share(&Normal::new(0.0, 2.0)?, |z| z.abs() <= 1.0);
    tell(
        "|Z| <= 1, half-normal",
        sizes,
        HalfNormal::new(2.0)?.cdf(1.0),
    );
    let right = Truncated::new(Normal::new(0.0, 2.0)?, 0.0, f64::INFINITY)?;
    tell(
        "Z <= 1, given Z > 0",
        share(&right, |z| z <= 1.0),
        right.cdf(1.0),
    );
    let grown = share(&Normal::STANDARD, |z| z.exp() <= 3.0);
    let law = Transformed::new(Normal::STANDARD, Exp)?.cdf(3.0);
    tell("e^Z <= 3, log-normal", grown, law);
    let small = share(&Gamma::new(3.0, 4.0)?, |y| 1.0 / y <= 2.0);
    let law = InverseGamma::new(3.0, 4.0)?.cdf(2.0);
    tell("1 / Y <= 2, inverse gamma", small, law);
    let wind = VonMises::new(0.0, 25.0)?;
    let drawn = share(&wind, |x| x.abs() < 0.2);
    tell("within 0.2 of north", drawn, 1.0 - 2.0 * wind.sf(0.2));
    let guess = Triangular::new(0.0, 0.5, 2.0)?;
    let drawn = share(&guess, |x| x < 0.5);
    tell("a guess below its mode", drawn, guess.cdf(0.5));
    Ok(())
}

/// The scale that puts the upper quartile of a symmetric standard law at 1.
fn scale_of(standard: &dyn Continuous) -> f64 {
    1.0 / standard.quantile(0.75)
}

/// The share of draws for which something holds.
fn share(law: &impl Continuous, holds: impl Fn(f64) -> bool) -> f64 {
    let rng = &mut Key::new(322).rng();
    let count = (0..DRAWS).filter(|_| holds(law.sample(rng))).count();
    count as f64 / f64::from(DRAWS)
}

fn tell(what: &str, drawn: f64, law: f64) {
    println!("  {what:<26} {drawn:.4}, by the law {law:.4}");
}

/// The densities, in `out/`.
fn draw(laws: &[Named]) -> Result<(), Box<dyn Error>> {
    let densities: Vec<_> = laws.iter().map(|(_, law)| |x: f64| law.pdf(x)).collect();
    let pairs = laws.iter().zip(&densities);
    let curves: Vec<_> = pairs.map(|((name, _), f)| Function { name, f }).collect();
    let figure = Figure::new("Half of all numbers between -1 and 1", "x", "density");
    let path = save(
        "out/322_families.svg",
        &function_plot(&figure, &curves, -6.0, 6.0)?,
    )?;
    println!("picture: {}", path.display());
    Ok(())
}
