//! Expectation and maximization find three clouds.
//!
//! Which cloud a point came from is not known. If it were, mean and covariance of each cloud would be a formula; if those were known,
//! Bayes' rule would tell the clouds apart. So the two are found in turn:
//!
//! ```text
//! expectation    r_kj = π_k N(x_j; µ_k, Σ_k) / Σ_l π_l N(x_j; µ_l, Σ_l)
//! maximization   n_k = Σ_j r_kj,  π_k = n_k / n,  µ_k = Σ_j r_kj x_j / n_k,  Σ_k = Σ_j r_kj (x_j − µ_k)(x_j − µ_k)ᵀ / n_k
//! ```
//!
//! Each turn raises the likelihood or leaves it (Jensen's inequality). A start at which all points belong to all clouds in nearly equal
//! parts makes the way long enough to be seen; k-means++ starts near the end of it.
//!
//! What to try: `CovarianceShape::Spherical`, for which the long cloud needs several components. Four components, with several
//! starts: the likelihood is higher, but which is right it does not tell. `floor: 0.0` with ten components: one collapses.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::multivariate::{
    CovarianceShape, GaussianMixture, MixtureSettings, MultivariateNormal, Simplex, plus_plus,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::{Key, uniform};
use std::error::Error;
use std::f64::consts::TAU;
use std::iter::zip;

const POINTS: usize = 300;
const SETTINGS: MixtureSettings = MixtureSettings {
    shape: CovarianceShape::Full,
    floor: 1e-3,
    tolerance: 1e-9,
    iterations: 500,
};

fn main() -> Result<(), Box<dyn Error>> {
    let truth = truth()?;
    let mut rng = Key::new(3).rng();
    let draws: Result<Vec<_>, _> = (0..POINTS).map(|_| truth.sample(&mut rng)).collect();
    let (sources, points): (Vec<_>, Vec<_>) = draws?.into_iter().unzip();
    let x = DMatrix::from_columns(&points);

    let blurred = blurred_start(&mut rng);
    println!("iterations   mean of ln p   ellipses");
    for iterations in [0, 5, 15, 40, 500] {
        let settings = MixtureSettings {
            iterations,
            ..SETTINGS
        };
        let fit = GaussianMixture::fit(&x, &blurred, &settings)?;
        let last = fit.ln_likelihoods.len() - 1;
        let picture = draw(&x, &fit.mixture, last)?;
        println!(
            "{last:10}   {:12.4}   {picture}",
            fit.ln_likelihoods[last] / POINTS as f64
        );
    }

    let start = plus_plus(&x, 3, &mut rng)?;
    let fit = GaussianMixture::fit(&x, &start, &SETTINGS)?;
    let rises = fit
        .ln_likelihoods
        .windows(2)
        .all(|pair| pair[1] >= pair[0] - 1e-9);
    println!(
        "from k-means++: {} iterations",
        fit.ln_likelihoods.len() - 1
    );
    for (weight, cloud) in zip(fit.mixture.weights().as_slice(), fit.mixture.components()) {
        let (m, l) = (cloud.mean(), cloud.cholesky_factor());
        println!(
            "weight {weight:.3}, mean ({:6.3}, {:6.3}), root {:.3?}",
            m[0],
            m[1],
            l.as_slice()
        );
    }
    let found = fit.mixture.most_responsible(&x)?;
    let right = agreement(&sources, &found);
    if rises && right > POINTS * 9 / 10 {
        println!(
            "result: the likelihood never fell, and {right} of {POINTS} points are with those of their cloud"
        );
        Ok(())
    } else {
        Err(format!("{right} of {POINTS} points are with their cloud").into())
    }
}

/// A long cloud, a round one and a small one.
fn truth() -> Result<GaussianMixture, Box<dyn Error>> {
    let cloud = |x: f64, y: f64, a: [f64; 4]| {
        MultivariateNormal::new(
            DVector::from_row_slice(&[x, y]),
            &DMatrix::from_row_slice(2, 2, &a),
        )
    };
    let clouds = vec![
        cloud(0.0, 0.0, [4.0, 1.8, 1.8, 1.0])?,
        cloud(4.0, -2.0, [0.6, 0.0, 0.0, 0.6])?,
        cloud(-3.0, 3.0, [0.15, 0.0, 0.0, 0.8])?,
    ];
    Ok(GaussianMixture::new(
        Simplex::new(vec![0.5, 0.3, 0.2])?,
        clouds,
    )?)
}

/// Each point belongs to each of three clouds by a third, give or take a little.
fn blurred_start(rng: &mut impl gradus::random::rand::Rng) -> DMatrix<f64> {
    let mut r = DMatrix::from_fn(3, POINTS, |_, _| 1.0 + 0.1 * uniform(rng));
    for mut column in r.column_iter_mut() {
        let sum = column.sum();
        column /= sum;
    }
    r
}

/// How many points are in the group where most of their cloud are.
fn agreement(sources: &[usize], found: &[usize]) -> usize {
    let count = |pair| {
        zip(sources, found)
            .filter(|(s, f)| (**s, **f) == pair)
            .count()
    };
    (0..3)
        .map(|cloud| (0..3).map(|group| count((cloud, group))).max().unwrap_or(0))
        .sum()
}

/// The points, and of each component the ellipse two standard deviations from its mean, in `out/`.
fn draw(
    x: &DMatrix<f64>,
    mixture: &GaussianMixture,
    frame: usize,
) -> Result<String, Box<dyn Error>> {
    let points: Vec<_> = x.column_iter().map(|x| (x[0], x[1])).collect();
    let ellipses: Vec<Vec<_>> = mixture.components().iter().map(ellipse).collect();
    let names = ["first", "second", "third"];
    let mut curves = vec![PlaneCurve::points("points", &points)];
    curves.extend(
        names
            .iter()
            .zip(&ellipses)
            .map(|(name, e)| PlaneCurve::line(name, e)),
    );
    let figure = Figure::new(&format!("After {frame} iterations"), "x", "y");
    let svg = plane_curves(&figure, &curves)?;
    Ok(
        save(&format!("out/440_gaussian_mixture_{frame:03}.svg"), &svg)?
            .display()
            .to_string(),
    )
}

/// µ + 2 L (cos t, sin t): the image of a circle under the root of the covariance.
fn ellipse(cloud: &MultivariateNormal) -> Vec<(f64, f64)> {
    let l = cloud.cholesky_factor();
    let angles = (0..=80).map(|i| TAU * f64::from(i) / 80.0);
    let points = angles
        .map(|t| cloud.mean() + &l * DVector::from_row_slice(&[2.0 * t.cos(), 2.0 * t.sin()]));
    points.map(|p| (p[0], p[1])).collect()
}
