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
    Bootstrap, CurvePoint, EvaluationError, Fold, Interval, Judged, PermutationTest,
    Rearrangements, Scores, bootstrap, cross_predict, cross_validate, jackknife, learning_curve,
    sign_flip_test, stratified_folds, validation_curve,
};
use gradus::models::{Fit, NearestNeighbors, Pipeline, Predict, Preparation};
use gradus::plot::{AxisScale, Figure, ScoreCurve, save, score_curves};
use gradus::random::Key;
use std::error::Error;

const K: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let wine = wine()?;
    let folds = stratified_folds(wine.labels(), 10, &mut Key::new(1).rng())?;
    let sizes = [10, 20, 40, 80, 120, 160];
    let learning = learning_curve(&folds, &sizes, |fold| judge(&wine, K, fold))?;
    println!("  samples   seen     unseen (mean and deviation of ten folds)");
    tell(&learning)?;
    let settings = [1.0, 3.0, 5.0, 9.0, 17.0, 33.0, 65.0, 101.0];
    let count = |k: f64| (0..102).find(|&n| n as f64 == k).unwrap_or(1);
    let validation = validation_curve(&folds, &settings, |k, fold| judge(&wine, count(k), fold))?;
    println!("  k         seen     unseen");
    tell(&validation)?;
    draw("learning", "training samples", &learning, AxisScale::Linear)?;
    draw(
        "validation",
        "neighbors k",
        &validation,
        AxisScale::Logarithmic,
    )?;

    let (resampled, plain, better) = resample(&wine, &folds)?;
    let test = compare(&wine, &folds)?;
    if plain.contains(resampled.estimate()) && test.p_value < 0.05 {
        println!(
            "result: accuracy {:.3}, in {:.3} to {:.3}",
            resampled.estimate(),
            better.low,
            better.high
        );
        Ok(())
    } else {
        Err(format!("five neighbors should beat 101: p = {}", test.p_value).into())
    }
}

/// The accuracy of k neighbors on both parts of a fold.
fn judge(wine: &LabelledTable, k: usize, fold: &Fold) -> Result<Judged, Box<dyn Error>> {
    let of = |part: &[u32]| -> Result<f64, Box<dyn Error>> {
        Ok(accuracy(wine, &predict(wine, fold, part, k)?, part))
    };
    Ok(Judged {
        training: of(&fold.train)?,
        validation: of(&fold.validation)?,
    })
}

/// How sure the accuracy is: one prediction a sample, by the fold that has not seen it, and samples drawn anew.
fn resample(
    wine: &LabelledTable,
    folds: &[Fold],
) -> Result<(Bootstrap, Interval, Interval), Box<dyn Error>> {
    let predicted = cross_predict(178, folds, |fold| predict(wine, fold, &fold.validation, K))?;
    let right = |samples: &[u32]| -> Result<f64, EvaluationError> {
        let hits = samples
            .iter()
            .filter(|&&i| predicted[i as usize] == wine.labels()[i as usize]);
        Ok(hits.count() as f64 / samples.len() as f64)
    };
    let resampled = bootstrap(178, 2000, Key::new(2), right)?;
    let (plain, better) = (
        resampled.percentile(0.95)?,
        resampled.bca(0.95, &jackknife(178, right)?)?,
    );
    println!(
        "  accuracy {:.3} ± {:.3}",
        resampled.estimate(),
        resampled.standard_error()
    );
    println!(
        "  95 %: {:.3} to {:.3} (percentiles), {:.3} to {:.3} (BCa)",
        plain.low, plain.high, better.low, better.high
    );
    Ok((resampled, plain, better))
}

/// Whether five neighbors are better than 101, fold by fold.
fn compare(wine: &LabelledTable, folds: &[Fold]) -> Result<PermutationTest, Box<dyn Error>> {
    let score = |k: usize| {
        cross_validate(folds, |fold| {
            judge(wine, k, fold).map(|judged| judged.validation)
        })
    };
    let (few, many) = (score(K)?, score(101)?);
    let gains: Vec<f64> = few
        .values()
        .iter()
        .zip(many.values())
        .map(|(a, b)| a - b)
        .collect();
    let how = Rearrangements {
        limit: 2000,
        tie: 1e-12,
        key: Key::new(3),
    };
    let test = sign_flip_test(&gains, how, |gains| gains.iter().sum())?;
    println!(
        "  k = {K} against 101: gain {:.3} a fold, p = {:.4} of {} patterns",
        test.statistic / 10.0,
        test.p_value,
        test.rearrangements
    );
    Ok(test)
}

/// The classes of some samples by their nearest neighbors in the training part.
fn predict(
    wine: &LabelledTable,
    fold: &Fold,
    asked: &[u32],
    neighbors: usize,
) -> Result<Vec<u32>, Box<dyn Error>> {
    let (seen, asked) = (wine.select(&fold.train)?, wine.select(asked)?);
    let steps = vec![Preparation::Standardize]; // by what may be seen
    let model = NearestNeighbors {
        neighbors,
        ..NearestNeighbors::default()
    };
    let fitted = Pipeline { steps, model }.fit(seen.samples(), seen.labels())?;
    Ok(fitted.predict(asked.samples())?)
}

/// The share of these samples that is predicted rightly.
fn accuracy(wine: &LabelledTable, predicted: &[u32], samples: &[u32]) -> f64 {
    let hits = predicted
        .iter()
        .zip(samples)
        .filter(|(p, i)| **p == wine.labels()[**i as usize]);
    hits.count() as f64 / samples.len() as f64
}

fn tell(curve: &[CurvePoint]) -> Result<(), Box<dyn Error>> {
    for point in curve {
        println!(
            "  {:7}   {:.3}    {:.3} ± {:.3}",
            point.at,
            point.training.mean(),
            point.validation.mean(),
            point.validation.deviation()?
        );
    }
    Ok(())
}

/// Means over the size or the setting, with the span of the folds, in `out/`.
fn draw(
    name: &str,
    what: &str,
    curve: &[CurvePoint],
    horizontal: AxisScale,
) -> Result<(), Box<dyn Error>> {
    let at: Vec<f64> = curve.iter().map(|point| point.at).collect();
    let of = |scores: fn(&CurvePoint) -> &Scores| -> Vec<Vec<f64>> {
        curve.iter().map(|p| scores(p).values().to_vec()).collect()
    };
    let (seen, unseen) = (of(|p| &p.training), of(|p| &p.validation));
    let named = |name, scores| ScoreCurve { name, scores };
    let title = format!("The {name} curve of nearest neighbors");
    let svg = score_curves(
        &Figure::new(title, what, "accuracy"),
        &at,
        &[named("seen", &seen[..]), named("unseen", &unseen[..])],
        horizontal,
    )?;
    let path = format!("out/535_{name}_curve.svg");
    println!("picture: {}", save(path, &svg)?.display());
    Ok(())
}
