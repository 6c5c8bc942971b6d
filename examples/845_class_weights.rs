//! Weights for a rare class: what they change, and what they break.
//!
//! Of 357 benign and 21 malignant tumors logistic regression learns that malignant ones are rare, and says "benign" where
//! it doubts. With weights each class counts as half of the samples:
//!
//! ```text
//! min Σ ωᵢ (−ln p(yᵢ | xᵢ)) + λ/2 ‖w‖²,    ωᵢ = n / (2 n_y),    ln odds ≈ ln odds without weights + ln(n₀ / n₁)
//! ```
//!
//! So weights move the threshold: more of the ill are found, and more alarms are false. The order of the tumors, and with it the ROC
//! curve, hardly changes, but the probabilities are now those of a world in which every second tumor is malignant: they
//! are no longer calibrated.
//!
//! What to try: all 212 malignant tumors, where weights change little. A threshold of 21/378 instead of weights.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, breast_cancer, class_weights};
use gradus::evaluation::{BinaryScores, Calibration, ConfusionMatrix, Fold, stratified_folds};
use gradus::models::{FitWeighted, LogisticRegression, MatrixRef, Order, Shape};
use gradus::plot::{Figure, PlaneCurve, calibration_curves, save};
use gradus::random::Key;
use std::error::Error;

/// The first features: mean radius, texture, perimeter, area, smoothness.
const FEATURES: usize = 5;

const MALIGNANT: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let tumors = rare(&breast_cancer()?)?;
    let truth: Vec<u32> = tumors.labels().iter().map(|y| 1 - y).collect(); // 1 is malignant
    let folds = stratified_folds(&truth, 7, &mut Key::new(4).rng())?;
    let balance = class_weights(&truth, 2)?;
    println!(
        "weights: benign {:.3}, malignant {:.3}",
        balance[0], balance[1]
    );

    let (mut judged, mut curves) = (Vec::new(), Vec::new());
    println!("              found   false alarms   area (AUC)   mean p   calibration error");
    for (name, weights) in [("plain", &[1.0, 1.0][..]), ("weighted", &balance)] {
        let p = unseen(&tumors, &truth, &folds, weights)?;
        let answer: Vec<u32> = p.iter().map(|&p| u32::from(p > 0.5)).collect();
        let matrix = ConfusionMatrix::new(&truth, &answer, 2)?;
        let auc = BinaryScores::new(&truth, &p)?.auc()?;
        let calibration = Calibration::new(&truth, &p, 5)?;
        println!(
            "  {name:9} {:4} of {MALIGNANT} {:10} {auc:16.3} {:8.3} {:15.3}",
            matrix.count(1, 1),
            matrix.count(0, 1),
            p.iter().sum::<f64>() / p.len() as f64,
            calibration.expected_error()
        );
        let bins = calibration.bins().map(|bin| (bin.predicted, bin.observed));
        curves.push(bins.collect::<Vec<_>>());
        judged.push((matrix.recall(1)?, calibration.expected_error()));
    }
    let svg = calibration_curves(
        &Figure::new(
            "What weights do to probabilities",
            "predicted",
            "observed share",
        )
        .sized(560, 420),
        &[
            PlaneCurve::steps("plain", &curves[0]),
            PlaneCurve::steps("weighted", &curves[1]),
        ],
    )?;
    println!(
        "picture: {}",
        save("out/845_class_weights.svg", &svg)?.display()
    );

    let [(recall, error), (recall_weighted, error_weighted)] = judged[..] else {
        return Err("two fits were judged".into());
    };
    if recall_weighted > recall + 0.1 && error_weighted > 2.0 * error {
        println!(
            "result: recall {recall:.3} and {recall_weighted:.3}, calibration error {error:.3} and {error_weighted:.3}"
        );
        return Ok(());
    }
    Err(format!("weights should find more and break the calibration: {judged:?}").into())
}

/// All benign tumors and the first malignant ones.
fn rare(all: &LabelledTable) -> Result<LabelledTable, Box<dyn Error>> {
    let malignant = (0..)
        .zip(all.labels())
        .filter(|(_, y)| **y == 0)
        .take(MALIGNANT);
    let benign = (0..).zip(all.labels()).filter(|(_, y)| **y == 1);
    let chosen: Vec<u32> = malignant.chain(benign).map(|(i, _)| i).collect();
    Ok(all.select(&chosen)?)
}

/// The probability that a tumor is malignant, by a model that has not seen it.
fn unseen(
    tumors: &LabelledTable,
    truth: &[u32],
    folds: &[Fold],
    weights: &[f64],
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut all = vec![0.0; truth.len()];
    for fold in folds {
        let seen = features(tumors, &fold.train)?;
        let labels: Vec<u32> = fold.train.iter().map(|&i| truth[i as usize]).collect();
        let of_class: Vec<f64> = labels.iter().map(|&y| weights[y as usize]).collect();
        let little = LogisticRegression {
            penalty: 1e-3,
            ..LogisticRegression::default()
        };
        let model = little.fit_weighted(view(&seen)?, &labels, &of_class)?;
        let p = model.probabilities(view(&features(tumors, &fold.validation)?)?)?;
        fold.validation
            .iter()
            .zip(p)
            .for_each(|(&i, p)| all[i as usize] = p.clamp(0.0, 1.0));
    }
    Ok(all)
}

/// The first features of some tumors.
fn features(tumors: &LabelledTable, chosen: &[u32]) -> Result<Vec<f64>, Box<dyn Error>> {
    let part = tumors.select(chosen)?;
    let sample = |j| {
        part.sample(j)
            .unwrap_or_default()
            .iter()
            .take(FEATURES)
            .copied()
    };
    Ok((0..part.len()).flat_map(sample).collect())
}

fn view(x: &[f64]) -> Result<MatrixRef<'_, f64>, Box<dyn Error>> {
    Ok(MatrixRef::new(
        x,
        Shape::new(FEATURES, x.len() / FEATURES),
        Order::Columns,
    )?)
}
