//! Judging a classifier: one number is not enough.
//!
//! 569 tumors, 37 % of them malignant, are told apart by logistic regression: ten mean measurements of their cells, a
//! score z = w·x + b, and the loss softplus(z) − y z, lowered by mini-batches. A classifier that always says "benign"
//! has an accuracy of 63 %, and misses every cancer. So:
//!
//! ```text
//! confusion matrix   who is taken for whom
//! recall, precision  how many of the ill are found; how many of the alarms are true;  F₁ their harmonic mean
//! balanced accuracy  the mean recall;  Matthews: the correlation of truth and answer
//! ROC, its area      every threshold at once: the probability that an ill one scores above a healthy one
//! precision–recall   the same, for those who pay for false alarms
//! calibration        whether of those with p = 0.7 seven in ten are ill
//! ```
//!
//! What to try: a test share of 0.95, which leaves 28 tumors to learn from, and look at the calibration. A threshold of 0.2 instead of ½: recall rises, and
//! precision pays for it.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Batches, LabelledTable, LastBatch, Scaler, breast_cancer};
use gradus::evaluation::{
    BinaryScores, Calibration, ConfusionMatrix, Fractions, brier_score, stratified_split,
};
use gradus::losses::{BinaryCrossEntropyLogits, Loss, Target, Weights};
use gradus::numeric::{MatrixMut, MatrixRef, Order, Shape, sigmoid};
use gradus::plot::{
    Figure, PlaneCurve, calibration_curves, precision_recall_curves, roc_curves, save,
};
use gradus::random::Key;
use std::error::Error;

const FEATURES: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let all = breast_cancer()?;
    let fractions = Fractions {
        validation: 0.0,
        test: 0.4,
    };
    let parts = stratified_split(all.labels(), fractions, &mut Key::new(0).rng())?;
    let (train, test) = (all.select(&parts.train)?, all.select(&parts.test)?);
    let scaler = Scaler::standard(train.samples())?;
    let (train, test) = (train.scaled(&scaler)?, test.scaled(&scaler)?);
    let theta = learn(&train)?;

    // The class to be found is called 1: malignant, which is class 0 of the file.
    let truth: Vec<u32> = test.labels().iter().map(|y| 1 - y).collect();
    let p: Vec<f64> = samples(&test).map(|x| sigmoid(score(&theta, x))).collect();
    let answer: Vec<u32> = p.iter().map(|&p| u32::from(p > 0.5)).collect();
    let matrix = ConfusionMatrix::new(&truth, &answer, 2)?;
    println!(
        "{} tumors to learn from, {} to judge by (rows: truth)",
        train.len(),
        test.len()
    );
    tell(&matrix)?;
    let always = ConfusionMatrix::new(&truth, &vec![0; truth.len()], 2)?;
    println!(
        "always \"benign\": accuracy {:.3}, balanced {:.3}",
        always.accuracy(),
        always.balanced_accuracy()?
    );

    let scores = BinaryScores::new(&truth, &p)?;
    let calibration = Calibration::new(&truth, &p, 8)?;
    println!(
        "area below ROC {:.4}, average precision {:.4}",
        scores.auc()?,
        scores.average_precision()?
    );
    println!(
        "Brier score {:.4}, calibration error {:.4}",
        brier_score(&truth, &p)?,
        calibration.expected_error()
    );
    let ill = truth.iter().filter(|&&y| y == 1).count() as f64 / truth.len() as f64;
    draw(&scores, &calibration, ill)?;

    if scores.auc()? > 0.97 && matrix.f1(1)? > 0.88 {
        println!("result: area {:.3}, F₁ {:.3}", scores.auc()?, matrix.f1(1)?);
        Ok(())
    } else {
        Err("a line should tell these tumors apart".into())
    }
}

/// What one matrix says in nine numbers.
fn tell(matrix: &ConfusionMatrix) -> Result<(), Box<dyn Error>> {
    println!(
        "  benign          {:4} {:4}",
        matrix.count(0, 0),
        matrix.count(0, 1)
    );
    println!(
        "  malignant       {:4} {:4}",
        matrix.count(1, 0),
        matrix.count(1, 1)
    );
    println!(
        "accuracy {:.3}, balanced {:.3}",
        matrix.accuracy(),
        matrix.balanced_accuracy()?
    );
    println!(
        "malignant: precision {:.3}, recall {:.3}, F₁ {:.3}, F₂ {:.3}",
        matrix.precision(1)?,
        matrix.recall(1)?,
        matrix.f1(1)?,
        matrix.f_beta(1, 2.0)?
    );
    println!(
        "Matthews {:.3}, κ {:.3}",
        matrix.matthews()?,
        matrix.kappa()?
    );
    Ok(())
}

/// The first ten features: means over the cells of an image.
fn samples(table: &LabelledTable) -> impl Iterator<Item = &[f64]> {
    let sample = |j| table.sample(j).unwrap_or_default();
    (0..table.len()).map(move |j| &sample(j)[..FEATURES])
}

/// z = θ·(x, 1)
fn score(theta: &[f64], x: &[f64]) -> f64 {
    x.iter().zip(theta).map(|(x, w)| x * w).sum::<f64>() + theta[FEATURES]
}

/// 40 epochs of descent on batches of 32.
fn learn(train: &LabelledTable) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut theta = vec![0.0; FEATURES + 1];
    let mut batches = Batches::new(u32::try_from(train.len())?, 32, LastBatch::Keep)?;
    for epoch in 0..40 {
        for batch in batches.epoch(Key::new(1).round(epoch)) {
            let batch = train.select(batch)?;
            let n = batch.len();
            let z: Vec<f64> = samples(&batch).map(|x| score(&theta, x)).collect();
            let y: Vec<f64> = batch.labels().iter().map(|&y| f64::from(1 - y)).collect();
            let (row, mut errors) = (Shape::new(1, n), vec![0.0; n]); // (σ(z) − y) / n
            BinaryCrossEntropyLogits.value_and_gradient(
                MatrixRef::new(&z, row, Order::Rows)?,
                Target::Values(MatrixRef::new(&y, row, Order::Rows)?),
                Weights::Equal,
                n as f64,
                MatrixMut::new(&mut errors, row, Order::Rows)?,
            )?;
            for (x, error) in samples(&batch).zip(errors) {
                let with_one = x.iter().chain([&1.0]);
                theta
                    .iter_mut()
                    .zip(with_one)
                    .for_each(|(w, x)| *w -= 0.3 * error * x);
            }
        }
    }
    Ok(theta)
}

/// Both curves and the calibration, in `out/`.
fn draw(scores: &BinaryScores, calibration: &Calibration, ill: f64) -> Result<(), Box<dyn Error>> {
    let (roc, pr) = (scores.roc()?, scores.precision_recall()?);
    let bins: Vec<(f64, f64)> = calibration
        .bins()
        .map(|bin| (bin.predicted, bin.observed))
        .collect();
    let figure = |title, x, y| Figure::new(title, x, y).sized(560, 400);
    let pictures = [
        (
            "out/650_rare_class_roc.svg",
            roc_curves(
                &figure("ROC", "false alarms / healthy", "found / ill"),
                &[PlaneCurve::line("scores", &roc)],
            )?,
        ),
        (
            "out/650_rare_class_precision_recall.svg",
            precision_recall_curves(
                &figure("Precision over recall", "recall", "precision"),
                &[PlaneCurve::line("scores", &pr)],
                ill,
            )?,
        ),
        (
            "out/650_rare_class_calibration.svg",
            calibration_curves(
                &figure("Calibration", "predicted", "observed"),
                &[PlaneCurve::steps("bins", &bins)],
            )?,
        ),
    ];
    for (path, svg) in pictures {
        println!("picture: {}", save(path, &svg)?.display());
    }
    Ok(())
}
