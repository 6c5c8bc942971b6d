//! Dependence that no correlation sees, from samples alone.
//!
//! The correlation of x and x² is 0 for symmetric x, and so is that of the coordinates of a point on a circle; yet one tells
//! much about the other. Mutual information is 0 only for independent variables. For a normal law with correlation ρ it is
//!
//! ```text
//! I(X; Y) = −½ ln (1 − ρ²)
//! ```
//!
//! and elsewhere it has to be estimated. Histograms need bins, and bins are a choice that shows; Kraskov, Stögbauer and Grassberger count neighbors instead:
//!
//! ```text
//! Î = ψ(k) + ψ(N) − mean of ψ(nₓ + 1) + ψ(n_y + 1)
//! ```
//!
//! where nₓ other samples have an x closer than the k-th neighbor of the pair is. If x tells y, whoever is near in x is near in both, and
//! nₓ is hardly larger than k.
//!
//! What to try: 100 or 10 000 samples (`SAMPLES`). Noise on the circle. `mutual_information_ksg2`: boxes instead of cubes. More neighbors: less scatter, and a
//! larger bias where ρ is near 1.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{entropy_nearest, mutual_information_ksg1, mutual_information_normal};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::pearson;
use gradus::random::{Key, fill_normal, fill_uniform};
use std::error::Error;
use std::f64::consts::{E, PI};

const SAMPLES: usize = 1000;
const NEIGHBORS: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(4).rng();
    let mut normals = || {
        let mut x = vec![0.0; SAMPLES];
        fill_normal(&mut x, &mut rng);
        x
    };
    let (x, noise) = (normals(), normals());
    let mut angles = vec![0.0; SAMPLES];
    fill_uniform(0.0, 2.0 * PI, &mut angles, &mut Key::new(5).rng())?;
    let with = |f: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
        x.iter().zip(&noise).map(|(x, e)| f(*x, *e)).collect()
    };
    let on_circle = |f: fn(f64) -> f64| -> Vec<f64> {
        let places = angles.iter().zip(&noise);
        places.map(|(t, e)| f(*t) + 0.05 * e).collect()
    };

    println!("y                    correlation   mutual information (nats)");
    let mut seen = Vec::new();
    for (name, x, y) in [
        ("independent", &x, noise.clone()),
        ("x + noise", &x, with(&|x, e| x + e)),
        ("x² + noise", &x, with(&|x, e| x * x + 0.5 * e)),
        (
            "point on a circle",
            &on_circle(f64::cos),
            on_circle(f64::sin),
        ),
    ] {
        let (r, told) = (pearson(x, &y)?, information(x, &y)?);
        println!("{name:20} {r:11.3}   {told:8.3}");
        seen.push((r, told));
    }
    // the entropy of two independent normal numbers is ln 2πe
    let pairs = [x.as_slice(), &noise].concat();
    let pairs = MatrixRef::new(&pairs, Shape::new(2, SAMPLES), Order::Rows)?;
    let h = entropy_nearest(pairs, NEIGHBORS)?;
    println!(
        "entropy of the first pair: {h:.3}, of the law {:.3}",
        (2.0 * PI * E).ln()
    );
    let off = draw(&x, &noise)?;

    let blind = seen[2].0.abs() < 0.15 && seen[3].0.abs() < 0.15;
    if blind && seen[2].1 > 0.4 && seen[3].1 > 0.4 && seen[0].1.abs() < 0.1 && off < 0.15 {
        println!(
            "result: correlation {:.2}, mutual information {:.2} nats",
            seen[3].0, seen[3].1
        );
        Ok(())
    } else {
        Err(format!("dependence should be seen: {seen:?}, {off}").into())
    }
}

fn information(x: &[f64], y: &[f64]) -> Result<f64, Box<dyn Error>> {
    let (x, y) = (MatrixRef::from_row(x), MatrixRef::from_row(y));
    Ok(mutual_information_ksg1(x, y, NEIGHBORS)?)
}

/// Estimate and truth for normal laws, in `out/`; how far they are apart at most.
fn draw(x: &[f64], noise: &[f64]) -> Result<f64, Box<dyn Error>> {
    let truth = |rho| mutual_information_normal(rho).unwrap_or(f64::NAN);
    let (mut curve, mut estimates, mut off) = (Vec::new(), Vec::new(), 0.0_f64);
    for i in -19..=19 {
        let rho = f64::from(i) / 20.0;
        let y = x.iter().zip(noise);
        let y: Vec<f64> = y
            .map(|(x, e)| rho * x + (1.0 - rho * rho).sqrt() * e)
            .collect();
        let estimate = information(x, &y)?;
        off = off.max((estimate - truth(rho)).abs());
        curve.push((rho, truth(rho)));
        estimates.push((rho, estimate));
    }
    let figure = Figure::new("Mutual information of normal variables", "ρ", "nats");
    let curves = [
        PlaneCurve::line("−½ ln (1 − ρ²)", &curve),
        PlaneCurve::points("from neighbors", &estimates),
    ];
    println!(
        "picture: {}",
        save("out/460_dependence.svg", &xy_plot(&figure, &curves)?)?.display()
    );
    Ok(off)
}
