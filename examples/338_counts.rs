//! Counting: with and without putting back, rare events, waiting, and what counts say of a die.
//!
//! From an urn with N balls, K of them marked, n are drawn. The number of marked ones is
//!
//! ```text
//! put back:       binomial         C(n, k) p^k (1 − p)^(n − k),  p = K / N
//! kept:           hypergeometric   C(K, k) C(N − K, n − k) / C(N, n)
//! many and rare:  Poisson          λ^k e^−λ / k!,  λ = n p
//! ```
//!
//! The means agree; the variances do not: what is kept cannot come twice, and varies less by the factor (N − n) / (N − 1).
//! A die of unknown make is learned from its counts: with Dirichlet's law as the prior, learning is adding.
//!
//! Last, the way back: how many are marked, if some were drawn; and counts that vary more than rare events do.
//!
//! What to try: `URN` = 10 000, and the two ways of drawing are one. A prior of 0.01 for each face.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::Simplex;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{
    Binomial, ConjugatePrior, Dirichlet, Discrete, DiscreteUniform, Event, Geometric,
    Hypergeometric, Multinomial, NegativeBinomial, Poisson,
};
use gradus::random::Key;
use std::error::Error;

/// Balls, marked ones, drawn ones.
const URN: u64 = 50;
const MARKED: u64 = 20;
const DRAWN: u64 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let p = MARKED as f64 / URN as f64;
    let kept = Hypergeometric::new(URN, MARKED, DRAWN)?;
    let back = Binomial::new(DRAWN, p)?;
    let rare = Poisson::new(DRAWN as f64 * p)?;
    let laws: [(&str, &dyn Discrete); 3] =
        [("kept", &kept), ("put back", &back), ("Poisson", &rare)];
    println!("marked balls     mean   variance   P(8)     P(at least 12)");
    for (name, law) in laws {
        let (mean, variance) = (law.mean()?, law.variance()?);
        println!(
            "  {name:<12} {mean:6.3}   {variance:8.3}   {:.4}   {:.4}",
            law.pmf(8),
            law.sf(11)
        );
    }
    let factor = kept.variance()? / back.variance()?;
    println!("  {factor:.4} = (N - n) / (N - 1)");
    draw(&laws)?;

    tell_die()?;
    let six = learn_die()?;
    fit_counts()?;
    let exact = (URN - DRAWN) as f64 / (URN - 1) as f64;
    if (factor - exact).abs() < 1e-12 && (six - 0.5).abs() < 0.06 {
        println!("result: after 1000 throws P(six) is believed to be {six:.3}");
        Ok(())
    } else {
        Err(format!("P(six) is 0.5, not {six}; the variances differ by {factor}").into())
    }
}

/// A fair die: its moments, waiting for a six, and events.
fn tell_die() -> Result<(), Box<dyn Error>> {
    let die = DiscreteUniform::new(1, 6)?;
    let (wait, third) = (
        Geometric::new(1.0 / 6.0)?,
        NegativeBinomial::new(3.0, 1.0 / 6.0)?,
    );
    println!(
        "a fair die: mean {}, variance {:.4}",
        die.mean()?,
        die.variance()?
    );
    println!(
        "misses before the first six: {}, before the third: {}",
        wait.mean()?,
        third.mean()?
    );

    let faces = Simplex::uniform(6)?;
    let even = Event::new(6, |i| (i + 1) % 2 == 0);
    let large = Event::new(6, |i| i + 1 > 3);
    println!(
        "P(even) {:.3}, P(even | above 3) {:.3}, P(even or above 3) {:.3}",
        even.probability(&faces)?,
        even.probability_given(&large, &faces)?,
        even.union(&large)?.probability(&faces)?
    );
    Ok(())
}

/// What is believed of a filed die after more and more throws; the last probability of a six.
fn learn_die() -> Result<f64, Box<dyn Error>> {
    let truth = Simplex::new(vec![0.1, 0.1, 0.1, 0.1, 0.1, 0.5])?;
    let mut belief = Dirichlet::new(vec![1.0; 6])?;
    let mut rng = Key::new(338).rng();
    println!("throws   P(six)    deviation");
    for throws in [0, 10, 90, 900] {
        let counts = Multinomial::new(throws, truth.clone()).sample(&mut rng)?;
        let seen: Vec<usize> = (0..6)
            .flat_map(|face| (0..counts[face]).map(move |_| face))
            .collect();
        belief = belief.posterior(&seen)?;
        let total: f64 = belief.concentrations().iter().sum();
        let deviation = belief.covariance(5, 5).unwrap_or(f64::NAN).sqrt();
        println!(
            "{:6}   {:.4}    {deviation:.4}",
            total - 6.0,
            belief.mean()?.as_slice()[5]
        );
    }
    Ok(belief.mean()?.as_slice()[5])
}

/// A pond with marked fish, and bugs in the modules of a program: most modules have few, some have many.
fn fit_counts() -> Result<(), Box<dyn Error>> {
    let pond = Hypergeometric::fit(99, 7, &[3])?.distribution; // 3 of 7 were marked
    println!("a pond of 99 fish: {} marked", pond.marked());
    let bugs = [0, 0, 0, 1, 1, 2, 0, 7, 3, 0, 1, 12];
    let (plain, wide) = (Poisson::fit(&bugs)?, NegativeBinomial::fit(&bugs)?);
    let (r, error) = (wide.distribution.successes(), wide.standard_errors[0]);
    println!("bugs: r = {r:.2} ± {error:.2}");
    for (name, value) in [
        ("Poisson", plain.ln_likelihood),
        ("neg. bin.", wide.ln_likelihood),
    ] {
        println!("  {name:<9} log-likelihood {value:.1}");
    }
    Ok(())
}

/// The probabilities, in `out/`.
fn draw(laws: &[(&str, &dyn Discrete)]) -> Result<(), Box<dyn Error>> {
    let points = |law: &dyn Discrete| -> Vec<(f64, f64)> {
        (0..=DRAWN).map(|k| (k as f64, law.pmf(k))).collect()
    };
    let all: Vec<_> = laws.iter().map(|(_, law)| points(*law)).collect();
    let pairs = laws.iter().zip(&all);
    let curves: Vec<_> = pairs
        .map(|((name, _), points)| PlaneCurve::line(name, points))
        .collect();
    let figure = Figure::new("Marked balls among 20", "count", "probability");
    let path = save("out/338_counts.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
