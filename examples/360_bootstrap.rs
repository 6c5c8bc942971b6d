//! The bootstrap: how sure is a number that was computed from a sample?
//!
//! The sample stands for the distribution it came from. Draw n of its numbers with replacement, compute the number again, and do so
//! many times: it varies as it would from sample to sample.
//!
//! ```text
//! percentile interval    the middle 95 % of what was computed
//! BCa                    other percentiles, corrected for bias (z₀) and for an error that grows with the number (a)
//! ```
//!
//! No formula for a standard error is needed, so it works for a median as for a mean. For the mean there is a formula, x̄ ± t s / √n,
//! and the two can be compared. It is no magic: of a skewed distribution 25 numbers mostly miss the long tail, and every
//! interval for the mean then holds the truth less often than it says. That can be counted, too.
//!
//! What to try: `SKEW` = 0.1, where all intervals keep their word. `N` = 200.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::{Bootstrap, bootstrap, jackknife};
use gradus::numeric::mean;
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    BinRule, Continuous, Empirical, Histogram, LogNormal, Normal, interpolated_quantile,
    kernel_density, mean_interval, silverman_bandwidth, wilson_interval,
};
use gradus::random::Key;
use std::error::Error;

const N: u32 = 25;
/// The standard deviation of the logarithm.
const SKEW: f64 = 1.0;
const RESAMPLES: u32 = 2000;
const LEVEL: f64 = 0.95;
const TRIALS: u64 = 150;

fn main() -> Result<(), Box<dyn Error>> {
    let law = LogNormal::new(0.0, SKEW)?;
    let x = draws(&law, Key::new(36));
    println!("{N} waiting times, {LEVEL} intervals");
    let truths = [("mean", law.mean()?), ("median", law.median())];
    for (name, truth) in truths {
        let of = |part: &[u32]| number(name, &x, part);
        let (drawn, without) = (bootstrap(N, RESAMPLES, Key::new(1), of)?, jackknife(N, of)?);
        let (plain, corrected) = (drawn.percentile(LEVEL)?, drawn.bca(LEVEL, &without)?);
        let (estimate, error) = (drawn.estimate(), drawn.standard_error());
        println!("{name:<7} {estimate:.3}, standard error {error:.3}   truth {truth:.3}");
        for (kind, interval) in [("percentile", plain), ("BCa", corrected)] {
            println!("  {kind:<12} {:.3} to {:.3}", interval.low, interval.high);
        }
        draw(name, &drawn)?;
    }
    let (low, high) = mean_interval(&x, LEVEL)?;
    println!("  Student's t  {low:.3} to {high:.3} for the mean");

    let held = holding(&law, truths[0].1)?;
    println!(
        "of {TRIALS} samples, the share of intervals that hold the mean, and Wilson's interval"
    );
    for (name, held) in ["Student's t", "percentile", "BCa"].into_iter().zip(held) {
        let (low, high) = wilson_interval(held, TRIALS, LEVEL)?;
        println!(
            "  {name:<12} {:.3}   {low:.3} to {high:.3}",
            held as f64 / TRIALS as f64
        );
    }
    if held.iter().all(|held| 4 * held > 3 * TRIALS) {
        println!(
            "result: BCa holds the mean in {} of {TRIALS} samples",
            held[2]
        );
        Ok(())
    } else {
        Err(format!("intervals that hold the mean too rarely: {held:?}").into())
    }
}

/// Does a 95 % interval hold the mean 95 times in 100? For Student's, the percentile and the BCa interval.
fn holding(law: &LogNormal, truth: f64) -> Result<[u64; 3], Box<dyn Error>> {
    let mut held = [0; 3];
    for trial in 0..TRIALS {
        let x = draws(law, Key::new(37).index(trial));
        let of = |part: &[u32]| number("mean", &x, part);
        let drawn = bootstrap(N, 400, Key::new(38).stream(trial), of)?;
        let student = mean_interval(&x, LEVEL)?;
        let others = [
            drawn.percentile(LEVEL)?,
            drawn.bca(LEVEL, &jackknife(N, of)?)?,
        ];
        let [plain, corrected] = others.map(|interval| (interval.low, interval.high));
        let ends = [student, plain, corrected];
        for (held, (low, high)) in held.iter_mut().zip(ends) {
            *held += u64::from(low <= truth && truth <= high);
        }
    }
    Ok(held)
}

fn draws(law: &LogNormal, key: Key) -> Vec<f64> {
    let mut rng = key.rng();
    (0..N).map(|_| law.sample(&mut rng)).collect()
}

/// Mean or median of a part of the sample.
fn number(name: &str, x: &[f64], part: &[u32]) -> Result<f64, Box<dyn Error>> {
    let part: Vec<f64> = part.iter().map(|i| x[*i as usize]).collect();
    match name {
        "mean" => Ok(mean(&part)?),
        _ => Ok(interpolated_quantile(&part, 0.5)?),
    }
}

/// What the resamples gave, and the normal distribution with the same standard error, in `out/`.
fn draw(name: &str, resampled: &Bootstrap) -> Result<(), Box<dyn Error>> {
    let (drawn, estimate) = (resampled.replicates(), resampled.estimate());
    let error = resampled.standard_error();
    let histogram = Histogram::by_rule(drawn, BinRule::Scott)?;
    let bandwidth = silverman_bandwidth(drawn)?;
    let smooth = kernel_density(&Empirical::new(drawn)?, |x| Normal::new(x, bandwidth))?;
    let bell = Normal::new(estimate, error)?;
    let (bars, curve, bell) = (
        |x: f64| histogram.pdf(x),
        |x: f64| smooth.pdf(x),
        |x: f64| bell.pdf(x),
    );
    let named: [(_, &dyn Fn(f64) -> f64); 3] = [
        ("resamples", &bars),
        ("kernel density", &curve),
        ("normal", &bell),
    ];
    let curves = named.map(|(name, f)| Function::new(name, f));
    let figure = Figure::new(format!("The {name} of resamples"), name, "density");
    let svg = function_plot(
        &figure,
        &curves,
        estimate - 4.0 * error,
        estimate + 4.0 * error,
    )?;
    println!(
        "  picture: {}",
        save(format!("out/360_bootstrap_{name}.svg"), &svg)?.display()
    );
    Ok(())
}
