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
//! How many of the next ten flips are heads is predicted by all coins that are still possible, each as much as it is believed in:
//! a beta–binomial count, which is wider than the binomial one of the coin with the mean probability.
//!
//! And is the belief right as often as it says? Draw a coin from the prior, flip it, draw from the posterior: among those draws all
//! ranks of the true coin must be as frequent (*simulation-based calibration*). With another prior in the posterior they are not.
//!
//! What to try: a stubborn prior, Beta(50, 50), and how many flips it takes to move it. A fair coin (`TRUTH` = 0.5): the evidence
//! then grows for the simpler belief, slowly.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    Beta, Binomial, Calibration, ConjugatePrior, Continuous, Discrete, ProbabilityError,
};
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
        let unit = if n == 1 { "flip" } else { "flips" };
        beliefs.push((format!("{n} {unit}"), belief));
    }
    draw(&beliefs)?;

    let young = &beliefs[2].1; // after five flips
    let (any, one) = (
        young.predictive_count(10)?,
        Binomial::new(10, young.mean()?)?,
    );
    println!("after 5 flips, at most 4 heads of 10 with probability");
    println!("  {:.3} by all coins that are left", any.cdf(4));
    println!("  {:.3} by the mean coin", one.cdf(4));
    let stubborn = Beta::new(20.0, 20.0)?;
    let (right, wrong) = (calibrated(prior, prior)?, calibrated(prior, stubborn)?);
    println!("ranks of 2000 coins are even, p = {right:.3}; with another prior, p = {wrong:.3}");

    let last = &beliefs[beliefs.len() - 1].1;
    let next = last.predictive()?.probability();
    // one after the other is all at once
    let again = flips
        .iter()
        .try_fold(prior, |belief, flip| belief.updated(*flip))?;
    let told = (last.quantile(0.001)..last.quantile(0.999)).contains(&TRUTH);
    if again == *last && told && right > 0.001 && wrong < 0.001 {
        println!("result: the next flip is heads with probability {next:.3}");
        Ok(())
    } else {
        Err(format!("{TRUTH} lies where the belief says one in a thousand: {last:?}").into())
    }
}

/// How improbable it is that the ranks of true coins are so uneven, if they come from `truth` and are believed to come from `prior`.
fn calibrated(truth: Beta, prior: Beta) -> Result<f64, ProbabilityError> {
    let (rng, mut ranks) = (&mut Key::new(6).rng(), Calibration::new(9)?);
    for _ in 0..2000 {
        let coin = truth.sample(rng);
        let heads = Binomial::new(10, coin)?.sample(rng);
        let flips: Vec<bool> = (0..10).map(|i| i < heads).collect();
        let belief = prior.posterior(&flips)?;
        let draws: Vec<f64> = (0..9).map(|_| belief.sample(rng)).collect();
        ranks.record(coin, &draws, rng)?;
    }
    Ok(ranks.test(10)?.p_value)
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
