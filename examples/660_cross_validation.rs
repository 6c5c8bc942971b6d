//! Overfitting, and how cross-validation chooses the strength λ of a penalty.
//!
//! Thirty noisy points of a sine are fitted by a polynomial of degree 12. Thirteen coefficients follow the noise; a
//! penalty on their squares (ridge regression) holds them back:
//!
//! ```text
//! J(w) = ‖A w − y‖² + λ ‖w‖²,    (AᵀA + λ I) w = Aᵀ y
//! ```
//!
//! The matrix is positive definite for every λ > 0: Cholesky's factor and two triangles solve it. How large should λ be?
//! The training error always prefers 0. Cross-validation asks samples that were not fitted: ten folds, each judged by a
//! fit to the other nine. Its error first falls with λ (less noise is learned), then rises (the sine is flattened).
//!
//! What to try: 300 points, where hardly a penalty is needed. Degree 3, which cannot overfit much.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Scaler, Table, polynomial};
use gradus::evaluation::{folds, mean_squared_error};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{Triangle, cholesky, solve_triangular};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, normal, uniform};
use std::error::Error;
use std::f64::consts::TAU;
use std::iter::zip;

const POINTS: u32 = 30;
const DEGREE: usize = 12;
const NOISE: f64 = 0.25;

fn main() -> Result<(), Box<dyn Error>> {
    let (x, y) = points(POINTS, 0);
    let (fresh_x, fresh_y) = points(1000, 1);
    let folds = folds(POINTS, 10, &mut Key::new(7).rng())?;
    println!("  log₁₀ λ   training   validation   1000 fresh points");
    let (mut seen, mut unseen, mut best) = (Vec::new(), Vec::new(), (f64::INFINITY, 0.0));
    for power in -8..=3 {
        let lambda = 10.0_f64.powi(power);
        let all = Fit::new(&x, &y, lambda)?;
        let training = mean_squared_error(&y, &all.predict(&x)?)?;
        let mut validation = 0.0;
        for fold in &folds {
            let pick =
                |x: &[f64], part: &[u32]| part.iter().map(|&i| x[i as usize]).collect::<Vec<_>>();
            let fit = Fit::new(&pick(&x, &fold.train), &pick(&y, &fold.train), lambda)?;
            let truth = pick(&y, &fold.validation);
            let error = mean_squared_error(&truth, &fit.predict(&pick(&x, &fold.validation))?)?;
            validation += error * truth.len() as f64 / f64::from(POINTS);
        }
        let fresh = mean_squared_error(&fresh_y, &all.predict(&fresh_x)?)?;
        println!("  {power:7}   {training:8.4}   {validation:10.4}   {fresh:8.4}");
        seen.push((f64::from(power), training.log10()));
        unseen.push((f64::from(power), validation.log10()));
        if validation < best.0 {
            best = (validation, lambda);
        }
    }
    let lambda = best.1;
    draw(&x, &y, lambda, [&seen, &unseen])?;
    let none = mean_squared_error(&fresh_y, &Fit::new(&x, &y, 1e-8)?.predict(&fresh_x)?)?;
    let chosen = mean_squared_error(&fresh_y, &Fit::new(&x, &y, lambda)?.predict(&fresh_x)?)?;
    if chosen < none && seen.is_sorted_by(|a, b| a.1 <= b.1 + 1e-6) {
        println!("result: λ = {lambda:.0e} errs by {chosen:.3} on fresh points, 1e-8 by {none:.3}");
        Ok(())
    } else {
        Err(format!("a penalty should help: {chosen} with it, {none} without").into())
    }
}

/// Points of sin(2πx) with normal noise.
fn points(n: u32, stream: u64) -> (Vec<f64>, Vec<f64>) {
    let rng = &mut Key::new(3).stream(stream).rng();
    let point = |_| {
        let x = uniform(rng);
        (x, (TAU * x).sin() + NOISE * normal(rng))
    };
    (0..n).map(point).unzip()
}

/// A polynomial in scaled powers of x.
struct Fit {
    scaler: Scaler,
    w: DVector<f64>,
}

impl Fit {
    /// Solves (`AᵀA` + λ I) w = Aᵀ y by Cholesky's factor; the intercept is one of the columns.
    fn new(x: &[f64], y: &[f64], lambda: f64) -> Result<Self, Box<dyn Error>> {
        let powers = powers(x)?;
        let scaler = Scaler::standard(powers.samples())?;
        let a = matrix(&powers.scaled(&scaler)?);
        let penalty = DMatrix::from_diagonal_element(DEGREE + 1, DEGREE + 1, lambda);
        let l = cholesky(&(a.transpose() * &a + penalty))?;
        let right = a.transpose() * DVector::from_column_slice(y);
        let half = solve_triangular(&l, &right, Triangle::Lower)?;
        let w = solve_triangular(&l.transpose(), &half, Triangle::Upper)?;
        Ok(Self { scaler, w })
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>, Box<dyn Error>> {
        let a = matrix(&powers(x)?.scaled(&self.scaler)?);
        Ok((a * &self.w).as_slice().to_vec())
    }
}

/// x, x², …, one line a sample.
fn powers(x: &[f64]) -> Result<Table, Box<dyn Error>> {
    Ok(polynomial(&Table::new(["x"], x.to_vec())?, DEGREE)?)
}

/// The features and a column of ones, one row a sample.
fn matrix(features: &Table) -> DMatrix<f64> {
    let x = features.samples(); // one column a sample
    DMatrix::from_fn(x.columns(), DEGREE + 1, |i, j| x.get(j, i).unwrap_or(1.0))
}

/// Both errors over λ, and two fits, in `out/`.
fn draw(
    x: &[f64],
    y: &[f64],
    lambda: f64,
    errors: [&[(f64, f64)]; 2],
) -> Result<(), Box<dyn Error>> {
    let [seen, unseen] = errors;
    let errors = [
        PlaneCurve::steps("training", seen),
        PlaneCurve::steps("validation", unseen),
    ];
    let figure = Figure::new("Choosing λ", "log₁₀ λ", "log₁₀ of the mean squared error");
    let path = save("out/660_cross_validation.svg", &xy_plot(&figure, &errors)?)?;
    println!("picture: {}", path.display());
    let grid: Vec<f64> = (4..=196).map(|i| f64::from(i) / 200.0).collect();
    let curve = |lambda| -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
        let predicted = Fit::new(x, y, lambda)?.predict(&grid)?;
        Ok(zip(grid.clone(), predicted).collect())
    };
    let (free, held) = (curve(1e-8)?, curve(lambda)?);
    let points: Vec<_> = zip(x.to_vec(), y.to_vec()).collect();
    let fits = [
        PlaneCurve::points("data", &points),
        PlaneCurve::line("λ = 1e-8", &free),
        PlaneCurve::line("chosen λ", &held),
    ];
    let figure = Figure::new("A polynomial of degree 12", "x", "y").between(-2.0, 2.0);
    let svg = xy_plot(&figure, &fits)?;
    let path = save("out/660_cross_validation_fits.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
