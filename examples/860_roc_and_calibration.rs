//! Two questions to probabilities: is the order right, and are the numbers right?
//!
//! Logistic regression and naive Bayes say how probable it is that a tumor is benign. The ROC curve asks for the order
//! alone: its area is the probability that a benign tumor gets more than a malignant one. Calibration asks for the
//! numbers: of tumors with 70 %, seven of ten should be benign. Naive Bayes takes thirty features that depend on each other
//! for independent, counts the same evidence many times, and is far too sure; its order is nearly as good.
//!
//! ```text
//! AUC = P(score of a positive > score of a negative),    ECE = Σ nᵦ/n |mean prediction − share|
//! ```
//!
//! Each tumor is judged by a model that has not seen it (ten folds).
//!
//! Where answers come in batches, the score of all is the mean of theirs, weighted by their sizes. Where samples were drawn more
//! often than they will come (here a third is malignant, elsewhere one of ten), they get weights.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, Scaler, breast_cancer};
use gradus::evaluation::{
    BatchMean, BinaryScores, Calibration, EvaluationError, Fold, brier_score, brier_score_weighted,
    stratified_folds,
};
use gradus::models::{Fit, GaussianNaiveBayes, LogisticRegression, MatrixRef, ModelError};
use gradus::plot::{Figure, PlaneCurve, PlotError, calibration_curves, roc_curves, save};
use gradus::random::Key;
use std::error::Error;
use std::iter::zip;

fn main() -> Result<(), Box<dyn Error>> {
    let tumors = breast_cancer()?;
    let truth = tumors.labels();
    let folds = stratified_folds(truth, 10, &mut Key::new(3).rng())?;
    let logistic = judged(&tumors, &folds, |x, y, unseen| {
        LogisticRegression::default()
            .fit(x, y)?
            .probabilities(unseen)
    })?;
    let bayes = judged(&tumors, &folds, |x, y, unseen| {
        let ln_p = GaussianNaiveBayes::default()
            .fit(x, y)?
            .ln_probabilities(unseen)?;
        Ok(ln_p.row(1).iter().map(|p| p.exp()).collect())
    })?;

    let (mut roc, mut bins, mut told) = (Vec::new(), Vec::new(), Vec::new());
    println!("                          area (AUC)    Brier   calibration error");
    for (name, p) in [("logistic regression", &logistic), ("naive Bayes", &bayes)] {
        let scores = BinaryScores::new(truth, p)?;
        let calibration = Calibration::new(truth, p, 10)?;
        let (auc, error) = (scores.auc()?, calibration.expected_error());
        let brier = brier_score(truth, p)?;
        println!("  {name:22} {auc:11.4} {brier:8.4} {error:19.4}");
        roc.push(scores.roc()?);
        let shares = calibration.bins().map(|bin| (bin.predicted, bin.observed));
        bins.push(shares.collect::<Vec<_>>());
        told.push((auc, error));
    }
    let figure = Figure::new(
        "Is the order right?",
        "false positive rate",
        "true positive rate",
    );
    draw("roc", figure, roc_curves, PlaneCurve::line, &roc)?;
    let figure = Figure::new("Are the numbers right?", "predicted", "observed share");
    draw(
        "calibration",
        figure,
        calibration_curves,
        PlaneCurve::steps,
        &bins,
    )?;

    let apart = in_batches(truth, &logistic)?;
    elsewhere(truth, &logistic, &bayes)?;

    let [(auc, error), (auc_bayes, error_bayes)] = told[..] else {
        return Err("two models were judged".into());
    };
    if auc > 0.99 && auc_bayes > 0.97 && error_bayes > 2.0 * error && apart < 1e-15 {
        println!(
            "result: areas {auc:.3} and {auc_bayes:.3}, but calibration errors {error:.3} and {error_bayes:.3}"
        );
        return Ok(());
    }
    Err(format!("naive Bayes should be too sure: {told:?}").into())
}

/// The probability of class 1 of each sample, by a model that was fitted without it, on scaled features.
fn judged(
    table: &LabelledTable,
    folds: &[Fold],
    model: impl Fn(MatrixRef<'_, f64>, &[u32], MatrixRef<'_, f64>) -> Result<Vec<f64>, ModelError>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut all = vec![0.0; table.len()];
    for fold in folds {
        let (seen, unseen) = (table.select(&fold.train)?, table.select(&fold.validation)?);
        let scaler = Scaler::standard(seen.samples())?; // of what may be seen
        let (seen, unseen) = (seen.scaled(&scaler)?, unseen.scaled(&scaler)?);
        let p = model(seen.samples(), seen.labels(), unseen.samples())?;
        for (&i, p) in fold.validation.iter().zip(p) {
            all[i as usize] = p.clamp(0.0, 1.0); // rounding
        }
    }
    Ok(all)
}

/// The Brier score of answers that come in batches of 120, and how far it is from that of all at once.
fn in_batches(truth: &[u32], p: &[f64]) -> Result<f64, EvaluationError> {
    let (mut all, mut scores) = (BatchMean::default(), Vec::new());
    for (truth, p) in zip(truth.chunks(120), p.chunks(120)) {
        scores.push(brier_score(truth, p)?);
        all.add(scores[scores.len() - 1], truth.len())?;
        println!("  after {:3} answers {:.5}", all.count(), all.value()?);
    }
    let unweighted = scores.iter().sum::<f64>() / scores.len() as f64;
    println!("  (the mean of the batches, the last of which is shorter: {unweighted:.5})");
    Ok((all.value()? - brier_score(truth, p)?).abs())
}

/// The Brier scores where one tumor of ten is malignant; here 212 are, and 357 are benign.
fn elsewhere(truth: &[u32], logistic: &[f64], bayes: &[f64]) -> Result<(), EvaluationError> {
    let weight = |&y: &u32| [0.1 / 212.0, 0.9 / 357.0][y as usize];
    let weights: Vec<f64> = truth.iter().map(weight).collect();
    let of = |p| brier_score_weighted(truth, p, &weights);
    println!(
        "Brier score where one of ten is malignant: {:.4}, naive Bayes {:.4}",
        of(logistic)?,
        of(bayes)?
    );
    Ok(())
}

fn draw<'a>(
    name: &str,
    figure: Figure,
    chart: fn(&Figure, &[PlaneCurve<'_>]) -> Result<String, PlotError>,
    curve: fn(&'a str, &'a [(f64, f64)]) -> PlaneCurve<'a>,
    points: &'a [Vec<(f64, f64)>],
) -> Result<(), Box<dyn Error>> {
    let names = ["logistic regression", "naive Bayes"];
    let curves: Vec<_> = zip(names, points)
        .map(|(name, points)| curve(name, points))
        .collect();
    let svg = chart(&figure.sized(520, 420), &curves)?;
    let path = save(format!("out/860_{name}.svg"), &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
