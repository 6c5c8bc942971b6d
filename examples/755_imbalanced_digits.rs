//! Rare classes: what a network makes of digits of which half are fifty times rarer than the others.
//!
//! Of the even digits there are 1000 images each, of the odd ones 20. The mean loss counts every image alike, so a network
//! that takes a rare digit for a frequent one loses little, and learns to. Weights of classes,
//!
//! ```text
//! w_k = n / (K n_k),    L = Σ w_{yₙ} ℓₙ / Σ w_{yₙ}
//! ```
//!
//! make every class count alike. The test has all digits in equal numbers, and the balanced accuracy is the mean recall.
//! Repeating the rare images until they are as frequent does the same to the expected gradient.
//!
//! What to try: `RARE = 5`: weights help more, and what they learn is less; the root of the weights, a compromise.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{Limits, class_weights, open_folder, oversampled};
use gradus::evaluation::{ConfusionMatrix, argmax};
use gradus::linalg::view;
use gradus::losses::{ClassWeightedCrossEntropy, Loss, SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{Dataset, Features, Network, Output, Samples, Settings, Subset, Training};
use gradus::optim::adam;
use gradus::random::Key;
use std::error::Error;

const FREQUENT: usize = 1000;
const RARE: usize = 20;
const EPOCHS: u64 = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let digits = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let labels = digits.train.labels();
    let chosen = imbalanced(labels);
    let train = digits.train.select(&chosen)?;
    let weights = class_weights(train.labels(), 10)?;
    println!(
        "weights of classes: even {:.3}, odd {:.2}",
        weights[0], weights[1]
    );

    let [all, test] = [&train, &digits.test].map(|images| {
        let (bytes, features, scale) = (images.pixels(), images.features(), 1.0 / 255.0);
        let features = Features::Bytes {
            bytes,
            features,
            scale,
        };
        Dataset::new(features, Target::Labels(images.labels()))
    });
    let (all, test) = (all?, test?);
    let plain = || -> Box<dyn Loss<f32>> { Box::new(SoftmaxCrossEntropy::default()) };
    let (mut without, mut with, mut repeated) = (vec![], vec![], vec![]);
    println!("\nbalanced accuracy in %; recall of the even and of the odd digits");
    for seed in 0..3 {
        let weighted = ClassWeightedCrossEntropy::new(weights.clone(), 0.0)?;
        let copies = oversampled(train.labels(), 10, &mut Key::new(seed).stream(9).rng())?;
        // As many steps for the repeated images as for the others.
        let fewer = (EPOCHS * all.len() as u64).div_ceil(copies.len() as u64);
        let copies = Subset::new(&all, copies)?;
        let ways: [(_, _, &dyn Samples<f32>, _, _); 3] = [
            ("every image alike", plain(), &all, EPOCHS, &mut without),
            (
                "every class alike",
                Box::new(weighted),
                &all,
                EPOCHS,
                &mut with,
            ),
            ("rare ones repeated", plain(), &copies, fewer, &mut repeated),
        ];
        for (name, loss, samples, epochs, results) in ways {
            let recalls = recalls(loss, samples, epochs, &test, digits.test.labels(), seed)?;
            let of = |odd: usize| recalls.iter().skip(odd).step_by(2).sum::<f64>() / 5.0 * 100.0;
            let balanced = f64::midpoint(of(0), of(1));
            println!(
                "  seed {seed}  {name:<20} {balanced:5.1}   even {:5.1}   odd {:5.1}",
                of(0),
                of(1)
            );
            results.push(balanced);
        }
    }
    let [without, with, repeated] = [without, with, repeated].map(median);
    println!(
        "median: every image alike {without:.1}, every class alike {with:.1}, rare ones repeated {repeated:.1}"
    );
    assert!(with >= without + 3.0, "weights should gain three points");
    Ok(())
}

/// The numbers of images of which the odd digits are rare.
fn imbalanced(labels: &[u32]) -> Vec<u32> {
    let of = |digit: u32| {
        let count = if digit.is_multiple_of(2) {
            FREQUENT
        } else {
            RARE
        };
        let of_digit = (0..).zip(labels).filter(move |(_, label)| **label == digit);
        of_digit.map(|(i, _)| i).take(count)
    };
    (0..10).flat_map(of).collect()
}

/// Trains a network of one hidden layer, and tells which share of each digit of the test it finds.
fn recalls(
    loss: Box<dyn Loss<f32>>,
    samples: &dyn Samples<f32>,
    epochs: u64,
    test: &Dataset<'_, f32>,
    truth: &[u32],
    seed: u64,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let network = Network::new(784, vec![dense(64), relu(), dense(10)], Output::Softmax)?;
    let settings = Settings {
        batch: 64,
        seed,
        ..Settings::default()
    };
    let model = network.initialize(Key::new(seed).stream(1))?;
    let mut training = Training::new(model, adam(1e-3)?, loss, settings)?;
    training.fit(epochs, samples, &mut [])?;
    let answers = argmax(view(&training.model().predict_samples(test)?))?;
    let matrix = ConfusionMatrix::new(truth, &answers, 10)?;
    let recalls = (0..10).map(|digit| matrix.recall(digit));
    Ok(recalls.collect::<Result<_, _>>()?)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
