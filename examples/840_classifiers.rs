//! Five classifiers side by side, judged by samples that they have not seen.
//!
//! Softmax regression finds p(class | x) at once. Naive Bayes finds p(x | class), feature by feature, and turns it around
//! by Bayes' rule. Nearest neighbors find nothing and remember all. A network bends what softmax regression keeps
//! straight.
//!
//! Wines are measured in units that differ by a factor of a thousand. Neighbors, penalties and networks see these units:
//! each model is tried with and without standardized features (a pipeline, so that means and deviations come from the
//! training samples of each fold). Naive Bayes does not mind. The picture shows how many neighbors are best.
//!
//! What to try: `breast_cancer()`. `Preparation::Pca(2)` behind the scaling.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, iris, wine};
use gradus::evaluation::stratified_folds;
use gradus::models::{
    Fit, Fold, GaussianNaiveBayes, Mlp, ModelError, NearestNeighbors, Pipeline, Preparation,
    SoftmaxRegression, cross_validate, validation_curve,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut best = Vec::new();
    for (name, table) in [("iris", iris()?), ("wine", wine()?)] {
        let folds = stratified_folds(table.labels(), 10, &mut Key::new(2).rng())?;
        println!("{name}: share of right labels     as measured   standardized");
        let mut all = Vec::new();
        let softmax = SoftmaxRegression {
            most_iterations: 200,
            ..SoftmaxRegression::default()
        };
        all.push(compare("softmax regression", &softmax, &table, &folds)?);
        all.push(compare(
            "Gaussian naive Bayes",
            &GaussianNaiveBayes::default(),
            &table,
            &folds,
        )?);
        let one = NearestNeighbors {
            neighbors: 1,
            ..NearestNeighbors::default()
        };
        all.push(compare("nearest neighbor", &one, &table, &folds)?);
        all.push(compare(
            "five neighbors",
            &NearestNeighbors::default(),
            &table,
            &folds,
        )?);
        let small = Mlp {
            hidden: vec![16],
            epochs: 30,
            learning_rate: 0.01,
            ..Mlp::default()
        };
        all.push(compare("network", &small, &table, &folds)?);
        best.push(all);
    }
    neighbors()?;

    let [raw, scaled] = best[1][3];
    let [bayes_raw, bayes_scaled] = best[1][1];
    if scaled > raw + 0.15 && (bayes_raw - bayes_scaled).abs() < 0.02 {
        println!(
            "result: five neighbors know {:.0} % of the wines, standardized {:.0} %",
            100.0 * raw,
            100.0 * scaled
        );
        return Ok(());
    }
    Err(format!("units should matter to neighbors ({raw}, {scaled}) and not to Bayes").into())
}

/// The mean score over the folds, as measured and standardized.
fn compare<S: Fit<u32> + Clone>(
    name: &str,
    settings: &S,
    table: &LabelledTable,
    folds: &[Fold],
) -> Result<[f64; 2], ModelError> {
    let score = |steps: Vec<Preparation>| -> Result<f64, ModelError> {
        let model = settings.clone();
        let scores = cross_validate(
            &Pipeline { steps, model },
            table.samples(),
            table.labels(),
            folds,
        )?;
        Ok(scores.iter().sum::<f64>() / scores.len() as f64)
    };
    let both = [score(vec![])?, score(vec![Preparation::Standardize])?];
    println!("  {name:24} {:15.3} {:14.3}", both[0], both[1]);
    Ok(both)
}

/// Scores of 1 to 60 neighbors on standardized wines.
fn neighbors() -> Result<(), Box<dyn Error>> {
    let wine = wine()?;
    let folds = stratified_folds(wine.labels(), 10, &mut Key::new(2).rng())?;
    let counts: Vec<u8> = (0..20).map(|i| 3 * i + 1).collect();
    let values: Vec<f64> = counts.iter().map(|&k| f64::from(k)).collect();
    let settings = |k: f64| {
        let neighbors = counts
            .iter()
            .find(|&&count| f64::from(count) == k)
            .map_or(1, |&k| k.into());
        let model = NearestNeighbors {
            neighbors,
            ..NearestNeighbors::default()
        };
        let steps = vec![Preparation::Standardize];
        Pipeline { steps, model }
    };
    let curve = validation_curve(&values, settings, wine.samples(), wine.labels(), &folds)?;
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    let seen: Vec<(f64, f64)> = curve
        .iter()
        .map(|point| (point.at, mean(&point.train)))
        .collect();
    let unseen: Vec<(f64, f64)> = curve
        .iter()
        .map(|point| (point.at, mean(&point.validation)))
        .collect();
    let svg = xy_plot(
        &Figure::new(
            "How many neighbors to ask",
            "neighbors",
            "share of right labels",
        ),
        &[
            PlaneCurve::steps("training", &seen),
            PlaneCurve::steps("validation", &unseen),
        ],
    )?;
    println!(
        "picture: {}",
        save("out/840_classifiers.svg", &svg)?.display()
    );
    Ok(())
}
