//! Would more data help, and how sure is a score? Curves, intervals and tests for a classifier.
//!
//! Nearest neighbors tell three growers of wine apart by 13 standardized measurements: a sample is of the class that most of its k nearest
//! training samples have.
//!
//! ```text
//! learning curve      accuracy over the number of training samples, seen and unseen: do they meet?
//! validation curve    accuracy over k: k = 1 knows its training samples by heart, k = 101 asks nearly all
//! bootstrap           accuracy of resampled predictions: the interval of 95 % of them, and BCa
//! permutation         are two settings different, or lucky? The signs of the ten differences, all 2¹⁰ patterns of them
//! ```
//!
//! Everything is judged by folds in which every class has its share, and the scaler learns from training samples alone.
//!
//! What to try: without the scaler proline alone decides. Folds that are not stratified. k = 1 against k = 5.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, wine};
use gradus::evaluation::{
    EvaluationError, Fold, PermutationTest, Rearrangements, bootstrap, jackknife, sign_flip_test,
    stratified_folds,
};
use gradus::models::{CurvePoint, NearestNeighbors, Pipeline, Preparation};
use gradus::models::{cross_predict, cross_validate, learning_curve, validation_curve};
use gradus::numeric::{mean, variance};
use gradus::plot::{AxisScale, Figure, PlotError, ScoreCurve, save, score_curves};
use gradus::random::Key;
use std::error::Error;

const K: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let wine = wine()?;
    let (x, y) = (wine.samples(), wine.labels());
    let folds = stratified_folds(y, 10, &mut Key::new(1).rng())?;
    let learning = learning_curve(&neighbors(K), x, y, &folds, &[10, 20, 40, 80, 120, 160])?;
    println!("  samples   seen     unseen (mean and deviation of ten folds)");
    tell(&learning)?;
    let settings = [1.0, 3.0, 5.0, 9.0, 17.0, 33.0, 65.0, 101.0];
    let count = |k: f64| (0..102).find(|&n| n as f64 == k).unwrap_or(1);
    let validation = validation_curve(&settings, |k| neighbors(count(k)), x, y, &folds)?;
    println!("  k         seen     unseen");
    tell(&validation)?;
    let svg = picture("learning", "training samples", &learning, AxisScale::Linear)?;
    println!(
        "picture: {}",
        save("out/535_learning_curve.svg", &svg)?.display()
    );
    let svg = picture(
        "validation",
        "neighbors k",
        &validation,
        AxisScale::Logarithmic,
    )?;
    println!(
        "picture: {}",
        save("out/535_validation_curve.svg", &svg)?.display()
    );

    resample(&wine, &folds)?;
    let test = compare(&wine, &folds)?;
    if test.p_value < 0.05 {
        println!("result: five neighbors beat 101, p = {:.4}", test.p_value);
        Ok(())
    } else {
        Err(format!("five neighbors should beat 101: p = {}", test.p_value).into())
    }
}

/// A scaler and k neighbors; both learn from training samples alone.
fn neighbors(neighbors: usize) -> Pipeline<NearestNeighbors> {
    let model = NearestNeighbors {
        neighbors,
        ..NearestNeighbors::default()
    };
    let steps = vec![Preparation::Standardize];
    Pipeline { steps, model }
}

/// How sure the accuracy is: one prediction a sample, by the fold that has not seen it, and samples drawn anew.
fn resample(wine: &LabelledTable, folds: &[Fold]) -> Result<(), Box<dyn Error>> {
    let predicted = cross_predict(&neighbors(K), wine.samples(), wine.labels(), folds)?;
    let is_right = |&&i: &&u32| predicted[i as usize] == Some(wine.labels()[i as usize]);
    let right = |samples: &[u32]| -> Result<f64, EvaluationError> {
        Ok(samples.iter().filter(is_right).count() as f64 / samples.len() as f64)
    };
    let found = bootstrap(178, 2000, Key::new(2), right)?;
    let (accuracy, error) = (found.estimate(), found.standard_error());
    let (plain, better) = (
        found.percentile(0.95)?,
        found.bca(0.95, &jackknife(178, right)?)?,
    );
    println!("  accuracy {accuracy:.3} ± {error:.3}");
    for (name, interval) in [("percentiles", plain), ("BCa", better)] {
        let (low, high) = (interval.low, interval.high);
        println!("  95 %: {low:.3} to {high:.3} ({name})");
    }
    if plain.contains(accuracy) {
        Ok(())
    } else {
        Err(format!("{accuracy} should lie in its own interval").into())
    }
}

/// Whether five neighbors are better than 101, fold by fold.
fn compare(wine: &LabelledTable, folds: &[Fold]) -> Result<PermutationTest, Box<dyn Error>> {
    let score = |k| cross_validate(&neighbors(k), wine.samples(), wine.labels(), folds);
    let gains: Vec<f64> = score(K)?
        .iter()
        .zip(score(101)?)
        .map(|(a, b)| a - b)
        .collect();
    let how = Rearrangements {
        limit: 2000,
        tie: 1e-12,
        key: Key::new(3),
    };
    let test = sign_flip_test(&gains, how, |gains| gains.iter().sum())?;
    let (gain, p, patterns) = (test.statistic / 10.0, test.p_value, test.rearrangements);
    println!("  k = {K} against 101: gain {gain:.3} a fold, p = {p:.4} of {patterns} patterns");
    Ok(test)
}

fn tell(curve: &[CurvePoint]) -> Result<(), Box<dyn Error>> {
    for point in curve {
        let (at, seen, unseen) = (point.at, mean(&point.train)?, mean(&point.validation)?);
        let deviation = variance(&point.validation, 1)?.sqrt();
        println!("  {at:7}   {seen:.3}    {unseen:.3} ± {deviation:.3}");
    }
    Ok(())
}

/// Means over the size or the setting, with the span of the folds.
fn picture(
    name: &str,
    what: &str,
    curve: &[CurvePoint],
    axis: AxisScale,
) -> Result<String, PlotError> {
    let at: Vec<f64> = curve.iter().map(|point| point.at).collect();
    let seen: Vec<_> = curve.iter().map(|point| point.train.clone()).collect();
    let unseen: Vec<_> = curve.iter().map(|point| point.validation.clone()).collect();
    let named = |name, scores| ScoreCurve { name, scores };
    let curves = [named("seen", &seen[..]), named("unseen", &unseen[..])];
    let title = format!("The {name} curve of nearest neighbors");
    score_curves(&Figure::new(title, what, "accuracy"), &at, &curves, axis)
}
