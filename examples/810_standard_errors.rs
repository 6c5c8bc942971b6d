//! Linear regression, and how far its coefficients can be trusted.
//!
//! Progress of a disease as a linear function of ten measurements, fitted to 442 patients:
//!
//! ```text
//! β̂ = argmin ‖A β − y‖²,    Cov(β̂) = σ̂² (AᵀA)⁻¹,    σ̂² = ‖A β̂ − y‖² / (n − k)
//! ```
//!
//! A coefficient in units of its standard error is t; if the true one is 0, t follows Student's law, and p is the
//! probability of a |t| this large. Serum measurements depend on each other: their coefficients are large, of opposite
//! signs, and no one knows them. A single measurement, body mass index, has a slope that is known well: the picture shows
//! the line with the band in which the true line lies with a probability of 95 %.
//!
//! What to try: leave `ldl` out, and see the standard error of `total_cholesterol` fall. A level of 99.9 %.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Table, diabetes};
use gradus::evaluation::d2_absolute_error;
use gradus::models::{LinearRegression, MatrixRef, Order, RegressionSummary, Shape};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let (patients, progression) = diabetes()?;
    let all = LinearRegression::default().summarize(patients.samples(), &progression)?;
    table(&patients, &all)?;

    let index: Vec<f64> = patients.samples().row(2).collect();
    let x = MatrixRef::new(&index, Shape::new(1, index.len()), Order::Columns)?;
    let one = LinearRegression::default().summarize(x, &progression)?;
    let slope = one.coefficients()[1];
    println!(
        "\nbody mass index alone: {:.2} ± {:.2} for each unit, R² {:.3}",
        slope.estimate,
        slope.standard_error,
        one.r_squared()?
    );
    let intercept = one.coefficients()[0].estimate;
    let line: Vec<f64> = index
        .iter()
        .map(|x| intercept + slope.estimate * x)
        .collect();
    println!(
        "of the absolute errors of always saying the median it saves {:.3}",
        d2_absolute_error(&progression, &line)?
    );
    draw(&index, &progression, &one)?;

    let cholesterol = all.coefficients()[5]; // after the intercept and four others
    let known =
        slope.p_value < 1e-30 && cholesterol.standard_error > 0.4 * cholesterol.estimate.abs();
    if known && (all.r_squared()? - 0.5178).abs() < 1e-4 {
        println!(
            "result: ten measurements explain 51.8 % of the variance, and most coefficients are not told from 0"
        );
        return Ok(());
    }
    Err("the table should be that of the paper".into())
}

fn table(patients: &Table, summary: &RegressionSummary) -> Result<(), Box<dyn Error>> {
    println!("                       estimate   std. error        t         p    95 % interval");
    let names = std::iter::once("intercept").chain(patients.names().iter().map(String::as_str));
    for (j, (name, of)) in names.zip(summary.coefficients()).enumerate() {
        let [low, high] = summary.interval(j, 0.95)?;
        println!(
            "  {name:18} {:10.3}   {:10.3}   {:6.2}   {:7.1e}    {low:8.2} to {high:8.2}",
            of.estimate, of.standard_error, of.t, of.p_value
        );
    }
    println!(
        "R² {:.4}, adjusted {:.4}, σ̂ {:.2} with {} degrees of freedom",
        summary.r_squared()?,
        summary.adjusted_r_squared()?,
        summary.residual_variance().sqrt(),
        summary.degrees_of_freedom()
    );
    Ok(())
}

/// The line and its band: the variance of β₀ + β₁ x is c₀₀ + 2 c₀₁ x + c₁₁ x².
fn draw(x: &[f64], y: &[f64], summary: &RegressionSummary) -> Result<(), Box<dyn Error>> {
    let (c, [a, b]) = (
        summary.covariance(),
        [0, 1].map(|j| summary.coefficients()[j]),
    );
    // How many standard errors an interval of 95 % has on each side.
    let t = (summary.interval(1, 0.95)?[1] - b.estimate) / b.standard_error;
    let grid = || (0..=100).map(|i| 17.0 + 0.26 * f64::from(i));
    let edge = |side: f64| -> Vec<(f64, f64)> {
        let at = |x: f64| {
            let variance = c[(0, 0)] + 2.0 * c[(0, 1)] * x + c[(1, 1)] * x * x;
            a.estimate + b.estimate * x + side * t * variance.sqrt()
        };
        grid().map(|x| (x, at(x))).collect()
    };
    let patients: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let (line, low, high) = (edge(0.0), edge(-1.0), edge(1.0));
    let figure = Figure::new(
        "A line and how well it is known",
        "body mass index",
        "progression",
    );
    let svg = xy_plot(
        &figure,
        &[
            PlaneCurve::points("patients", &patients),
            PlaneCurve::line("line", &line),
            PlaneCurve::line("95 %, below", &low),
            PlaneCurve::line("95 %, above", &high),
        ],
    )?;
    println!(
        "picture: {}",
        save("out/810_standard_errors.svg", &svg)?.display()
    );
    Ok(())
}
