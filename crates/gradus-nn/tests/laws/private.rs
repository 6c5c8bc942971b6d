//! Private training.

use super::checkpoints::with_note;
use gradus_autodiff::{AutodiffError, Point, Rule};
use gradus_losses::{ClassWeightedCrossEntropy, SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::layers::{
    Batch, Layer, Pass, batch_norm, dense, dropout, function, layer_norm, residual, tanh,
};
use gradus_nn::privacy::{Ledger, SampledGaussian};
use gradus_nn::{
    Dataset, Features, Model, Network, NnError, Output, Private, PrivateTraining, SampleShape,
    Settings, Training,
};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use gradus_optim::{adam, sgd};
use gradus_random::{Key, normal};
use gradus_testkit::{all_same_bits, all_scaled, at_least, at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;
use std::iter::zip;
use std::path::PathBuf;

const EPSILON: f64 = f64::EPSILON;

type Layers = Vec<Box<dyn Layer<f64>>>;

/// Dense layers, some of them inside of others.
fn quick() -> Layers {
    vec![dense(5), tanh(), residual(vec![dense(5), tanh()]), dense(4)]
}

/// The same functions and parameters, with a layer that promises nothing.
fn slow() -> Layers {
    let mut layers = quick();
    layers.push(function("identity", |x, _| Ok(x)));
    layers
}

/// Layers that are no dense ones, and draw.
fn other() -> Layers {
    vec![dense(6), layer_norm(), tanh(), dropout(0.3), dense(4)]
}

/// The same numbers in columns of another height, one column after the other.
#[derive(Debug)]
struct Regrouped {
    height: usize,
}

/// Entry `k`, counted down the columns.
fn entry(x: MatrixRef<'_, f64>, k: usize) -> f64 {
    let rows = x.rows().max(1);
    x.get(k % rows, k / rows).unwrap_or(f64::NAN)
}

impl Rule<f64> for Regrouped {
    fn name(&self) -> &'static str {
        "regrouped"
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        Ok(Shape::new(self.height, x.rows * x.columns / self.height))
    }
    fn order(&self, _: &[Order; 3]) -> Order {
        Order::Columns
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, f64>; 3], mut y: MatrixMut<'_, f64>, _: &mut [f64]) {
        for (k, y) in y.as_mut_slice().iter_mut().enumerate() {
            *y = entry(*x, k);
        }
    }
    fn pullback(&self, _: usize, at: &Point<'_, f64>, mut x_bar: MatrixMut<'_, f64>) {
        let (order, Shape { rows, columns }) = (x_bar.order(), x_bar.shape());
        for (place, x_bar) in x_bar.as_mut_slice().iter_mut().enumerate() {
            let k = match order {
                Order::Columns => place,
                Order::Rows => place % columns * rows + place / columns,
            };
            *x_bar = entry(at.y_bar, k);
        }
    }
}

/// A dense layer of both halves of a vector: it sees two columns a sample, and what it makes of a sample depends on
/// that sample alone.
#[derive(Debug)]
struct Halves {
    promises: bool,
}

impl Layer<f64> for Halves {
    fn kind(&self) -> &'static str {
        "halves"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, f64>,
        pass: &mut Pass<'_, 't, f64>,
    ) -> Result<Batch<'t, f64>, NnError> {
        let height = x.sample.len() / 2;
        let half = pass.rule(|| Regrouped { height })?;
        let whole = pass.rule(|| Regrouped { height: 6 })?;
        let halves = x.with(SampleShape::Vector(height), |x| x.apply(half));
        let seen = pass.layer("half", &*dense(3), halves)?;
        Ok(seen.with(SampleShape::Vector(6), |x| x.apply(whole)))
    }
    fn is_samplewise(&self) -> bool {
        self.promises
    }
}

fn halves(promises: bool) -> Layers {
    vec![dense(4), tanh(), Box::new(Halves { promises }), dense(4)]
}

fn model(layers: Layers) -> Result<Model<f64>, NnError> {
    Network::new(3, layers, Output::Softmax)?.initialize(Key::new(7))
}

/// Three features a sample, of some size, and labels.
struct Data {
    x: Vec<f64>,
    labels: Vec<u32>,
}

impl Data {
    fn new(n: u32, seed: u64, size: f64) -> Self {
        let mut rng = Key::new(seed).rng();
        Self {
            x: (0..3 * n).map(|_| size * normal(&mut rng)).collect(),
            labels: (0..n).map(|i| i * 7 % 4).collect(),
        }
    }

    fn set(&self) -> Result<Dataset<'_, f64>, NnError> {
        let shape = Shape::new(3, self.labels.len());
        let x = MatrixRef::new(&self.x, shape, Order::Columns)?;
        Dataset::new(Features::Numbers(x), Target::Labels(&self.labels))
    }
}

/// All samples, no noise, and nothing clipped.
const OPEN: Private = Private {
    rate: 1.0,
    clip: f64::INFINITY,
    noise: 0.0,
    key: Key::new(3),
    shard: 4,
    threads: 1,
};

fn training(layers: Layers, private: Private) -> Result<PrivateTraining<f64>, NnError> {
    let loss = Box::new(SoftmaxCrossEntropy::default());
    PrivateTraining::new(model(layers)?, sgd(1.0)?, loss, private)
}

/// How far θ moves in one step of descent with rate 1, times the number of samples: the clipped sum.
fn clipped_sum(layers: Layers, data: &Data, private: Private) -> Result<Vec<f64>, NnError> {
    let mut training = training(layers, private)?;
    let before = training.model().theta().to_vec();
    training.fit(1, &data.set()?)?;
    let n = data.labels.len() as f64 * private.rate;
    Ok(zip(before, training.model().theta())
        .map(|(a, b)| (a - b) * n)
        .collect())
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..cases() })]

    #[test]
    fn training_that_hides_nothing_is_full_batch_descent(n in 1..20_u32, seed in 0..1000_u64, steps in 1..5_u64) {
        let data = Data::new(n, seed, 1.0);
        for layers in [quick, slow] {
            let mut private = training(layers(), OPEN)?;
            private.fit(steps, &data.set()?)?;
            let settings = Settings { batch: n as usize, ..Settings::default() };
            let mut plain = Training::new(model(layers())?, sgd(1.0)?, Box::new(SoftmaxCrossEntropy::default()), settings)?;
            plain.fit(steps, &data.set()?, &mut [])?;
            // Sums of n terms in another order; a step of descent may multiply an error by a few.
            let tolerance = 1e3 * EPSILON * f64::from(n) * 4.0_f64.powi(i32::try_from(steps)?);
            all_scaled(private.model().theta(), plain.model().theta(), tolerance, 1.0)?;
        }
    }

    #[test]
    fn clipped_sums_move_by_at_most_the_bound(n in 2..20_u32, seed in 0..1000_u64, size in 0.1..100.0, clip in 1e-6..10.0, leaves in 0..20_u32) {
        let private = Private { clip, ..OPEN };
        let data = Data::new(n, seed, size);
        let leaves = (leaves % n) as usize;
        let mut rest = Data { x: data.x.clone(), labels: data.labels.clone() };
        rest.x.drain(3 * leaves..3 * leaves + 3);
        rest.labels.remove(leaves);
        for layers in [quick, slow] {
            let (all, without) = (clipped_sum(layers(), &data, private)?, clipped_sum(layers(), &rest, private)?);
            let moved: Vec<f64> = zip(&all, &without).map(|(a, b)| a - b).collect();
            // θ, of size 1, is rounded before and after, and each sum rounds n times.
            let rounding = 64.0 * EPSILON * f64::from(n) * (1.0 + clip);
            at_most(norm(&moved), clip * (1.0 + 64.0 * EPSILON) + rounding * (all.len() as f64).sqrt())?;
        }
    }

    #[test]
    fn clipping_shortens_and_does_not_turn(seed in 0..1000_u64, size in 0.1..100.0, clip in 1e-3..10.0) {
        let data = Data::new(1, seed, size);
        for layers in [quick, slow, other] {
            let (plain, short) = (clipped_sum(layers(), &data, OPEN)?, clipped_sum(layers(), &data, Private { clip, ..OPEN })?);
            let length = norm(&plain);
            let factor = f64::min(1.0, clip / length);
            let expected: Vec<f64> = plain.iter().map(|g| factor * g).collect();
            all_scaled(&short, &expected, 256.0 * EPSILON, 1.0 + clip)?;
            scaled(norm(&short), length.min(clip), 1024.0 * EPSILON, 1.0 + clip)?;
        }
    }

    #[test]
    fn lengths_need_no_gradients_of_samples(n in 1..30_u32, seed in 0..1000_u64, size in 0.1..30.0, clip in 1e-2..3.0, shard in 1..9_usize) {
        let (data, private) = (Data::new(n, seed, size), Private { clip, shard, ..OPEN });
        let (quick, slow) = (clipped_sum(quick(), &data, private)?, clipped_sum(slow(), &data, private)?);
        all_scaled(&quick, &slow, 256.0 * EPSILON * f64::from(n), 1.0 + clip)?;
    }

    #[test]
    fn private_training_is_keyed_and_threads_change_no_bit(n in 5..40_u32, seed in 0..1000_u64, shard in 1..9_usize) {
        let data = Data::new(n, seed, 2.0);
        let private = Private { rate: 0.4, clip: 0.5, noise: 1.0, key: Key::new(seed), shard, threads: 1 };
        for layers in [quick, other] {
            let theta = |private| -> Result<Vec<f64>, NnError> {
                let mut training = training(layers(), private)?;
                training.fit(2, &data.set()?)?;
                training.fit(1, &data.set()?)?; // goes on where it stopped
                Ok(training.into_model().theta().to_vec())
            };
            let here = theta(private)?;
            all_same_bits(&here, &theta(Private { threads: 3, ..private })?)?;
            prop_assert_ne!(here, theta(Private { key: Key::new(seed + 1), ..private })?);
        }
    }

    #[test]
    fn the_ledger_counts_every_step(steps in 0..5_u64, rate in 0.01..1.0, noise in 0.5..4.0) {
        let mut training = training(quick(), Private { rate, noise, clip: 1.0, ..OPEN })?;
        training.fit(steps, &Data::new(9, 1, 1.0).set()?)?;
        let mut ledger = Ledger::new();
        ledger.spend(&SampledGaussian::new(rate, noise)?, steps)?;
        prop_assert_eq!(training.ledger()?, ledger);
        prop_assert_eq!(training.steps(), steps);
    }
}

#[test]
fn a_step_without_samples_still_adds_noise() -> Result<(), Box<dyn Error>> {
    // One of a million million steps would have a sample.
    let private = Private {
        rate: 1e-12,
        clip: 0.25,
        noise: 2.0,
        ..OPEN
    };
    let network = Network::<f64>::new(3, vec![dense(2000)], Output::Identity)?;
    let wide = || network_of(&network);
    let loss = Box::new(SoftmaxCrossEntropy::default());
    // A tiny step: the noise is divided by the expected number of samples, 10⁻¹¹.
    let mut training = PrivateTraining::new(wide()?, sgd(1e-11)?, loss, private)?;
    let before = training.model().theta().to_vec();
    training.fit(1, &Data::new(10, 1, 1.0).set()?)?;
    let noise: Vec<f64> = zip(before, training.model().theta())
        .map(|(a, b)| a - b)
        .collect();
    let n = noise.len() as f64;
    let (mean, square) = (noise.iter().sum::<f64>() / n, norm(&noise) / n.sqrt());
    // σ C = 1/2 in every entry; the mean of n draws deviates by σ C / √n, their root mean square by a √2-th of that.
    at_most(mean.abs(), 5.0 * 0.5 / n.sqrt())?;
    at_least(square, 0.5 - 5.0 * 0.5 / (2.0 * n).sqrt())?;
    at_most(square, 0.5 + 5.0 * 0.5 / (2.0 * n).sqrt())?;
    Ok(())
}

/// A model of a network like this one.
fn network_of(network: &Network<f64>) -> Result<Model<f64>, NnError> {
    Network::new(
        network.inputs(),
        vec![dense(network.outputs())],
        network.output(),
    )?
    .initialize(Key::new(1))
}

#[test]
fn batch_statistics_are_refused() {
    let refused = training(vec![dense(4), batch_norm(), dense(4)], OPEN).err();
    let buffer = "1.running_mean".to_owned();
    assert_eq!(refused, Some(NnError::BatchStatistics { buffer }));
}

#[test]
fn private_training_refuses_weights() -> Result<(), Box<dyn Error>> {
    let classes = Box::new(ClassWeightedCrossEntropy::new(vec![1.0; 4], 0.0)?);
    let refused = PrivateTraining::new(model(quick())?, sgd(1.0)?, classes, OPEN).err();
    assert_eq!(refused, Some(NnError::PrivateClassWeights { classes: 4 }));
    let data = Data::new(3, 1, 1.0);
    let weights = [2.0, 0.0, 1.0];
    let weighted = data.set()?.with_weights(&weights)?;
    let mut training = training(quick(), OPEN)?;
    let before = training.model().theta().to_vec();
    let refused = training.fit(1, &weighted).err();
    let weight = 2.0;
    assert_eq!(refused, Some(NnError::PrivateSampleWeights { weight }));
    all_same_bits(&before, training.model().theta())?;
    training.fit(1, &data.set()?)?; // the same training goes on with samples that all count once
    assert_eq!(training.steps(), 1);
    Ok(())
}

#[test]
fn a_gradient_that_is_not_finite_changes_nothing() -> Result<(), Box<dyn Error>> {
    let mut data = Data::new(6, 1, 1.0);
    data.x[7] = f64::NAN;
    for layers in [quick, slow] {
        let mut training = training(
            layers(),
            Private {
                clip: 1.0,
                noise: 1.0,
                ..OPEN
            },
        )?;
        let before = training.model().theta().to_vec();
        assert!(training.fit(1, &data.set()?).is_err());
        all_same_bits(&before, training.model().theta())?;
        assert_eq!(training.steps(), 0);
        relative(training.ledger()?.epsilon(1e-5)?.epsilon, 0.0, 0.0)?;
    }
    Ok(())
}

#[test]
fn a_layer_that_sees_parts_of_samples_is_refused_or_takes_one_by_one() -> Result<(), Box<dyn Error>>
{
    let clipped = Private { clip: 0.5, ..OPEN };
    for samples in [1, 3, 4, 9] {
        let data = Data::new(samples, 5, 3.0);
        let mut promised = training(halves(true), clipped)?;
        let before = promised.model().theta().to_vec();
        let refused = promised.fit(1, &data.set()?);
        let told = matches!(refused, Err(NnError::ColumnCount { samples, columns, .. }) if columns == 2 * samples);
        assert!(told, "{samples} samples: {refused:?}");
        all_same_bits(&before, promised.model().theta())?;
        assert_eq!(promised.steps(), 0);
    }
    // Without the promise every sample has a recording of its own, and is shortened to the bound.
    let one = Data::new(1, 5, 3.0);
    let whole = clipped_sum(halves(false), &one, OPEN)?;
    let short = clipped_sum(halves(false), &one, clipped)?;
    at_least(norm(&whole), 0.6)?;
    let expected: Vec<f64> = whole.iter().map(|g| g * 0.5 / norm(&whole)).collect();
    all_scaled(&short, &expected, 256.0 * EPSILON, 1.0)?;
    Ok(())
}

/// Both factors of a length fit into double precision, and the square of one does not.
#[test]
fn a_gradient_of_a_tiny_and_a_huge_factor_is_clipped() -> Result<(), Box<dyn Error>> {
    let clip = 2.0_f64.powi(-40); // the smallest
    for (x, y) in [(1e153, 1e-163), (1e150, 1e-162), (1e140, -1e-150)] {
        let mut model =
            Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
        model.set_theta(vec![0.0; 2])?;
        let ([x], [y]) = ([[x]; 1], [[y]; 1]);
        let [x, y] = [&x, &y].map(|numbers| MatrixRef::from_column(numbers));
        let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
        let private = Private { clip, ..OPEN };
        let mut training = PrivateTraining::new(model, sgd(1.0)?, Box::new(SquaredError), private)?;
        training.fit(1, &data)?;
        at_most(norm(training.model().theta()), clip * (1.0 + 4.0 * EPSILON))?;
    }
    Ok(())
}

/// Where a checkpoint of this process is for a while.
fn path(name: &str) -> PathBuf {
    let file = format!(
        "gradus-nn-private-{name}-{}.safetensors",
        std::process::id()
    );
    std::env::temp_dir().join(file)
}

/// With something to remember: the moments of Adam.
fn remembering(layers: Layers, private: Private) -> Result<PrivateTraining<f64>, NnError> {
    let loss = Box::new(SoftmaxCrossEntropy::default());
    PrivateTraining::new(model(layers)?, adam(0.02)?, loss, private)
}

const HIDDEN: Private = Private {
    rate: 0.4,
    clip: 0.5,
    noise: 1.0,
    ..OPEN
};

#[test]
fn a_resumed_private_training_ends_with_the_same_bits() -> Result<(), Box<dyn Error>> {
    let (data, path) = (Data::new(30, 1, 2.0), path("resume"));
    for layers in [quick, other] {
        let mut whole = remembering(layers(), HIDDEN)?;
        whole.fit(6, &data.set()?)?;
        for steps in 0..=6 {
            let mut first = remembering(layers(), HIDDEN)?;
            first.fit(steps, &data.set()?)?;
            first.save_checkpoint(&path)?;
            let threads = 1 + usize::try_from(steps % 3)?;
            let mut second = remembering(layers(), Private { threads, ..HIDDEN })?;
            second.fit(steps.min(2), &data.set()?)?; // these steps are those of the first
            second.resume(&path)?;
            assert_eq!(second.ledger()?, first.ledger()?);
            second.fit(6 - steps, &data.set()?)?;
            all_same_bits(whole.model().theta(), second.model().theta())?;
            assert_eq!(second.steps(), 6);
            assert_eq!(
                second.ledger()?,
                whole.ledger()?,
                "stopped after {steps} steps"
            );
        }
    }
    std::fs::remove_file(&path)?;
    Ok(())
}

#[test]
fn a_private_checkpoint_of_other_settings_is_refused() -> Result<(), Box<dyn Error>> {
    let (data, path) = (Data::new(30, 1, 2.0), path("other"));
    let mut first = remembering(quick(), HIDDEN)?;
    first.fit(3, &data.set()?)?;
    first.save_checkpoint(&path)?;
    // Each of them would change the bits, or what the steps are said to have cost.
    let others = [
        (
            "rate",
            Private {
                rate: 0.3,
                ..HIDDEN
            },
        ),
        (
            "clip",
            Private {
                clip: 1.0,
                ..HIDDEN
            },
        ),
        (
            "noise",
            Private {
                noise: 2.0,
                ..HIDDEN
            },
        ),
        ("shard", Private { shard: 5, ..HIDDEN }),
    ];
    for (name, private) in others {
        let mut second = remembering(quick(), private)?;
        second.fit(1, &data.set()?)?;
        let before = second.model().theta().to_vec();
        let refused = second.resume(&path);
        let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == name);
        assert!(told, "{name}: {refused:?}");
        all_same_bits(&before, second.model().theta())?;
        assert_eq!(second.steps(), 1);
    }
    let refused = training(quick(), HIDDEN)?.resume(&path); // plain descent remembers nothing
    let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == "state of the optimizer");
    assert!(told, "{refused:?}");
    // Of an open training, and the other way round.
    let model = model(quick())?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut open = Training::new(model, adam(0.02)?, loss, Settings::default())?;
    let refused = open.resume(&path);
    let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == "format");
    assert!(told, "{refused:?}");
    open.save_checkpoint(&path)?;
    let refused = first.resume(&path);
    let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == "format");
    assert!(told, "{refused:?}");
    assert_eq!(first.steps(), 3);
    std::fs::remove_file(&path)?;
    Ok(())
}

/// Going back would forget steps that were made, and draw their noise again.
#[test]
fn a_private_checkpoint_of_fewer_steps_is_refused() -> Result<(), Box<dyn Error>> {
    let (data, path) = (Data::new(30, 1, 2.0), path("fewer"));
    let mut training = remembering(quick(), HIDDEN)?;
    training.fit(3, &data.set()?)?;
    training.save_checkpoint(&path)?;
    training.resume(&path)?; // where it is
    training.fit(1, &data.set()?)?;
    let (before, spent) = (training.model().theta().to_vec(), training.ledger()?);
    let refused = training.resume(&path).err().map(|error| error.to_string());
    let told = refused.unwrap_or_default();
    assert!(
        told.ends_with("steps is 3 in the checkpoint, at least 4 in this training"),
        "{told}"
    );
    all_same_bits(&before, training.model().theta())?;
    assert_eq!((training.steps(), training.ledger()?), (4, spent));
    std::fs::remove_file(&path)?;
    Ok(())
}

#[test]
fn absurd_counts_of_private_steps_are_refused() -> Result<(), Box<dyn Error>> {
    let (data, path) = (Data::new(30, 1, 2.0), path("absurd"));
    let mut training = remembering(quick(), HIDDEN)?;
    training.fit(1, &data.set()?)?;
    training.save_checkpoint(&path)?;
    for name in ["steps", "optimizer steps"] {
        for count in [u64::MAX, (1 << 53) + 1] {
            with_note(&path, name, count)?;
            let refused = training.resume(&path);
            let told = matches!(&refused, Err(NnError::Checkpoint { what, .. }) if what == name);
            assert!(told, "{name} = {count}: {refused:?}");
            assert_eq!(training.steps(), 1);
        }
        with_note(&path, name, 1 << 53)?; // as many can be counted on
        let mut other = remembering(quick(), HIDDEN)?;
        other.resume(&path)?;
        other.fit(1, &data.set()?)?;
        training.save_checkpoint(&path)?;
    }
    std::fs::remove_file(&path)?;
    Ok(())
}
