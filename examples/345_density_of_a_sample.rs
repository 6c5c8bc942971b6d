//! What a sample says about the density it came from: histogram, kernel density, and a test.
//!
//! A sample is a staircase, F̂(x) = #{xᵢ ≤ x} / n. It has no density, but two ways lead to one:
//!
//! ```text
//! histogram         f(x) = nᵢ / (N wᵢ)               on bins as wide as a rule says
//! kernel density    f(x) = 1/n Σ K((x − xᵢ) / h) / h   a bell over each number, h wide
//! ```
//!
//! Both have a width to choose, and the rules are made for one bell: Scott's and Silverman's bandwidths follow the
//! standard deviation, so of two bells far apart they make one hill. How far two distribution functions are apart,
//!
//! ```text
//! D = sup |F̂ − F|
//! ```
//!
//! decides Kolmogorov's test: whatever F is, D has one distribution, and p is the probability of a D as large.
//!
//! What to try: `APART` = 1, where the wide bandwidth is right. `N` = 30, where no test sees the second bell.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{Simplex, mean, variance};
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    BinRule, Continuous, Empirical, Histogram, Mixture, Normal, ProbabilityError, Triangular,
    interpolated_quantile, kernel_density, kolmogorov_test, scott_bandwidth, silverman_bandwidth,
    smirnov_test,
};
use gradus::random::Key;
use std::error::Error;

const N: usize = 300;
/// Half of the distance of the bells, in their standard deviations.
const APART: f64 = 2.5;

fn main() -> Result<(), Box<dyn Error>> {
    let bells = vec![Normal::new(-APART, 1.0)?, Normal::new(APART, 1.0)?];
    let truth = Mixture::new(Simplex::new(vec![0.7, 0.3])?, bells)?;
    let rng = &mut Key::new(34).rng();
    let x: Vec<f64> = (0..N).map(|_| truth.sample(rng)).collect();

    println!("quartiles of {N} draws, as numbers of the sample and between them:");
    let staircase = Empirical::new(&x)?;
    for p in [0.25, 0.5, 0.75] {
        let between = interpolated_quantile(&x, p)?;
        println!("  {p:.2}   {:7.3}   {between:7.3}", staircase.quantile(p));
    }

    tell_bins(&x)?;
    let (wide, scott) = (silverman_bandwidth(&x)?, scott_bandwidth(&x)?);
    let narrow = 0.4 * wide;
    println!("bandwidths: Silverman {wide:.3}, Scott {scott:.3}, by hand {narrow:.3}");
    let smooth = kernel_density(&staircase, |x| Normal::new(x, wide))?;
    let sharp = kernel_density(&staircase, |x| Normal::new(x, narrow))?;
    let tents = kernel_density(&staircase, |x| Triangular::new(x - wide, x, x + wide))?;

    println!("density          left peak   valley   right peak");
    row("truth", &truth);
    row("bells, Silverman", &smooth);
    row("bells, by hand", &sharp);
    row("tents", &tents);

    // a bell with the mean and the deviation of the sample; p is too large, because it was fitted
    let one = Normal::new(mean(&x)?, variance(&x, 1)?.sqrt())?;
    let (right, wrong) = (kolmogorov_test(&x, &truth)?, kolmogorov_test(&x, &one)?);
    println!(
        "Kolmogorov's test   D = {:.4}, p = {:.3}   against the truth",
        right.statistic, right.p_value
    );
    println!(
        "                    D = {:.4}, p = {:.1e} against one bell",
        wrong.statistic, wrong.p_value
    );
    let again: Vec<f64> = (0..N).map(|_| sharp.sample(rng)).collect();
    let two = smirnov_test(&x, &again)?;
    println!(
        "Smirnov's test      D = {:.4}, p = {:.3}   against draws from the density by hand",
        two.statistic, two.p_value
    );

    let histogram = Histogram::by_rule(&x, BinRule::FreedmanDiaconis)?;
    draw(&[
        ("truth", &truth),
        ("histogram", &histogram),
        ("Silverman's bandwidth", &smooth),
        ("by hand", &sharp),
    ])?;

    if right.p_value > 1e-3 && wrong.p_value < 1e-3 && two.p_value > 1e-3 {
        println!("result: {N} numbers tell two bells from one");
        Ok(())
    } else {
        Err(format!(
            "p-values {}, {}, {}",
            right.p_value, wrong.p_value, two.p_value
        )
        .into())
    }
}

/// How many bins each rule wants.
fn tell_bins(x: &[f64]) -> Result<(), ProbabilityError> {
    println!("bins by the rules of");
    for rule in [BinRule::Sturges, BinRule::Scott, BinRule::FreedmanDiaconis] {
        let histogram = Histogram::by_rule(x, rule)?;
        let (bins, width) = (
            histogram.counts().len(),
            histogram.edges()[1] - histogram.edges()[0],
        );
        println!(
            "  {:<18}{bins:3} bins, {width:.3} wide",
            format!("{rule:?}")
        );
    }
    Ok(())
}

/// The density at both peaks and in the valley between.
fn row(name: &str, law: &dyn Continuous) {
    let [left, valley, right] = [-APART, 0.5, APART].map(|x| law.pdf(x));
    println!("  {name:<17}{left:.4}    {valley:.4}      {right:.4}");
}

/// The densities, in `out/`.
fn draw(laws: &[(&str, &dyn Continuous)]) -> Result<(), Box<dyn Error>> {
    let densities: Vec<_> = laws.iter().map(|(_, law)| |x: f64| law.pdf(x)).collect();
    let curves = laws.iter().zip(&densities);
    let curves: Vec<_> = curves
        .map(|((name, _), f)| Function::new(name, f))
        .collect();
    let figure = Figure::new("Densities from 300 numbers", "x", "density");
    let svg = function_plot(&figure, &curves, -6.5, 6.5)?;
    let path = save("out/345_density_of_a_sample.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
