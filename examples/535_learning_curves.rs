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

use gradus::data::{LabelledTable, Scaler, wine};
use gradus::evaluation::{
    Bootstrap, CurvePoint, EvaluationError, Fold, Interval, Judged, PermutationTest,
    Rearrangements, bootstrap, cross_predict, cross_validate, jackknife, learning_curve,
    sign_flip_test, stratified_folds, validation_curve,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
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
    draw("learning", "training samples", &learning)?;
    draw("validation", "neighbors k", &validation)?;

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
    k: usize,
) -> Result<Vec<u32>, Box<dyn Error>> {
    let scaler = Scaler::standard(wine.select(&fold.train)?.samples())?;
    let (train, asked) = (
        wine.select(&fold.train)?.scaled(&scaler)?,
        wine.select(asked)?.scaled(&scaler)?,
    );
    let sample = |table: &LabelledTable, j: usize| table.sample(j).unwrap_or_default().to_vec();
    let class = |x: &[f64]| {
        let distance = |j: usize| {
            sample(&train, j)
                .iter()
                .zip(x)
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f64>()
        };
        let mut near: Vec<(f64, u32)> = (0..train.len())
            .map(|j| (distance(j), train.labels()[j]))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let votes = |c: &u32| near.iter().take(k).filter(|(_, y)| y == c).count();
        (0..3).rev().max_by_key(votes).unwrap_or(0)
    };
    Ok((0..asked.len())
        .map(|j| class(&sample(&asked, j)))
        .collect())
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

/// Both means over the size or the setting, in `out/`.
fn draw(name: &str, what: &str, curve: &[CurvePoint]) -> Result<(), Box<dyn Error>> {
    let seen: Vec<(f64, f64)> = curve.iter().map(|p| (p.at, p.training.mean())).collect();
    let unseen: Vec<(f64, f64)> = curve.iter().map(|p| (p.at, p.validation.mean())).collect();
    let lines = [
        PlaneCurve::steps("seen", &seen),
        PlaneCurve::steps("unseen", &unseen),
    ];
    let figure = Figure::new(
        format!("The {name} curve of nearest neighbors"),
        what,
        "accuracy",
    );
    let path = format!("out/535_{name}_curve.svg");
    println!(
        "picture: {}",
        save(path, &xy_plot(&figure, &lines)?)?.display()
    );
    Ok(())
}
