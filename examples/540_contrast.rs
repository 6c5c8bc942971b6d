//! Models that are not on this ladder: a tree, a forest and a support vector machine beside a line and a network.
//!
//! Trees and kernel machines are other mathematics than that of deep learning, and the library smartcore has them. All five tell 569
//! tumors apart by 30 standardized measurements, learn from the same samples and are judged by the same others:
//!
//! ```text
//! logistic regression   a hyperplane, w·x + b = 0, by cross-entropy
//! network               a line through 16 bent coordinates
//! decision tree         questions "is xᵢ ≤ t?", each with the largest gain of information  H(y) − Σ p(side) H(y | side)
//! random forest         the vote of many trees, each from a resample and with random features to ask for
//! support vector machine a hyperplane of widest margin, by the hinge loss, in a space that a kernel bends
//! ```
//!
//! The gain of a question is the mutual information of its answer and the class; a test says so (`tests/bridges.rs`). The first question of the tree
//! is found here with `gradus::information`. On tables as small as this one the models differ by a few samples of 284, which the last
//! column puts into proportion: an interval of 95 % by resampling.
//!
//! What to try: measurements that are not standardized: the tree does not care, the others do. Ten samples to learn from.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, Scaler, breast_cancer};
use gradus::evaluation::{EvaluationError, accuracy, argmax, bootstrap};
use gradus::information::mutual_information;
use gradus::linalg::view;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{Layer, dense, tanh};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Training};
use gradus::optim::adam;
use gradus::plot::{Bar, Figure, save, signed_bars};
use gradus::probability::JointTable;
use gradus::random::Key;
use smartcore::ensemble::random_forest_classifier::{
    RandomForestClassifier, RandomForestClassifierParameters,
};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::svm::Kernels;
use smartcore::svm::svc::{SVC, SVCParameters};
use smartcore::tree::decision_tree_classifier::{
    DecisionTreeClassifier, DecisionTreeClassifierParameters,
};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let all = breast_cancer()?;
    let (even, odd): (Vec<u32>, Vec<u32>) = (0..569).partition(|i| i % 2 == 0);
    let (train, test) = (all.select(&even)?, all.select(&odd)?);
    let scaler = Scaler::standard(train.samples())?;
    let (train, test) = (train.scaled(&scaler)?, test.scaled(&scaler)?);
    first_question(&all, &train)?;

    let answers = answers(&train, &test)?;
    let (mut bars, mut worst) = (Vec::new(), 1.0_f64);
    println!("  model                    accuracy   95 % of the resamples");
    for (name, answer) in &answers {
        let right = |samples: &[u32]| -> Result<f64, EvaluationError> {
            let pick = |labels: &[u32], &i: &u32| labels[i as usize];
            let of = |labels| samples.iter().map(|i| pick(labels, i)).collect::<Vec<_>>();
            accuracy(&of(test.labels()), &of(answer))
        };
        let found = bootstrap(u32::try_from(test.len())?, 1000, Key::new(4), right)?;
        let (value, interval) = (found.estimate(), found.percentile(0.95)?);
        let (low, high, error) = (interval.low, interval.high, found.standard_error());
        println!("  {name:22}   {value:.3}      {low:.3} to {high:.3}");
        bars.push(Bar { name, value, error });
        worst = worst.min(value);
    }
    let figure = Figure::new("Five models, 284 tumors", "accuracy", "");
    let path = save("out/540_contrast.svg", &signed_bars(&figure, &bars)?)?;
    println!("picture: {}", path.display());
    if worst > 0.88 {
        println!("result: accuracies from {worst:.3} up");
        Ok(())
    } else {
        Err(format!("a model should tell more than {worst} of the tumors").into())
    }
}

/// The name of a model, and what it says of each sample.
type Answers = (&'static str, Vec<u32>);

/// What each model says of the test samples.
fn answers(train: &LabelledTable, test: &LabelledTable) -> Result<Vec<Answers>, Box<dyn Error>> {
    let (x, y) = (rows(train)?, signs(train));
    let asked = rows(test)?;
    let how = DecisionTreeClassifierParameters::default();
    let tree = DecisionTreeClassifier::fit(&x, &y, how)?.predict(&asked)?;
    let how = RandomForestClassifierParameters::default();
    let forest = RandomForestClassifier::fit(&x, &y, how)?.predict(&asked)?;
    let kernel = Kernels::rbf().with_gamma(1.0 / 30.0);
    let parameters = SVCParameters::default().with_c(10.0).with_kernel(kernel);
    let machine = SVC::fit(&x, &y, &parameters)?.predict(&asked)?;
    let network = learned(train, test, vec![dense(16), tanh(), dense(2)])?;
    let classes = |signs: Vec<i32>| signs.iter().map(|&y| u32::from(y > 0)).collect();
    let machine = machine.iter().map(|&y| u32::from(y > 0.0)).collect();
    Ok(vec![
        ("logistic regression", learned(train, test, vec![dense(2)])?),
        ("network", network),
        ("decision tree", classes(tree)),
        ("random forest", classes(forest)),
        ("support vector machine", machine),
    ])
}

/// Which question tells most about the class: is measurement i at most its mean?
fn first_question(all: &LabelledTable, train: &LabelledTable) -> Result<(), Box<dyn Error>> {
    let mut best = (0.0, "");
    for (i, name) in all.names().iter().enumerate() {
        let mut counts = [[0.0; 2]; 2]; // rows: the answer, columns: the class
        for (x, &y) in train.samples().row(i).zip(train.labels()) {
            counts[usize::from(x > 0.0)][y as usize] += 1.0;
        }
        let gain = mutual_information(&JointTable::from_weights(&counts)?);
        if gain > best.0 {
            best = (gain, name);
        }
    }
    let (gain, name) = best;
    println!("  most is told by \"{name}\" against its mean: {gain:.3} nats of 0.69 at most");
    Ok(())
}

/// What a network of our own answers.
fn learned(
    train: &LabelledTable,
    test: &LabelledTable,
    layers: Vec<Box<dyn Layer<f64>>>,
) -> Result<Vec<u32>, Box<dyn Error>> {
    let model = Network::new(30, layers, Output::Softmax)?.initialize(Key::new(2))?;
    let samples = Features::Numbers(train.samples());
    let data = Dataset::new(samples, Target::Labels(train.labels()))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, adam(0.01)?, loss, Settings::default())?;
    training.fit(30, &data, &mut [])?;
    let scores = training.into_model().predict(test.samples())?;
    Ok(argmax(view(&scores))?)
}

/// The samples as smartcore takes them.
fn rows(table: &LabelledTable) -> Result<DenseMatrix<f64>, Box<dyn Error>> {
    let row = |j| table.sample(j).unwrap_or_default().to_vec();
    let rows = (0..table.len()).map(row).collect();
    Ok(DenseMatrix::from_2d_vec(&rows)?)
}

/// −1 for malignant, 1 for benign.
fn signs(table: &LabelledTable) -> Vec<i32> {
    let sign = |&y: &u32| if y == 0 { -1 } else { 1 };
    table.labels().iter().map(sign).collect()
}
