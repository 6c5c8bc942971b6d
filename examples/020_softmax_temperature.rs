//! Softmax and its temperature: from scores to probabilities, more or less decided.
//!
//! Softmax turns scores into probabilities, and a temperature T > 0 says how far apart scores must be to
//! matter:
//!
//! ```text
//! pᵢ = e^(xᵢ/T) / Σⱼ e^(xⱼ/T)
//! ```
//!
//! Only differences count: pᵢ / pⱼ = e^((xᵢ − xⱼ)/T), so a shift of all scores changes nothing (and the
//! program may subtract the largest one, which is why no score is too large for it). As T → 0 everything
//! goes to the largest score; at T = 1 it is plain softmax; as T → ∞ all become equal. In between the
//! entropy H(p) rises steadily from 0 to ln n, since
//!
//! ```text
//! dH/dT = Var_p(x) / T³  ≥  0
//! ```
//!
//! Physicists know it as the Boltzmann distribution of the energies −x. Language models sample their next
//! word from it, distillation trains a small network on the soft answers of a large one, and annealing
//! lowers T step by step.
//!
//! What to try: make two scores equal and lower T. Replace the scores by 1000 times their size at T = 1000.
//! Find the T at which the best of the four classes has exactly half of the probability.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::entropy;
use gradus::numeric::{Simplex, log_sum_exp, softmax, softmax_with_temperature};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;

/// Scores of four classes.
const SCORES: [f64; 4] = [2.0, 1.0, 0.0, -1.0];

fn main() -> Result<(), Box<dyn Error>> {
    println!("scores {SCORES:?}");
    println!("  T         p                                   H(p)");
    for t in [1e-3, 0.25, 0.5, 1.0, 2.0, 4.0, 1e3] {
        let p = Simplex::new(softmax_with_temperature(&SCORES, t)?)?;
        let shares: Vec<String> = p.as_slice().iter().map(|p| format!("{p:.4}")).collect();
        println!("  {t:<8}  {}    {:.4}", shares.join("   "), entropy(&p));
    }
    shifted()?;
    let (slope, predicted) = heat()?;
    draw()?;

    if (slope / predicted - 1.0).abs() < 1e-8 {
        println!("result: dH/dT = Var(x)/T³ = {predicted:.4} at T = 1");
        Ok(())
    } else {
        Err(format!("the entropy rises by {slope}, not by {predicted}").into())
    }
}

/// Scores that no exponential could take: only their differences count.
fn shifted() -> Result<(), Box<dyn Error>> {
    let far = SCORES.map(|x| x + 1e4);
    let (here, there) = (softmax(&SCORES)?, softmax(&far)?);
    println!("scores + 10 000: p = {there:.4?}");
    // The denominator, as a logarithm: a smooth maximum, which moves with the scores.
    let (near, moved) = (log_sum_exp(&SCORES), log_sum_exp(&far));
    println!("  ln Σ exp xᵢ = {near:.4}, and {moved:.4} after the shift");
    if here == there && (moved - near - 1e4).abs() < 1e-11 {
        Ok(())
    } else {
        Err("softmax has changed under a shift of its scores".into())
    }
}

/// The slope of the entropy at T = 1, by a central difference and by the formula.
fn heat() -> Result<(f64, f64), Box<dyn Error>> {
    const H: f64 = 1e-5;
    let at = |t: f64| -> Result<f64, Box<dyn Error>> {
        Ok(entropy(&Simplex::new(softmax_with_temperature(
            &SCORES, t,
        )?)?))
    };
    let p = softmax(&SCORES)?;
    let mean = |f: &dyn Fn(f64) -> f64| p.iter().zip(SCORES).map(|(p, x)| p * f(x)).sum::<f64>();
    let center = mean(&|x| x);
    let variance = mean(&|x| (x - center).powi(2));
    let slope = (at(1.0 + H)? - at(1.0 - H)?) / (2.0 * H);
    println!("at T = 1");
    println!("  mean and variance of the scores   {center:.4}, {variance:.4}");
    println!("  dH/dT by a central difference     {slope:.8}");
    println!("  Var(x) / T³                       {variance:.8}");
    Ok((slope, variance))
}

/// Every probability over log₂ T, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let share = |i: usize| {
        move |power: f64| softmax_with_temperature(&SCORES, power.exp2()).map_or(f64::NAN, |p| p[i])
    };
    let names = ["x = 2", "x = 1", "x = 0", "x = -1"];
    let shares = [share(0), share(1), share(2), share(3)];
    let curves: Vec<Function<'_>> = names
        .iter()
        .zip(&shares)
        .map(|(name, f)| Function::new(name, f))
        .collect();
    let svg = function_plot(
        &Figure::new(
            "Softmax: from the largest score to no preference",
            "log₂ T",
            "p",
        )
        .between(0.0, 1.0),
        &curves,
        -4.0,
        6.0,
    )?;
    println!(
        "picture: {}",
        save("out/020_softmax_temperature.svg", &svg)?.display()
    );
    Ok(())
}
