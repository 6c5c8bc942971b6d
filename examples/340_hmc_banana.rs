//! Hamiltonian Monte Carlo on a banana.
//!
//! A density that is long, thin and bent,
//!
//! ```text
//! ln p(x, y) = −½ x² / a² − ½ (y − b (x² − a²))²  + constant
//! ```
//!
//! is hard for a random walk: a step that fits the width goes around the bend forever, a longer one is refused. Hamiltonian
//! Monte Carlo gives the point a random push and lets it roll along the bend, by leapfrog steps that need the gradient:
//!
//! ```text
//! v ← v + ½ h ∇ln p(x),   x ← x + h v,   v ← v + ½ h ∇ln p(x)
//! ```
//!
//! The mean of y is 0 and the variance of x is a². How much each chain knows of that is its effective sample size, and
//! R̂ says whether chains from different starts have met.
//!
//! What Metropolis' refusals do is seen on a chain of five places with weights 1, 2, 4, 2, 1 and steps to a neighbor: its stationary
//! distribution is the weights', and it cannot be told from its reversal (detailed balance). Draws that are independent can be made
//! to count for more, too: E e^U = e − 1 by draws as they come, in opposite pairs u and 1 − u, and beside u, whose mean is ½.
//!
//! What to try: a `STEP` of 1.0 (proposals are refused: the energy errs), or 3 leaps instead of 60 (a random walk again).
//! A stronger bend: b = 0.15.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{
    Chain, MarkovChain, ProbabilityError, Simplex, antithetic_mean, controlled_mean,
    effective_sample_size, hamiltonian, metropolis, r_hat,
};
use gradus::random::{Key, uniform};
use std::error::Error;

/// Length and bend.
const A: f64 = 10.0;
const B: f64 = 0.05;
const STEP: f64 = 0.25;
const LEAPS: u32 = 60;
const DRAWS: usize = 1000;
const ASKED: usize = DRAWS * LEAPS as usize;

fn main() -> Result<(), Box<dyn Error>> {
    let starts = [[0.0, -5.0], [14.0, 5.0], [-14.0, 5.0]];
    let (mut walks, mut rolls) = (Vec::new(), Vec::new());
    for (i, start) in (0..).zip(starts) {
        let rng = &mut Key::new(7).stream(i).rng();
        walks.push(metropolis(|x| banana(x).0, &start, 1.5, ASKED, rng)?);
        rolls.push(hamiltonian(banana, &start, STEP, LEAPS, DRAWS, rng)?);
    }
    let asked = 3 * ASKED;
    println!("of {asked} evaluations each      accepted   effective draws of x   R̂");
    let walked = row("random walk", &walks)?;
    let rolled = row("Hamiltonian", &rolls)?;
    let x = rolls[0].coordinate(0);
    let square = x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64;
    println!("variance of x: {square:.3}, a² = {:.3}", A * A);
    draw(&walks[0], &rolls[0])?;
    five_places()?;
    fewer_draws()?;

    if rolled > walked && (square / (A * A) - 1.0).abs() < 0.3 {
        println!(
            "result: rolling is worth {:.1} times as many draws as walking",
            rolled / walked
        );
        Ok(())
    } else {
        Err(format!("rolling was worth {rolled} draws, walking {walked}").into())
    }
}

/// Metropolis' chain on five places, as a matrix.
fn five_places() -> Result<(), ProbabilityError> {
    let target = Simplex::new(vec![0.1, 0.2, 0.4, 0.2, 0.1])?;
    let half = |i: usize, j: usize| {
        if (i + 1) % 5 == j || (j + 1) % 5 == i {
            0.5
        } else {
            0.0
        }
    };
    let around: Vec<Vec<f64>> = (0..5)
        .map(|i| (0..5).map(|j| half(i, j)).collect())
        .collect();
    let chain = MarkovChain::metropolis(&target, &MarkovChain::new(&around)?)?;
    let (shares, reversible) = (chain.stationary()?, chain.is_reversible(1e-15)?);
    println!(
        "five places: shares {:.3?}, reversible: {reversible}",
        shares.as_slice()
    );
    Ok(())
}

/// The mean of eᵘ by 10 000 evaluations in three ways.
fn fewer_draws() -> Result<(), ProbabilityError> {
    let rng = &mut Key::new(3).rng();
    let u: Vec<f64> = (0..10_000).map(|_| uniform(rng)).collect();
    let e: Vec<f64> = u.iter().map(|u| u.exp()).collect();
    let plain = controlled_mean(&e, &u, 0.5, 0.0)?;
    let pairs = antithetic_mean(|u| u[0].exp(), 1, 5000, rng)?;
    let beside = controlled_mean(&e, &u, 0.5, 1.69)?;
    for (name, found) in [("plain", plain), ("pairs", pairs), ("beside u", beside)] {
        println!(
            "E e^U, {name:9} {:.5} ± {:.5}",
            found.mean, found.standard_error
        );
    }
    Ok(())
}

/// ln p and its gradient.
fn banana(at: &[f64]) -> (f64, Vec<f64>) {
    let (x, y) = (at[0], at[1]);
    let off = y - B * (x * x - A * A);
    let ln_p = -0.5 * x * x / (A * A) - 0.5 * off * off;
    (ln_p, vec![-x / (A * A) + 2.0 * B * x * off, -off])
}

fn row(name: &str, chains: &[Chain]) -> Result<f64, Box<dyn Error>> {
    let x: Vec<_> = chains.iter().map(|chain| chain.coordinate(0)).collect();
    let effective = effective_sample_size(&x)?;
    println!(
        "{name:25} {:8.2} {effective:14.0} {:17.3}",
        chains[0].accepted,
        r_hat(&x)?
    );
    Ok(effective)
}

/// The draws of both in the plane, in `out/`; of the walk as many as of the other.
fn draw(walk: &Chain, roll: &Chain) -> Result<(), Box<dyn Error>> {
    let points = |chain: &Chain| -> Vec<_> {
        let first = chain.draws.iter().take(400);
        first.map(|x| (x[0], x[1])).collect()
    };
    let (walked, rolled) = (points(walk), points(roll));
    let figure = Figure::new("400 draws from a banana", "x", "y");
    let curves = [
        PlaneCurve::points("Hamiltonian", &rolled),
        PlaneCurve::line("random walk", &walked),
    ];
    let path = save("out/340_hmc_banana.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
