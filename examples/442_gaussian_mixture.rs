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
//! Each turn raises the likelihood or leaves it (Jensen's inequality), so the way leads to a maximum, but not to the highest:
//! k-means++ draws several starts, and the best of them counts. The adjusted Rand index
//! tells how well groups and clouds agree: 1 if all pairs of points are together in both or apart in both, 0 by chance.
//!
//! What to try: `CovarianceShape::Spherical`, for which the long cloud needs several components. Four components, with several
//! starts: the likelihood is higher, but which is right it does not tell. `floor: 0.0` with ten components: one collapses.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::adjusted_rand_index;
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::multivariate::{
    CovarianceShape, GaussianMixture, MixtureFit, MixtureSettings, MultivariateNormal, Simplex,
    plus_plus,
};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::Key;
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

    // each point belongs to each component by a third, a little more to one of them
    let part = |k, j| if j % 3 == k { 0.34 } else { 0.33 };
    let blurred = DMatrix::from_fn(3, POINTS, part);
    println!("iterations   mean of ln p   ellipses");
    for iterations in [0, 10, 15, 20, 500] {
        let settings = MixtureSettings {
            iterations,
            ..SETTINGS
        };
        let fit = GaussianMixture::fit(&x, &blurred, &settings)?;
        let last = fit.ln_likelihoods.len() - 1;
        let picture = draw(&x, &fit.mixture, last)?;
        let mean = fit.ln_likelihoods[last] / POINTS as f64;
        println!("{last:10}   {mean:12.4}   {picture}");
    }

    println!("from k-means++:");
    let mut fits = Vec::new();
    for round in 0..5 {
        let start = plus_plus(&x, 3, &mut Key::new(4).round(round).rng())?;
        let fit = GaussianMixture::fit(&x, &start, &SETTINGS)?;
        let turns = fit.ln_likelihoods.len() - 1;
        let mean = fit.ln_likelihoods[turns] / POINTS as f64;
        println!("{turns:10}   {mean:12.4}");
        fits.push(fit);
    }
    let height = |fit: &MixtureFit| fit.ln_likelihoods[fit.ln_likelihoods.len() - 1];
    fits.sort_by(|a, b| height(b).total_cmp(&height(a)));
    let fit = &fits[0];
    let mut pairs = fits.iter().flat_map(|fit| fit.ln_likelihoods.windows(2));
    let rises = pairs.all(|pair| pair[1] >= pair[0] - 1e-9);
    for (weight, cloud) in zip(fit.mixture.weights().as_slice(), fit.mixture.components()) {
        let (m, l) = (cloud.mean(), cloud.cholesky_factor());
        let (m, l) = (m.as_slice(), l.as_slice());
        println!("weight {weight:.3}, mean {m:.3?}, root {l:.3?}");
    }
    let found = fit.mixture.most_responsible(&x)?;
    let right = agreement(&sources, &found);
    let number = |k: &usize| u32::try_from(*k);
    let sources = sources.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    let found = found.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    let rand = adjusted_rand_index(&sources, &found)?;
    println!("adjusted Rand index {rand:.3}");
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
    let weights = Simplex::new(vec![0.5, 0.3, 0.2])?;
    Ok(GaussianMixture::new(weights, clouds)?)
}

/// How many points are in the group where most of their cloud are.
fn agreement(sources: &[usize], found: &[usize]) -> usize {
    let pairs: Vec<_> = zip(sources.iter().copied(), found.iter().copied()).collect();
    let count = |pair| pairs.iter().filter(|p| **p == pair).count();
    (0..3)
        .map(|cloud| (0..3).map(|group| count((cloud, group))).max().unwrap_or(0))
        .sum()
}

type Told = Result<String, Box<dyn Error>>;

/// The points, and of each component the ellipse two standard deviations from its mean, in `out/`.
fn draw(x: &DMatrix<f64>, mixture: &GaussianMixture, frame: usize) -> Told {
    let points: Vec<_> = x.column_iter().map(|x| (x[0], x[1])).collect();
    let ellipses: Vec<Vec<_>> = mixture.components().iter().map(ellipse).collect();
    let mut curves = vec![PlaneCurve::points("points", &points)];
    for (name, ellipse) in zip(["first", "second", "third"], &ellipses) {
        curves.push(PlaneCurve::line(name, ellipse));
    }
    let figure = Figure::new(format!("After {frame} iterations"), "x", "y");
    let svg = plane_curves(&figure, &curves)?;
    let path = format!("out/442_gaussian_mixture_{frame:03}.svg");
    Ok(save(&path, &svg)?.display().to_string())
}

/// µ + 2 L (cos t, sin t): the image of a circle under the root of the covariance.
fn ellipse(cloud: &MultivariateNormal) -> Vec<(f64, f64)> {
    let l = cloud.cholesky_factor();
    let angles = (0..=80).map(|i| TAU * f64::from(i) / 80.0);
    let points = angles
        .map(|t| cloud.mean() + &l * DVector::from_row_slice(&[2.0 * t.cos(), 2.0 * t.sin()]));
    points.map(|p| (p[0], p[1])).collect()
}
