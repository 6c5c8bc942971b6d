//! How many powers does a curve need? The evidence tells, without a validation set.
//!
//! A polynomial of degree p − 1 is linear in its weights, with the features 1, t, t², …. For normal weights and noise
//!
//! ```text
//! w ~ N(0, I / α),   y = wᵀx + noise of variance 1 / β
//! ln p(y) = ½ (p ln α + n ln(β / 2π) − ln det(αI + βXXᵀ) − β ‖y − Xᵀm‖² − α ‖m‖²)
//! ```
//!
//! is how probable the targets were before they were seen, with α and β those that make it largest. A line cannot reach the points; a
//! curve of high degree can reach these points, and so many others that it did not expect these: its residual is smaller, and
//! so is its evidence. That is Ockham's razor, and it comes out of Bayes' rule by itself.
//!
//! What to try: 400 points instead of 20: higher degrees cost less and less. `NOISE` = 1: simpler curves suffice.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::least_squares;
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::multivariate::{BayesianRegression, EvidenceFit};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, normal};
use std::error::Error;

const POINTS: usize = 20;
const NOISE: f64 = 0.15;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(11).rng();
    let t: Vec<f64> = (0..POINTS)
        .map(|j| -1.0 + 2.0 * j as f64 / (POINTS - 1) as f64)
        .collect();
    let y: Vec<f64> = t
        .iter()
        .map(|t| truth(*t) + NOISE * normal(&mut rng))
        .collect();

    println!("degree   ln evidence   residual of least squares   weights determined   noise");
    let (mut fits, mut residuals) = (Vec::new(), Vec::new());
    for degree in 0..10 {
        let fit = fitted(&t, &y, degree)?;
        let curve = &fit.regression;
        let least_squares = residual(&t, &y, degree)?;
        println!(
            "{degree:6}   {:11.3}   {:25.4}   {:18.2}   {:.4}",
            curve.ln_evidence(),
            least_squares,
            curve.determined(),
            1.0 / curve.beta().sqrt()
        );
        fits.push(fit.regression);
        residuals.push(least_squares);
    }
    let evidence = |degree: &usize| fits[*degree].ln_evidence();
    let best = (0..10)
        .max_by(|a, b| evidence(a).total_cmp(&evidence(b)))
        .unwrap_or(0);
    draw(&fits[best], &t, &y)?;
    let falls = residuals.windows(2).all(|pair| pair[1] < pair[0]);
    if best == 3 && falls {
        println!(
            "result: degree {best} has the most evidence, though each higher one comes nearer to the points"
        );
        Ok(())
    } else {
        Err(format!("degree {best} has the most evidence, expected 3").into())
    }
}

/// A cubic curve.
fn truth(t: f64) -> f64 {
    1.0 - t - 2.0 * t * t + 3.0 * t * t * t
}

/// 1, t, t², …
fn powers(t: f64, degree: usize) -> DVector<f64> {
    DVector::from_iterator(
        degree + 1,
        std::iter::successors(Some(1.0), |power| Some(power * t)).take(degree + 1),
    )
}

/// Features and targets of a polynomial.
fn data(t: &[f64], y: &[f64], degree: usize) -> (DMatrix<f64>, DVector<f64>) {
    let columns: Vec<_> = t.iter().map(|t| powers(*t, degree)).collect();
    (DMatrix::from_columns(&columns), DVector::from_row_slice(y))
}

/// The polynomial of a degree with the precisions that have the most evidence.
fn fitted(t: &[f64], y: &[f64], degree: usize) -> Result<EvidenceFit, Box<dyn Error>> {
    let (x, y) = data(t, y, degree);
    Ok(BayesianRegression::with_most_evidence(
        &x, &y, 1.0, 1.0, 1e-9, 10_000,
    )?)
}

/// The root mean square of what the polynomial of least squares leaves of the targets.
fn residual(t: &[f64], y: &[f64], degree: usize) -> Result<f64, Box<dyn Error>> {
    let (x, y) = data(t, y, degree);
    Ok(least_squares(&x.transpose(), &y)?.residual / (POINTS as f64).sqrt())
}

/// The points, the most probable curve, and two standard deviations of a prediction on either side, in `out/`.
fn draw(curve: &BayesianRegression, t: &[f64], y: &[f64]) -> Result<(), Box<dyn Error>> {
    let points: Vec<_> = t.iter().copied().zip(y.iter().copied()).collect();
    let (mut low, mut middle, mut high) = (Vec::new(), Vec::new(), Vec::new());
    for i in -60..=60 {
        let t = f64::from(i) / 48.0;
        let next = curve.predictive(&powers(t, curve.weights().dimension() - 1))?;
        let (mean, width) = (next.location(), 2.0 * next.standard_deviation());
        low.push((t, mean - width));
        middle.push((t, mean));
        high.push((t, mean + width));
    }
    let figure = Figure::new("The degree with the most evidence", "t", "y");
    let curves = [
        PlaneCurve::points("points", &points),
        PlaneCurve::line("most probable curve", &middle),
        PlaneCurve::line("two deviations below", &low),
        PlaneCurve::line("two deviations above", &high),
    ];
    let path = save("out/445_evidence.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
