//! Judging a classifier: one number is not enough.
//!
//! 569 tumors, 37 % of them malignant, are told apart by logistic regression: ten mean measurements of their cells, a
//! score z = w·x + b and the probability σ(z). A classifier that always says "benign" has an accuracy of 63 %, and
//! misses every cancer. So:
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
//! What to try: a test share of 0.95, which leaves 28 tumors to learn from, and look at the calibration. A threshold of
//! 0.2 instead of ½: recall rises, and precision pays for it.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, Scaler, Table, breast_cancer};
use gradus::evaluation::{
    BinaryScores, Calibration, ConfusionMatrix, Fractions, brier_score, stratified_split,
};
use gradus::models::{Fit, LogisticRegression};
use gradus::plot::{Figure, PlaneCurve, save};
use gradus::plot::{calibration_curves, precision_recall_curves, roc_curves};
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let all = breast_cancer()?;
    let rng = &mut Key::new(0).rng();
    let parts = stratified_split(all.labels(), Fractions::test_only(0.4), rng)?;
    let (train, test) = (all.select(&parts.train)?, all.select(&parts.test)?);
    // The class to be found is called 1: malignant, which is class 0 of the file.
    let ill = |part: &LabelledTable| part.labels().iter().map(|y| 1 - y).collect::<Vec<_>>();
    let (seen, unseen, truth) = (means(&train)?, means(&test)?, ill(&test));
    let scaler = Scaler::standard(seen.samples())?;
    let (seen, unseen) = (seen.scaled(&scaler)?, unseen.scaled(&scaler)?);
    let model = LogisticRegression::default().fit(seen.samples(), &ill(&train))?;

    let p = model.probabilities(unseen.samples())?;
    let answer: Vec<u32> = p.iter().map(|&p| u32::from(p > 0.5)).collect();
    let matrix = ConfusionMatrix::new(&truth, &answer, 2)?;
    println!(
        "{} tumors to learn from, {} to judge by (rows: truth)",
        train.len(),
        test.len()
    );
    tell(&matrix)?;
    let always = ConfusionMatrix::new(&truth, &vec![0; truth.len()], 2)?;
    let (accuracy, balanced) = (always.accuracy(), always.balanced_accuracy()?);
    println!("always \"benign\": accuracy {accuracy:.3}, balanced {balanced:.3}");

    let scores = BinaryScores::new(&truth, &p)?;
    let calibration = Calibration::new(&truth, &p, 8)?;
    let (area, precision) = (scores.auc()?, scores.average_precision()?);
    let (brier, off) = (brier_score(&truth, &p)?, calibration.expected_error());
    println!("area below ROC {area:.4}, average precision {precision:.4}");
    println!("Brier score {brier:.4}, calibration error {off:.4}");
    let ill = matrix.support(1) as f64 / truth.len() as f64;
    draw(&scores, &calibration, ill)?;

    let f1 = matrix.f1(1)?;
    if area > 0.97 && f1 > 0.88 {
        println!("result: area {area:.3}, F₁ {f1:.3}");
        Ok(())
    } else {
        Err("a line should tell these tumors apart".into())
    }
}

/// The first ten features: means over the cells of an image.
fn means(table: &LabelledTable) -> Result<Table, Box<dyn Error>> {
    let samples = table.values().chunks_exact(table.names().len());
    let values = samples.flat_map(|x| &x[..10]).copied().collect();
    Ok(Table::new(table.names()[..10].to_vec(), values)?)
}

/// What one matrix says in nine numbers.
fn tell(matrix: &ConfusionMatrix) -> Result<(), Box<dyn Error>> {
    for (name, row) in ["benign", "malignant"].iter().zip(matrix.rows()) {
        println!("  {name:15} {:4} {:4}", row[0], row[1]);
    }
    let (accuracy, balanced) = (matrix.accuracy(), matrix.balanced_accuracy()?);
    println!("accuracy {accuracy:.3}, balanced {balanced:.3}");
    let (precision, recall) = (matrix.precision(1)?, matrix.recall(1)?);
    let (f1, f2) = (matrix.f1(1)?, matrix.f_beta(1, 2.0)?);
    println!("malignant: precision {precision:.3}, recall {recall:.3}, F₁ {f1:.3}, F₂ {f2:.3}");
    println!(
        "Matthews {:.3}, κ {:.3}",
        matrix.matthews()?,
        matrix.kappa()?
    );
    Ok(())
}

/// Both curves and the calibration, in `out/`.
fn draw(scores: &BinaryScores, calibration: &Calibration, ill: f64) -> Result<(), Box<dyn Error>> {
    let (roc, pr) = (scores.roc()?, scores.precision_recall()?);
    let bins: Vec<_> = calibration
        .bins()
        .map(|bin| (bin.predicted, bin.observed))
        .collect();
    let figure = |title, x, y| Figure::new(title, x, y).sized(560, 400);
    let line = [PlaneCurve::line("scores", &roc)];
    let roc = roc_curves(
        &figure("ROC", "false alarms / healthy", "found / ill"),
        &line,
    )?;
    let (over, line) = ("Precision over recall", [PlaneCurve::line("scores", &pr)]);
    let pr = precision_recall_curves(&figure(over, "recall", "precision"), &line, ill)?;
    let steps = [PlaneCurve::steps("bins", &bins)];
    let bins = calibration_curves(&figure("Calibration", "predicted", "observed"), &steps)?;
    for (name, svg) in [
        ("out/650_rare_class_roc.svg", roc),
        ("out/650_rare_class_precision_recall.svg", pr),
        ("out/650_rare_class_calibration.svg", bins),
    ] {
        let path = save(name, &svg)?;
        println!("picture: {}", path.display());
    }
    Ok(())
}
