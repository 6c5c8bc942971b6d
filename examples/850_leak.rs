//! A pipeline that leaks, and one that does not.
//!
//! Fifty samples, two thousand features, and labels: everything is drawn at random, so nothing can be predicted, and an
//! honest score is ½. Twenty features that go best with the labels are chosen, and five neighbors vote. Chosen from all
//! samples *before* the folds are cut, the features have seen the labels that judge them, and the score is wonderful.
//! Chosen within each fold, from its training samples alone, the score is what it should be.
//!
//! ```text
//! leaks:   fold(choose(all))          does not:   choose(train of each fold)
//! ```
//!
//! The choice is part of the model, so it is a `Fit` here, written for this example: whatever is fitted must be fitted
//! in the fold.
//!
//! Choosing among models leaks, too: of twenty that guess, the best of one fold of ten samples is right more often than not, and
//! `expected_best_accuracy` says how often.
//!
//! What to try: 200 features instead of 2000. Choose one feature only.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::stratified_folds;
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::view;
use gradus::models::{
    Fit, MatrixRef, ModelError, NearestNeighbors, NeighborClassifier, Predict, cross_validate,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::{Key, normal};
use gradus::select::expected_best_accuracy;
use std::error::Error;

const SAMPLES: usize = 50;
const FEATURES: usize = 2000;
const CHOSEN: usize = 20;

/// The features that go best with the labels, then nearest neighbors.
struct Choosing;

/// Which features, and the vote on them.
struct Chosen {
    features: Vec<usize>,
    model: NeighborClassifier,
}

impl Fit<u32> for Choosing {
    type Model = Chosen;

    fn fit(&self, x: MatrixRef<'_, f64>, labels: &[u32]) -> Result<Chosen, ModelError> {
        let features = choose(x, labels);
        let model = NearestNeighbors::default().fit(view(&only(x, &features)), labels)?;
        Ok(Chosen { features, model })
    }
}

impl Predict<u32> for Chosen {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<u32>, ModelError> {
        self.model.predict(view(&only(x, &self.features)))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut leaking, mut honest) = (Vec::new(), Vec::new());
    println!("share of right labels; labels are random, so ½ is honest");
    for seed in 0..10 {
        let mut rng = Key::new(seed).rng();
        let x = DMatrix::from_fn(FEATURES, SAMPLES, |_, _| normal(&mut rng));
        let labels: Vec<u32> = (0..2).cycle().take(SAMPLES).collect();
        let folds = stratified_folds(&labels, 5, &mut rng)?;
        let mean = |scores: Vec<f64>| scores.iter().sum::<f64>() / scores.len() as f64;

        let before = only(view(&x), &choose(view(&x), &labels)); // all labels are seen here
        let leaks = mean(cross_validate(
            &NearestNeighbors::default(),
            view(&before),
            &labels,
            &folds,
        )?);
        let within = mean(cross_validate(&Choosing, view(&x), &labels, &folds)?);
        println!("data {seed}: chosen before the folds {leaks:.2}, within them {within:.2}");
        leaking.push((seed as f64, leaks));
        honest.push((seed as f64, within));
    }
    let best = expected_best_accuracy(0.5, 10, 20)?;
    println!(
        "the best of 20 guesses at 10 labels is right in {:.0} %",
        100.0 * best
    );
    let half = [(0.0, 0.5), (9.0, 0.5)];
    let svg = xy_plot(
        &Figure::new("Labels at random", "data set", "share of right labels"),
        &[
            PlaneCurve::steps("features chosen before", &leaking),
            PlaneCurve::steps("features chosen in each fold", &honest),
            PlaneCurve::line("truth", &half),
        ],
    )?;
    println!("picture: {}", save("out/850_leak.svg", &svg)?.display());

    let mean =
        |points: &[(f64, f64)]| points.iter().map(|p| p.1).sum::<f64>() / points.len() as f64;
    let (leaks, fair) = (mean(&leaking), mean(&honest));
    if leaks > 0.8 && (fair - 0.5).abs() < 0.12 {
        println!(
            "result: the leak promises {:.0} %, the honest score is {:.0} %",
            100.0 * leaks,
            100.0 * fair
        );
        return Ok(());
    }
    Err(format!("noise should not be predictable: {leaks} and {fair}").into())
}

/// The features whose means in the two classes differ most.
fn choose(x: MatrixRef<'_, f64>, labels: &[u32]) -> Vec<usize> {
    let sign = |label: &u32| if *label == 1 { 1.0 } else { -1.0 };
    let of = |i: usize| {
        x.row(i)
            .zip(labels)
            .map(|(x, label)| sign(label) * x)
            .sum::<f64>()
            .abs()
    };
    let mut order: Vec<(f64, usize)> = (0..x.rows()).map(|i| (of(i), i)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    order.iter().take(CHOSEN).map(|(_, i)| *i).collect()
}

fn only(x: MatrixRef<'_, f64>, features: &[usize]) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = features.iter().map(|&i| x.row(i).collect()).collect();
    DMatrix::from_fn(rows.len(), x.columns(), |i, j| rows[i][j])
}
