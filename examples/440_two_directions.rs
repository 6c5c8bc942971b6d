//! The Kullback–Leibler divergence is not symmetric: a mixture of two normal laws, and the one normal law that is nearest to it.
//!
//! What does "nearest" mean? D(p ‖ q) is an average over the truth p, D(q ‖ p) one over the approximation q:
//!
//! ```text
//! D(p ‖ q) = Σ pᵢ ln (pᵢ / qᵢ)     large where p is likely and q is not:  q must cover all of p
//! D(q ‖ p) = Σ qᵢ ln (qᵢ / pᵢ)     large where q is likely and p is not:  q must avoid what p holds impossible
//! ```
//!
//! The first is smallest for the normal law with the mean and the variance of p (*moment matching*: maximum likelihood does it, with infinitely many
//! samples); between the two hills it finds much where there is little. The second is smallest for a narrow law on one hill
//! (*mode matching*: variational inference does it); it forgets the other hill. It has a minimum for each hill.
//!
//! With a mixture of five laws that stand still, the unknowns are five weights, a point of a simplex. Mirror descent stays on it without a
//! projection: it multiplies each weight by e^(−step · slope) and divides by the sum.
//!
//! What to try: move the hills together (`APART`) until both directions agree. Give the hills equal weights: which one does the second
//! direction choose? Replace D by `jensen_shannon`, which is symmetric.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::kl_divergence;
use gradus::minimize::{MinimizeError, ScaledSimplex, Stopping, mirror_descent, nelder_mead};
use gradus::numeric::{NumericError, Simplex};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{Continuous, Mixture, Normal};
use std::error::Error;

/// How far the hills are apart.
const APART: f64 = 6.0;
/// Where the laws of a mixture stand.
const MEANS: [f64; 5] = [-6.0, -3.0, 0.0, 3.0, 6.0];
/// Cells between −15 and 15.
const CELLS: i32 = 900;

fn main() -> Result<(), Box<dyn Error>> {
    let hills = vec![
        Normal::new(-0.5 * APART, 0.7)?,
        Normal::new(0.5 * APART, 1.0)?,
    ];
    let truth = Mixture::new(Simplex::new(vec![0.6, 0.4])?, hills)?;
    let p = cells(&truth)?;
    let (mean, deviation) = (truth.mean()?, truth.variance()?.sqrt());
    println!("p: mean {mean:.3}, standard deviation {deviation:.3}");

    println!("direction   start   mean     deviation   D(p ‖ q)   D(q ‖ p)");
    let mut found = Vec::new();
    for (forward, start) in [(true, -3.0), (true, 3.0), (false, -3.0), (false, 3.0)] {
        let q = nearest(&p, forward, start)?;
        let (covers, avoids) = both(&p, &q)?;
        let name = if forward { "D(p ‖ q)" } else { "D(q ‖ p)" };
        println!(
            "{name}   {start:5}   {:7.3}   {:7.3}   {covers:8.3}   {avoids:8.3}",
            q.location(),
            q.standard_deviation()
        );
        found.push(q);
    }
    let laws = MEANS.map(|mean| Normal::new(mean, 1.0));
    let laws = laws.into_iter().map(|law| Ok(cells(&law?)?));
    let laws: Vec<Simplex> = laws.collect::<Result<_, Box<dyn Error>>>()?;
    println!("laws at {MEANS:?} with weights {:.3?}", weights(&p, &laws)?);
    draw(&truth, &found)?;

    let [wide, narrow] = [0, 2].map(|i| found[i].standard_deviation());
    let matches = (found[0].location() - mean).abs() < 1e-3 && (wide - deviation).abs() < 1e-3;
    if matches && narrow < 1.0 {
        println!("result: one direction gives a deviation of {wide:.2}, the other of {narrow:.2}");
        Ok(())
    } else {
        Err("one direction should match the moments, the other one hill".into())
    }
}

/// The places in the middle of the cells.
fn places() -> impl Iterator<Item = f64> {
    (0..CELLS).map(|i| -15.0 + 30.0 * (f64::from(i) + 0.5) / f64::from(CELLS))
}

/// A density as probabilities of cells.
fn cells(law: &impl Continuous) -> Result<Simplex, NumericError> {
    Simplex::from_weights(&places().map(|x| law.pdf(x)).collect::<Vec<_>>())
}

/// D(p ‖ q) and D(q ‖ p).
fn both(p: &Simplex, q: &Normal) -> Result<(f64, f64), Box<dyn Error>> {
    let q = cells(q)?;
    Ok((kl_divergence(p, &q)?, kl_divergence(&q, p)?))
}

/// The normal law that is nearest in one direction, from a standard deviation of 1 at `start`.
fn nearest(p: &Simplex, forward: bool, start: f64) -> Result<Normal, Box<dyn Error>> {
    let law = |x: &[f64]| Normal::new(x[0], x[1].exp());
    let far = |x: &[f64]| {
        let pair = law(x).map_err(Into::into).and_then(|q| both(p, &q));
        pair.map_or(
            1e9,
            |(covers, avoids)| if forward { covers } else { avoids },
        )
    };
    let report = nelder_mead(far, &[start, 0.0], 0.5, Stopping::default(), |_| ())?;
    Ok(law(&report.x)?)
}

/// The weights of laws whose mixture q has the smallest D(p ‖ q).
fn weights(p: &Simplex, laws: &[Simplex]) -> Result<Vec<f64>, MinimizeError> {
    let divergence = |w: &[f64], slope: &mut [f64]| {
        slope.fill(0.0);
        let mut sum = 0.0;
        for (i, p) in p.as_slice().iter().enumerate() {
            let q: f64 = (laws.iter().zip(w))
                .map(|(law, w)| w * law.as_slice()[i])
                .sum();
            sum += p * (p / q).ln();
            for (s, law) in slope.iter_mut().zip(laws) {
                *s -= p * law.as_slice()[i] / q;
            }
        }
        sum
    };
    let (simplex, start) = (ScaledSimplex::new(5, 1.0)?, [0.2; 5]);
    let report = mirror_descent(
        divergence,
        &simplex,
        &start,
        1.0,
        Stopping::default(),
        |_| (),
    )?;
    Ok(report.x)
}

/// The densities, in `out/`.
fn draw(truth: &Mixture<Normal>, found: &[Normal]) -> Result<(), Box<dyn Error>> {
    let shown = || places().filter(|x| x.abs() < 9.0);
    let curve = |f: &dyn Fn(f64) -> f64| shown().map(|x| (x, f(x))).collect::<Vec<_>>();
    let p = curve(&|x| truth.pdf(x));
    let laws: Vec<_> = found.iter().map(|q| curve(&|x| q.pdf(x))).collect();
    let curves = [
        PlaneCurve::line("p, two hills", &p),
        PlaneCurve::line("smallest D(p ‖ q)", &laws[0]),
        PlaneCurve::line("smallest D(q ‖ p), left", &laws[2]),
        PlaneCurve::line("smallest D(q ‖ p), right", &laws[3]),
    ];
    let figure = Figure::new("Two directions of one divergence", "x", "density");
    let svg = xy_plot(&figure, &curves)?;
    let path = save("out/440_two_directions.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
