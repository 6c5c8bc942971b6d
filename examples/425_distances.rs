//! How far apart are two distributions? Many answers, and what each of them sees.
//!
//! Two histograms on the same bins are compared bin by bin,
//!
//! ```text
//! total variation   ½ Σ |p − q|                  how much has to change its place
//! Hellinger         √(½ Σ (√p − √q)²)
//! Jensen–Shannon    ½ D(p ‖ m) + ½ D(q ‖ m)      m = ½ (p + q)
//! ```
//!
//! and once they do not overlap, all of these are at their largest: they do not see how far the bins are apart. Distances of samples do:
//! Wasserstein's is the work of moving one heap of sand to the other.
//!
//! Near each other all laws are alike: D(θ ‖ θ + δ) = ½ F δ², with the Fisher information F, and no unbiased estimate from n draws
//! has a smaller variance than 1 / n F.
//!
//! What to try: `WIDTH` = 3, where nothing is ever apart. Swap p and q: which of the numbers change?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    FisherInformation, RelativeEntropy, bhattacharyya_distance, cramer_rao_bounds, energy_distance,
    f_divergence, gaussian_kernel, hellinger, jensen_shannon, jensen_shannon_weighted,
    maximum_mean_discrepancy, total_variation, wasserstein,
};
use gradus::numeric::Simplex;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{Bernoulli, Continuous, Gamma, Normal, Poisson};
use gradus::random::Key;
use std::error::Error;

/// The deviation of both laws, and the bins.
const WIDTH: f64 = 1.0;
const BINS: i32 = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let p = binned(0.0)?;
    println!(
        "apart   variation   Hellinger   Jensen–Shannon   Bhattacharyya   Wasserstein   energy   MMD"
    );
    let [mut variation, mut hellingers, mut shannon, mut moved] = [const { Vec::new() }; 4];
    for i in 0..=20 {
        let apart = 0.5 * f64::from(i);
        let q = binned(apart)?;
        let sample = |location: f64| draws(location, 60);
        let (x, y) = (sample(0.0)?, sample(apart)?);
        let work = wasserstein(&x, &y)?;
        let bins = [
            total_variation(&p, &q)?,
            hellinger(&p, &q)?,
            jensen_shannon(&p, &q)?,
        ];
        variation.push((apart, bins[0]));
        hellingers.push((apart, bins[1]));
        shannon.push((apart, bins[2]));
        moved.push((apart, work));
        if i % 4 == 0 {
            let points = |x: &[f64]| -> Vec<[f64; 1]> { x.iter().map(|x| [*x]).collect() };
            let kernel = |a: &[f64; 1], b: &[f64; 1]| gaussian_kernel(a, b, 1.0);
            println!(
                "{apart:5.1}   {:9.4}   {:9.4}   {:14.4}   {:13.4}   {work:11.4}   {:6.4}   {:.4}",
                bins[0],
                bins[1],
                bins[2],
                bhattacharyya_distance(&p, &q)?,
                energy_distance(&x, &y)?,
                maximum_mean_discrepancy(&points(&x), &points(&y), kernel)?
            );
        }
    }
    let curves = [
        PlaneCurve::line("total variation", &variation),
        PlaneCurve::line("Hellinger", &hellingers),
        PlaneCurve::line("Jensen–Shannon", &shannon),
    ];
    let figure = Figure::new(
        "Two bells, bin by bin",
        "distance of the bells",
        "distance of the laws",
    );
    let path = save("out/425_distances.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());

    let parabolas = tell_relatives(&p)?;

    let stuck = 1.0 - variation[20].1 < 1e-5 && 1.0 - variation[16].1 < 1e-3;
    if stuck && (moved[20].1 - moved[16].1 - 2.0).abs() < 1e-9 && parabolas {
        println!("result: beyond 8 deviations only the distances of samples still grow");
        Ok(())
    } else {
        Err("the distances should be stuck, and Wasserstein's go on".into())
    }
}

/// The same by other roads, and divergences of neighbors in a family: whether they are half of F δ².
fn tell_relatives(p: &Simplex) -> Result<bool, Box<dyn Error>> {
    // one definition for many: Σ q f(p / q)
    let q = binned(1.0)?;
    let half = f_divergence(p, &q, |t| 0.5 * (t - 1.0).abs(), 0.5)?;
    let itself = total_variation(p, &q)?;
    println!("total variation as an f-divergence: {half:.6}, itself {itself:.6}");
    let three = [p.clone(), q.clone(), binned(8.0)?];
    let which = jensen_shannon_weighted(&Simplex::uniform(3)?, &three)?;
    println!("a draw from one of three bells tells {which:.4} nats about which, of ln 3 = 1.0986");

    println!("neighbors in a family     D           ½ F δ²");
    let (a, b) = (Bernoulli::new(0.5)?, Bernoulli::new(0.52)?);
    let coin = near("coin", &a, a.kl(&b)?, 0.02);
    let (a, b) = (Poisson::new(4.0)?, Poisson::new(4.1)?);
    let counts = near("counts", &a, a.kl(&b)?, 0.1);
    let gamma = Gamma::new(3.0, 1.0)?;
    let (alone, both) = (1.0 / first(&gamma), cramer_rao_bounds(&gamma, 1)[0]);
    println!("variance of a shape, one draw: {alone:.3} with a known rate, {both:.3} without");
    Ok(coin && counts)
}

/// A bell on bins from −15 to 15.
fn binned(location: f64) -> Result<Simplex, Box<dyn Error>> {
    let law = Normal::new(location, WIDTH)?;
    let edge = |i: i32| 0.5 * f64::from(i - BINS / 2);
    let masses: Vec<f64> = (0..BINS)
        .map(|i| law.cdf(edge(i + 1)) - law.cdf(edge(i)))
        .collect();
    Ok(Simplex::from_weights(&masses)?)
}

/// The same noise around any place.
fn draws(location: f64, n: usize) -> Result<Vec<f64>, Box<dyn Error>> {
    let (law, mut rng) = (Normal::new(0.0, WIDTH)?, Key::new(425).rng());
    Ok((0..n).map(|_| location + law.sample(&mut rng)).collect())
}

/// The information on the first parameter.
fn first(law: &impl FisherInformation) -> f64 {
    law.fisher_information().get(0, 0).unwrap_or(f64::NAN)
}

/// Whether a divergence is half of F δ², within a few percent.
fn near(name: &str, law: &impl FisherInformation, divergence: f64, delta: f64) -> bool {
    let parabola = 0.5 * first(law) * delta * delta;
    println!("  {name:<22}  {divergence:.4e}  {parabola:.4e}");
    (divergence / parabola - 1.0).abs() < 0.05
}
