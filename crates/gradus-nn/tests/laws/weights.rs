//! Samples, classes and labels that count more, less or nothing.

use super::{Layers, cycle, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{
    ClassWeightedCrossEntropy, Loss, LossError, PositiveWeightedCrossEntropy, SoftmaxCrossEntropy,
    Target, Weights,
};
use gradus_nn::layers::{dense, dropout, relu, tanh};
use gradus_nn::{
    Dataset, Features, Metric, Network, NnError, Output, Samples, Settings, Subset, Training,
};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_optim::sgd;
use gradus_random::Key;
use gradus_testkit::{all_same_bits, all_scaled, relative};
use proptest::prelude::*;
use std::error::Error;

/// Three features, four classes; steps on the whole data in shards of three.
fn start(loss: Box<dyn Loss<f64>>, rate: f64, layers: Layers) -> Result<Training<f64>, NnError> {
    let settings = Settings {
        batch: 1000,
        shard: 3,
        threads: 2,
        seed: 3,
    };
    let network = Network::new(3, layers, Output::Identity)?;
    Training::new(network.initialize(Key::new(7))?, sgd(rate)?, loss, settings)
}

fn plain() -> Box<dyn Loss<f64>> {
    Box::new(SoftmaxCrossEntropy::default())
}

fn layers() -> Layers {
    vec![dense(5), tanh(), dense(4)]
}

/// Parameters after three steps, and the loss of them.
fn learned(
    mut training: Training<f64>,
    samples: &dyn Samples<f64>,
) -> Result<(Vec<f64>, f64), NnError> {
    training.fit(3, samples, &mut [])?;
    let loss = training.evaluate(samples)?.loss;
    Ok((training.model().theta().to_vec(), loss))
}

/// Sums of some 40 terms below 4, in another order.
const ROUNDING: f64 = 256.0 * f64::EPSILON;

/// Both trainings end alike, but for rounding.
fn alike(a: &(Vec<f64>, f64), b: &(Vec<f64>, f64)) -> Result<(), TestCaseError> {
    all_scaled(&a.0, &b.0, ROUNDING, 4.0)?;
    relative(a.1, b.1, ROUNDING)?;
    Ok(())
}

fn data<'a>(x: &'a DMatrix<f64>, labels: &'a [u32]) -> Result<Dataset<'a, f64>, NnError> {
    Dataset::new(Features::Numbers(view(x)?), Target::Labels(labels))
}

proptest! {
    #![proptest_config(gradus_testkit::cases())]

    #[test]
    fn a_sample_of_weight_two_is_two_samples(counts in prop::collection::vec(1_u8..4, 2..14), seed in 0_u64..100) {
        let n = counts.len();
        let (x, labels) = (draws(3, n, seed), cycle(4, n));
        let data = data(&x, &labels)?;
        let weights: Vec<f64> = counts.iter().map(|&count| count.into()).collect();
        let times = |(i, &count): (u32, &u8)| std::iter::repeat_n(i, count.into());
        let repeated = Subset::new(&data, (0..).zip(&counts).flat_map(times).collect())?;
        let weighted = learned(start(plain(), 0.5, layers())?, &data.with_weights(&weights)?)?;
        alike(&weighted, &learned(start(plain(), 0.5, layers())?, &repeated)?)?;
    }

    #[test]
    fn what_is_ignored_is_left_out(which in prop::collection::vec(any::<bool>(), 1..14), seed in 0_u64..100) {
        let n = which.len() + 1; // the last one is not ignored
        let (x, mut labels) = (draws(3, n, seed), cycle(4, n));
        let ignored = which.iter().zip(&mut labels).filter(|(ignored, _)| **ignored);
        ignored.for_each(|(_, label)| *label = 255);
        let data = data(&x, &labels)?;
        let others = (0..).zip(&labels).filter(|(_, label)| **label != 255).map(|(i, _)| i);
        let others = Subset::new(&data, others.collect())?;
        let ignoring = learned(start(plain(), 0.5, layers())?, &data.ignoring(255))?;
        alike(&ignoring, &learned(start(plain(), 0.5, layers())?, &others)?)?;
    }

    #[test]
    fn weights_are_those_of_the_whole_batch(weights in prop::collection::vec(0.0_f64..4.0, 2..14), shard in 1_usize..6) {
        prop_assume!(weights.iter().sum::<f64>() > 0.1);
        let n = weights.len();
        let (x, labels) = (draws(3, n, 5), cycle(4, n));
        let data = data(&x, &labels)?;
        let network = Network::new(3, layers(), Output::Identity)?.initialize(Key::new(7))?;
        let logits = network.predict(view(&x)?)?;
        let mut losses = vec![0.0; n];
        let z = MatrixRef::new(logits.as_slice(), Shape::new(4, n), Order::Columns)?;
        plain().per_sample(z, Target::Labels(&labels), &mut losses)?;
        let sum: f64 = losses.iter().zip(&weights).map(|(loss, w)| loss * w).sum();
        let by_hand = sum / weights.iter().sum::<f64>();
        let settings = Settings { batch: n, shard, threads: 2, seed: 1 };
        let mut training = Training::new(network, sgd(0.5)?, plain(), settings)?;
        let data = data.with_weights(&weights)?;
        relative(training.evaluate(&data)?.loss, by_hand, ROUNDING)?;
        training.fit(1, &data, &mut [])?;
        relative(training.history().records()[0].training.loss, by_hand, ROUNDING)?;
    }

    #[test]
    fn a_weighted_yes_is_a_repeated_yes(yes in prop::collection::vec(any::<bool>(), 2..14), seed in 0_u64..100) {
        let n = yes.len();
        let x = draws(3, n, seed);
        let y: Vec<f64> = yes.iter().map(|&yes| f64::from(u8::from(yes))).collect();
        let target = Target::Values(MatrixRef::from_column(&y).transposed());
        let data = Dataset::new(Features::Numbers(view(&x)?), target)?;
        let times = |(i, &yes): (u32, &bool)| std::iter::repeat_n(i, if yes { 3 } else { 1 });
        let repeated = Subset::new(&data, (0..).zip(&yes).flat_map(times).collect())?;
        // The mean is over the samples and not over their weights, as in PyTorch: the rate makes up for it.
        let more = repeated.len() as f64 / n as f64;
        let weighted = PositiveWeightedCrossEntropy { weight: 3.0, label_smoothing: 0.0 };
        let equal = PositiveWeightedCrossEntropy { weight: 1.0, label_smoothing: 0.0 };
        let layers = || vec![dense(5), tanh(), dense(1)];
        let (a, la) = learned(start(Box::new(weighted), 0.5, layers())?, &data)?;
        let (b, lb) = learned(start(Box::new(equal), 0.5 * more, layers())?, &repeated)?;
        alike(&(a, la), &(b, lb * more))?;
    }
}

/// PyTorch's documented formula, term by term: weights of classes inside of the sum, those of the labels below it.
#[test]
fn class_weights_give_the_mean_of_pytorch() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 11, 2), cycle(4, 11));
    let (w, alpha) = (vec![1.0, 2.0, 4.0, 0.5], 0.25);
    let loss = ClassWeightedCrossEntropy::new(w.clone(), alpha)?;
    let mut training = start(Box::new(loss), 0.5, layers())?;
    let logits = training.model().predict(view(&x)?)?;
    let (mut sum, mut below) = (0.0, 0.0);
    for (j, &y) in labels.iter().enumerate() {
        let z: Vec<f64> = logits.column(j).iter().copied().collect();
        let total = z.iter().map(|z| z.exp()).sum::<f64>().ln();
        let nll = |class: usize| w[class] * (total - z[class]);
        let smooth: f64 = (0..4).map(nll).sum();
        sum += (1.0 - alpha) * nll(y as usize) + alpha / 4.0 * smooth;
        below += w[y as usize];
    }
    let data = data(&x, &labels)?;
    relative(training.evaluate(&data)?.loss, sum / below, ROUNDING)?;
    training.fit(1, &data, &mut [])?;
    let reported = training.history().records()[0].training.loss;
    relative(reported, sum / below, ROUNDING)?;
    Ok(())
}

#[test]
fn a_batch_of_weight_zero_is_refused() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 6, 2), vec![255; 6]);
    let data = data(&x, &labels)?.ignoring(255);
    let mut training = start(plain(), 0.5, layers())?;
    let before = training.model().theta().to_vec();
    let told = NnError::ZeroWeights {
        epoch: 1,
        step: 1,
        samples: 6,
    };
    assert_eq!(training.fit(1, &data, &mut []), Err(told));
    all_same_bits(&before, training.model().theta())?;
    let nothing = Err(NnError::Loss(LossError::ZeroWeights));
    assert_eq!(training.evaluate(&data), nothing);
    Ok(())
}

/// Samples whose weights nothing has checked.
struct Unchecked(f64);

impl Samples<f64> for Unchecked {
    fn len(&self) -> usize {
        8
    }
    fn features(&self) -> usize {
        3
    }
    fn gather(&self, _: &[u32], x: &mut [f64]) {
        x.fill(0.5);
    }
    fn gather_targets(&self, index: &[u32], targets: &mut gradus_nn::TargetBuffer<f64>) {
        targets.set_labels(index.iter().map(|_| 1));
    }
    fn gather_weights(&self, index: &[u32], weights: &mut Vec<f64>) {
        weights.extend(index.iter().map(|&i| if i == 5 { self.0 } else { 1.0 }));
    }
}

#[test]
fn what_is_no_weight_of_a_sample_is_refused() -> Result<(), Box<dyn Error>> {
    for wrong in [-1.0, f64::INFINITY, f64::NEG_INFINITY] {
        let mut training = start(plain(), 0.5, layers())?;
        let (sample, weight) = (5, wrong);
        let told = Err(NnError::SampleWeight { sample, weight });
        assert_eq!(training.fit(1, &Unchecked(wrong), &mut []), told);
    }
    let nan = start(plain(), 0.5, layers())?.fit(1, &Unchecked(f64::NAN), &mut []);
    assert!(matches!(nan, Err(NnError::SampleWeight { sample: 5, .. })));
    Ok(())
}

#[test]
fn a_weighted_metric_is_a_weighted_mean() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 9, 2), cycle(4, 9));
    let weights: Vec<f64> = (0..9).map(|i| f64::from(i % 4)).collect();
    let data = data(&x, &labels)?.with_weights(&weights)?;
    let label = |labels: Target<'_, f64>, j: usize| match labels {
        Target::Labels(labels) => f64::from(labels[j]),
        Target::Values(_) => f64::NAN,
    };
    let mean = Metric::new("label", move |z: MatrixRef<'_, f64>, target| {
        (0..z.columns()).map(|j| label(target, j)).sum()
    });
    let weighted = Metric::weighted("weighted", move |z: MatrixRef<'_, f64>, target, w| {
        let Weights::PerSample(w) = w else {
            return f64::NAN;
        };
        (0..z.columns()).map(|j| w[j] * label(target, j)).sum()
    });
    let mut training = start(plain(), 0.5, layers())?.with_metrics(vec![mean, weighted]);
    // labels and weights are 0 1 2 3 0 1 2 3 0
    let by_hand = [12.0 / 9.0, 28.0 / 12.0];
    assert_eq!(training.evaluate(&data)?.metrics, by_hand);
    training.fit(1, &data, &mut [])?;
    assert_eq!(training.history().records()[0].training.metrics, by_hand);
    Ok(())
}

#[test]
fn a_subset_is_a_copy_of_its_samples() -> Result<(), Box<dyn Error>> {
    let (x, labels, weights) = (draws(3, 600, 1), cycle(4, 600), draws(1, 600, 2).abs());
    let data = data(&x, &labels)?.with_weights(weights.as_slice())?;
    let index: Vec<u32> = (0..600).rev().step_by(2).chain([5, 5, 5]).collect();
    let columns = |m: &DMatrix<f64>| {
        m.select_columns(index.iter().map(|&i| i as usize).collect::<Vec<_>>().iter())
    };
    let (x, weights) = (columns(&x), columns(&weights));
    let copied: Vec<u32> = index.iter().map(|&i| labels[i as usize]).collect();
    let copy = self::data(&x, &copied)?.with_weights(weights.as_slice())?;
    let layers = || vec![dense(8), relu(), dropout(0.3), dense(4)];
    let (a, la) = learned(start(plain(), 0.5, layers())?, &Subset::new(&data, index)?)?;
    let (b, lb) = learned(start(plain(), 0.5, layers())?, &copy)?;
    all_same_bits(&a, &b)?;
    assert_eq!(la, lb);
    Ok(())
}
