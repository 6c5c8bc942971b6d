//! What coin flips say about the coin: the Beta posterior.
//!
//! A coin shows heads with an unknown probability θ. What is believed of θ is a distribution; before any flip let it be
//! flat, Beta(1, 1). Each flip multiplies the density by θ or by 1 − θ and stays in the family:
//!
//! ```text
//! Beta(a, b)  → heads →  Beta(a + 1, b),        Beta(a, b)  → tails →  Beta(a, b + 1)
//! ```
//!
//! so a and b count. The mean a / (a + b) is the probability that the next flip is heads (Laplace's rule of succession), and
//! the width falls like 1 / √n. The probability of all flips together, the *evidence*, is the product of the
//! predictions of each from those before it; compared with that of a fair coin, 2⁻ⁿ, it is a Bayes factor, which
//! judges "the coin is fair" against "any coin is as likely".
//!
//! What to try: a stubborn prior, Beta(50, 50), and how many flips it takes to move it. A fair coin (`TRUTH` = 0.5): the evidence
//! then grows for the simpler belief, slowly.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{Beta, ConjugatePrior, Continuous};
use gradus::random::{Key, bernoulli};
use std::error::Error;
use std::f64::consts::LN_2;

/// The probability of heads.
const TRUTH: f64 = 0.7;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(5).rng();
    let flips: Vec<bool> = (0..200)
        .map(|_| bernoulli(TRUTH, &mut rng))
        .collect::<Result<_, _>>()?;
    let prior = Beta::new(1.0, 1.0)?;

    println!("flips  heads   mean    90 % of the belief    ln Bayes factor against a fair coin");
    let mut beliefs = Vec::new();
    for n in [0, 1, 5, 20, 200] {
        let belief = prior.posterior(&flips[..n])?;
        let (low, high) = (belief.quantile(0.05), belief.quantile(0.95));
        let factor = prior.ln_evidence(&flips[..n])? + n as f64 * LN_2;
        let heads = belief.a() - 1.0;
        println!(
            "{n:5} {heads:6}   {:.4}   {low:.4} to {high:.4}   {factor:8.3}",
            belief.mean()?
        );
        beliefs.push((format!("{n} flips"), belief));
    }
    draw(&beliefs)?;

    let last = &beliefs[beliefs.len() - 1].1;
    let next = last.predictive()?.probability();
    // one after the other is all at once
    let again = flips
        .iter()
        .try_fold(prior, |belief, flip| belief.updated(*flip))?;
    if again == *last && (last.quantile(0.001)..last.quantile(0.999)).contains(&TRUTH) {
        println!("result: the next flip is heads with probability {next:.3}");
        Ok(())
    } else {
        Err(format!("{TRUTH} lies where the belief says one in a thousand: {last:?}").into())
    }
}

/// The density of each belief, in `out/`.
fn draw(beliefs: &[(String, Beta)]) -> Result<(), Box<dyn Error>> {
    let densities: Vec<_> = beliefs
        .iter()
        .map(|(_, belief)| move |theta: f64| belief.pdf(theta))
        .collect();
    let curves: Vec<_> = beliefs
        .iter()
        .zip(&densities)
        .map(|((name, _), f)| Function {
            name: name.as_str(),
            f,
        })
        .collect();
    let figure = Figure::new("Belief in a coin", "probability of heads", "density");
    let svg = function_plot(&figure, &curves, 0.001, 0.999)?;
    println!(
        "picture: {}",
        save("out/330_coin_flips.svg", &svg)?.display()
    );
    Ok(())
}
