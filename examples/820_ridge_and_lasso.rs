//! Ridge and lasso: two ways to make weights small.
//!
//! ```text
//! ridge:  min ‖Xᵀw − y‖² + λ ‖w‖²        lasso:  min (1/2n) ‖Xᵀw − y‖² + λ ‖w‖₁
//! ```
//!
//! With a growing penalty ridge shrinks all weights and sets none to 0. The 1-norm has corners on the axes, and the lasso
//! lets one weight after the other go to exactly 0: it chooses features. The pictures show the weights of ten standardized
//! measurements over the penalty. Cross-validation says where to stop.
//!
//! What to try: `l1_ratio: 0.5`, where features that resemble each other stay together.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Scaler, Table, diabetes};
use gradus::evaluation::folds;
use gradus::models::{
    ElasticNet, LinearModel, MatrixRef, RidgePath, elastic_net_path, largest_penalty,
    validation_curve,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let (patients, y) = diabetes()?;
    let patients = patients.scaled(&Scaler::standard(patients.samples())?)?;
    let x = patients.samples();

    let powers: Vec<f64> = (0..60).map(|i| -1.0 + 0.1 * f64::from(i)).collect();
    let path = RidgePath::new(x, &y, true)?;
    let ridge = powers.iter().map(|p| path.at(10.0_f64.powf(*p)));
    let ridge: Vec<LinearModel> = ridge.collect::<Result<_, _>>()?;
    draw("820_ridge", "Ridge: all shrink", &patients, &powers, &ridge)?;

    let largest = largest_penalty(x, &y, &ElasticNet::lasso(1.0))?;
    println!("from λ = {largest:.2} on, the lasso has no feature; below, they come in:");
    let falling: Vec<f64> = (0..60)
        .map(|i| largest * 10.0_f64.powf(-0.06 * f64::from(i)))
        .collect();
    let lasso = elastic_net_path(x, &y, &ElasticNet::lasso(1.0), &falling)?;
    tell_who_comes_in(&patients, &falling, &lasso);
    let logs: Vec<f64> = falling.iter().map(|p| p.log10()).collect();
    draw(
        "820_lasso",
        "Lasso: one after the other",
        &patients,
        &logs,
        &lasso,
    )?;

    let best = best_penalty(x, &y)?;
    let ridge_zeros = ridge
        .iter()
        .flat_map(LinearModel::weights)
        .filter(|w| **w == 0.0)
        .count();
    let kept = elastic_net_path(x, &y, &ElasticNet::lasso(1.0), &[largest, best])?[1]
        .weights()
        .iter()
        .filter(|w| **w != 0.0)
        .count();
    if ridge_zeros == 0 && kept < 10 {
        println!(
            "result: the best lasso, λ = {best}, keeps {kept} of 10 features; ridge keeps all"
        );
        return Ok(());
    }
    Err(format!("ridge has {ridge_zeros} zeros, the lasso keeps {kept} features").into())
}

/// Tells at which penalty each feature gets its first weight.
fn tell_who_comes_in(patients: &Table, falling: &[f64], lasso: &[LinearModel]) {
    let mut known = Vec::new();
    for (penalty, model) in falling.iter().zip(lasso) {
        for (name, _) in patients
            .names()
            .iter()
            .zip(model.weights())
            .filter(|(_, w)| **w != 0.0)
        {
            if !known.contains(&name) {
                println!("  λ = {penalty:7.3}   {name}");
                known.push(name);
            }
        }
    }
}

/// The penalty with the best mean score of ten folds.
fn best_penalty(x: MatrixRef<'_, f64>, y: &[f64]) -> Result<f64, Box<dyn Error>> {
    let folds = folds(u32::try_from(y.len())?, 10, &mut Key::new(5).rng())?;
    let tried = [0.01, 0.1, 1.0, 3.0, 10.0, 30.0];
    let curve = validation_curve(&tried, ElasticNet::lasso, x, y, &folds)?;
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    println!("\n  λ of the lasso   R² training   R² validation");
    for point in &curve {
        println!(
            "  {:14.2}   {:11.4}   {:13.4}",
            point.at,
            mean(&point.train),
            mean(&point.validation)
        );
    }
    let scores = curve.iter().map(|point| mean(&point.validation));
    let best = tried
        .iter()
        .zip(scores)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .ok_or("no point")?;
    Ok(*best.0)
}

/// The weights of every feature over the logarithm of the penalty.
fn draw(
    name: &str,
    title: &str,
    table: &Table,
    powers: &[f64],
    models: &[LinearModel],
) -> Result<(), Box<dyn Error>> {
    let of = |i: usize| -> Vec<(f64, f64)> {
        powers
            .iter()
            .zip(models)
            .map(|(&p, model)| (p, model.weights()[i]))
            .collect()
    };
    let paths: Vec<Vec<(f64, f64)>> = (0..table.features()).map(of).collect();
    let named = table.names().iter().zip(&paths);
    let curves: Vec<_> = named
        .map(|(name, path)| PlaneCurve::line(name, path))
        .collect();
    let figure = Figure::new(title, "log₁₀ λ", "weight").sized(760, 420);
    let path = save(format!("out/{name}.svg"), &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
