//! Tests: is it chance? A die, a table, two groups, two columns.
//!
//! A test computes a number that is large if a hypothesis is wrong, and p, the probability of one as large if it is right:
//!
//! ```text
//! counts             χ² = Σ (n − N p)² / N p          a fair die, independent rows and columns
//! a mean, two means  t  = (x̄ − μ) / (s / √n)          Student, Welch
//! anything           exchange the numbers of two groups at random, and count
//! ```
//!
//! If the hypothesis is right, p is uniform: one test in twenty says p < 0.05, and that is all that a test promises. What a test does not see,
//! for all its p, is how large a difference is; with enough numbers every difference is significant.
//!
//! What to try: `EFFECT` = 0.3, where the tests begin to miss. `LOADED` = 0.17, nearly fair.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{Simplex, mean};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{
    Categorical, Continuous, Discrete, JointTable, Normal, chi_squared_test, correlation,
    covariance, independence_test, kendall, mean_interval, pearson, permutation_test, spearman,
    t_test, welch_test,
};
use gradus::random::Key;
use std::error::Error;

/// The probability of a six of the filed die, and how far the second group is moved.
const LOADED: f64 = 0.25;
const EFFECT: f64 = 1.0;
const ROUNDS: u64 = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let fair = Simplex::uniform(6)?;
    let rest = (1.0 - LOADED) / 5.0;
    let filed = Simplex::new(vec![rest, rest, rest, rest, rest, LOADED])?;
    println!("300 throws      chi squared   p");
    for (name, die) in [("fair", &fair), ("filed", &filed)] {
        let test = chi_squared_test(&throws(die, 300, Key::new(7))?, &fair)?;
        println!("  {name:<12} {:10.3}   {:.4}", test.statistic, test.p_value);
    }
    let sharp = draw(&fair, &filed)?;

    let squared = tell_table()?;

    let x = draws(0.0, 20, Key::new(8))?;
    let y = draws(EFFECT, 25, Key::new(9))?;
    let (low, high) = mean_interval(&y, 0.95)?;
    println!(
        "second group: mean {:.3}, 95 % from {low:.3} to {high:.3}",
        mean(&y)?
    );
    let zero = t_test(&y, 0.0)?;
    let welch = welch_test(&x, &y)?;
    let apart = |x: &[f64], y: &[f64]| (mean(x).unwrap_or(0.0) - mean(y).unwrap_or(0.0)).abs();
    let exchanged = permutation_test(&x, &y, apart, 9999, &mut Key::new(10).rng())?;
    for (question, test) in [
        ("is it 0?           t", &zero),
        ("are both the same? t", &welch),
        ("by exchanges       d", &exchanged),
    ] {
        println!(
            "  {question} = {:.3}, p = {:.1e}",
            test.statistic, test.p_value
        );
    }

    let curve: Vec<f64> = x.iter().map(|x| (2.0 * x).exp()).collect();
    let (line, rank, pairs) = (
        pearson(&x, &curve)?,
        spearman(&x, &curve)?,
        kendall(&x, &curve)?,
    );
    println!("x and exp 2x: Pearson {line:.3}, Spearman {rank:.3}, Kendall {pairs:.3}");

    let agree = (welch.p_value - exchanged.p_value).abs() < 0.01;
    if agree && squared && rank > 1.0 - 1e-12 && sharp {
        println!("result: a fair die is suspected once in twenty times, the filed one mostly");
        Ok(())
    } else {
        Err(format!("p-values {} and {}", welch.p_value, exchanged.p_value).into())
    }
}

/// Smokers and others, ill and healthy, of 200; whether chi squared is N times the square of the correlation.
fn tell_table() -> Result<bool, Box<dyn Error>> {
    let table = [[30, 70], [10, 90]];
    let test = independence_test(&table)?;
    let joint = JointTable::new(&[[0.15, 0.35], [0.05, 0.45]])?;
    let values = [0.0, 1.0];
    let c = covariance(&joint, &values, &values)?;
    let r = correlation(&joint, &values, &values)?;
    let (squares, p) = (test.statistic, test.p_value);
    println!(
        "a table: chi squared {squares:.3}, p = {p:.5}; covariance {c:.3}, correlation {r:.3}"
    );
    let by_correlation = 200.0 * r * r;
    println!("  and N times the square of the correlation is {by_correlation:.3}");
    Ok((squares - by_correlation).abs() < 1e-10)
}

/// How often each face came.
fn throws(die: &Simplex, n: usize, key: Key) -> Result<Vec<u64>, Box<dyn Error>> {
    let law = Categorical::from_weights(die.as_slice())?;
    let (mut counts, mut rng) = (vec![0; 6], key.rng());
    for _ in 0..n {
        counts[usize::try_from(law.sample(&mut rng))?] += 1;
    }
    Ok(counts)
}

fn draws(location: f64, n: usize, key: Key) -> Result<Vec<f64>, Box<dyn Error>> {
    let (law, mut rng) = (Normal::new(location, 1.0)?, key.rng());
    Ok((0..n).map(|_| law.sample(&mut rng)).collect())
}

/// How many p-values are below a bound, for the fair die and the filed one, in `out/`; whether 5 % and most of them are below 0.05.
fn draw(fair: &Simplex, filed: &Simplex) -> Result<bool, Box<dyn Error>> {
    let mut all = Vec::new();
    for die in [fair, filed] {
        let mut p = Vec::new();
        for round in 0..ROUNDS {
            let counts = throws(die, 300, Key::new(11).round(round))?;
            p.push(chi_squared_test(&counts, fair)?.p_value);
        }
        p.sort_by(f64::total_cmp);
        let shares = p.iter().zip(1_u32..);
        all.push(
            shares
                .map(|(p, i)| (*p, f64::from(i) / ROUNDS as f64))
                .collect::<Vec<_>>(),
        );
    }
    let curves = [
        PlaneCurve::line("fair", &all[0]),
        PlaneCurve::line("filed", &all[1]),
    ];
    let figure = Figure::new("p-values of 1000 tests", "bound", "share of p below");
    println!(
        "picture: {}",
        save("out/352_tests.svg", &xy_plot(&figure, &curves)?)?.display()
    );
    let [chance, power] = [0, 1].map(|i| all[i].iter().filter(|(p, _)| *p < 0.05).count());
    println!("of 1000 tests p < 0.05: {chance} of the fair die, {power} of the filed one");
    Ok((25..=75).contains(&chance) && power > 500)
}
