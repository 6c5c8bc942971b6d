//! Theorems about networks and their training, as property tests.

#[path = "laws/attribution.rs"]
mod attribution;
#[path = "laws/batches.rs"]
mod batches;
#[path = "laws/biases.rs"]
mod biases;
#[path = "laws/callbacks.rs"]
mod callbacks;
#[path = "laws/checkpoints.rs"]
mod checkpoints;
#[path = "laws/constraints.rs"]
mod constraints;
#[path = "laws/contract.rs"]
mod contract;
#[path = "laws/curvature.rs"]
mod curvature;
#[path = "laws/layers.rs"]
mod each_layer;
#[path = "laws/edges.rs"]
mod edges;
#[path = "laws/files.rs"]
mod files;
#[path = "laws/first_steps.rs"]
mod first_steps;
#[path = "laws/limits.rs"]
mod limits;
#[path = "laws/mapped.rs"]
mod mapped;
#[path = "laws/penalties.rs"]
mod penalties;
#[path = "laws/private.rs"]
mod private;
#[path = "laws/processes.rs"]
mod processes;
#[path = "laws/proximal.rs"]
mod proximal;
#[path = "laws/spectral.rs"]
mod spectral;
#[path = "laws/textbook.rs"]
mod textbook;
#[path = "laws/theorems.rs"]
mod theorems;
#[path = "laws/watching.rs"]
mod watching;
#[path = "laws/weights.rs"]
mod weights;

use gradus_autodiff::{Arena, Tape};
use gradus_linalg::matmul;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, SoftmaxCrossEntropy, SquaredError, Target, Weights};
use gradus_nn::layers::{
    Buffers, Layer, Mode, batch_norm, convolution, dense, dropout, flatten, layer_norm, max_pool,
    relu, residual, sigmoid, tanh,
};
use gradus_nn::{
    Dataset, EarlyStopping, Event, Fan, Features, Initializer, Law, Metric, Misfit, Model, Network,
    NnError, Output, SampleShape, Samples, Settings, Summary, TargetBuffer, Training,
};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_optim::{Chain, SkipNonFinite, adam, sgd};
use gradus_random::{Key, normal};
use gradus_testkit::{
    all_relative, all_same_bits, all_scaled, cases, gradient, relative, strategies,
};
use proptest::prelude::*;
use std::cell::RefCell;
use std::error::Error;
use std::ops::ControlFlow;
use std::sync::Mutex;

type Layers = Vec<Box<dyn Layer<f64>>>;

/// A network of every kind of layer: 3 features, 4 classes.
fn layers() -> Layers {
    vec![
        dense(5),
        tanh(),
        dense(6),
        sigmoid(),
        dense(4),
        relu(),
        dense(4),
    ]
}

fn model(layers: Layers, inputs: usize, seed: u64) -> Result<Model<f64>, NnError> {
    Network::new(inputs, layers, Output::Softmax)?.initialize(Key::new(seed))
}

/// `rows` × `columns` normal draws, columns contiguous.
fn draws(rows: usize, columns: usize, seed: u64) -> DMatrix<f64> {
    let mut rng = Key::new(seed).stream(99).rng();
    DMatrix::from_fn(rows, columns, |_, _| normal(&mut rng))
}

fn view(x: &DMatrix<f64>) -> Result<MatrixRef<'_, f64>, NnError> {
    Ok(MatrixRef::new(
        x.as_slice(),
        Shape::new(x.nrows(), x.ncols()),
        Order::Columns,
    )?)
}

fn cycle(classes: u32, count: usize) -> Vec<u32> {
    (0..classes).cycle().take(count).collect()
}

/// Mean cross-entropy of a batch and its gradient, recorded at once.
fn loss_and_gradient(
    network: &Network<f64>,
    theta: &[f64],
    x: &DMatrix<f64>,
    labels: &[u32],
) -> (f64, Vec<f64>) {
    let mut gradient = vec![0.0; theta.len()];
    let value = Arena::new().value_and_gradient(theta, &mut gradient, |tape| {
        let shape = Shape::new(x.nrows(), x.ncols());
        let x = tape.constant(shape, Order::Columns, |memory| {
            memory.copy_from_slice(x.as_slice());
        });
        let logits = network.logits(tape, x, Mode::Evaluation, Buffers::default());
        logits.unwrap_or(x).loss(|z, gradient| {
            let target = Target::Labels(labels);
            SoftmaxCrossEntropy::default().value_and_gradient(
                z,
                target,
                Weights::Equal,
                labels.len() as f64,
                gradient,
            )
        })
    });
    (value.unwrap_or(f64::NAN), gradient)
}

fn logits(model: &Model<f64>, x: &DMatrix<f64>, mode: Mode) -> Result<DMatrix<f64>, NnError> {
    let tape = Tape::new(model.theta());
    let shape = Shape::new(x.nrows(), x.ncols());
    let x = tape.constant(shape, Order::Columns, |memory| {
        memory.copy_from_slice(x.as_slice());
    });
    Ok(model
        .network()
        .logits(&tape, x, mode, Buffers::default())?
        .value()?)
}

fn training(
    layers: Layers,
    optimizer: Chain<f64>,
    settings: Settings,
) -> Result<Training<f64>, NnError> {
    Training::new(
        model(layers, 3, 7)?,
        optimizer,
        Box::new(SoftmaxCrossEntropy::default()),
        settings,
    )
}

/// Parameters after `epochs` epochs on 50 samples with dropout in the network.
fn trained(epochs: u64, settings: Settings) -> Result<Vec<f64>, Box<dyn Error>> {
    let (x, labels) = (draws(3, 50, 1), cycle(4, 50));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let layers = vec![dense(8), relu(), dropout(0.3), dense(4)];
    let mut training = training(layers, adam(0.01)?, settings)?;
    training.fit(epochs, &data, &mut [])?;
    Ok(training.model().theta().to_vec())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn dense_with_identity_weights_is_the_identity(x in strategies::structured_vector(1..6)) {
        let n = x.len();
        let mut model = Network::new(n, vec![dense(n)], Output::Identity)?.initialize(Key::new(0))?;
        let mut theta = DMatrix::<f64>::identity(n, n).as_slice().to_vec();
        theta.extend(vec![0.0; n]);
        model.set_theta(theta)?;
        prop_assert_eq!(model.predict_one(&x)?, x);
    }

    #[test]
    fn linear_layers_compose_to_the_product(seed in 0_u64..1000) {
        let (a, b, x) = (draws(4, 3, seed), draws(2, 4, seed + 1), draws(3, 5, seed + 2));
        let mut model = Network::new(3, vec![dense(4), dense(2)], Output::Identity)?.initialize(Key::new(0))?;
        let mut theta = a.transpose().as_slice().to_vec(); // rows contiguous
        theta.extend([0.0; 4]);
        theta.extend(b.transpose().as_slice());
        theta.extend([0.0; 2]);
        model.set_theta(theta)?;
        let product = matmul(&matmul(&b, &a)?, &x)?;
        let scale = 60.0; // Σ|b||a||x| of a dozen normal draws, generously
        for (p, q) in model.predict(view(&x)?)?.iter().zip(product.iter()) {
            gradus_testkit::scaled(*p, *q, 16.0 * f64::EPSILON, scale)?;
        }
    }

    #[test]
    fn a_sample_alone_is_a_sample_in_a_batch(seed in 0_u64..1000, count in 1_usize..9) {
        let (model, x) = (model(layers(), 3, seed)?, draws(3, count, seed));
        let batch = model.predict(view(&x)?)?;
        for j in 0..count {
            let alone = model.predict_one(x.column(j).as_slice())?;
            all_relative(&alone, batch.column(j).as_slice(), 64.0 * f64::EPSILON)?;
        }
    }

    #[test]
    fn predictions_are_distributions(seed in 0_u64..1000, x in strategies::structured_vector(3..=3)) {
        let p = model(layers(), 3, seed)?.predict_one(&x)?;
        prop_assert!(p.iter().all(|p| *p >= 0.0));
        relative(p.iter().sum(), 1.0, 4.0 * f64::EPSILON)?;
    }

    #[test]
    fn the_gradient_of_a_network_is_its_slope(seed in 0_u64..1000) {
        let smooth = vec![dense(5), tanh(), dense(6), sigmoid(), dense(4)];
        let (model, x, labels) = (model(smooth, 3, seed)?, draws(3, 4, seed), cycle(4, 4));
        gradient::check(|theta| loss_and_gradient(model.network(), theta, &x, &labels), model.theta())?;
    }

    #[test]
    fn shards_add_up_to_the_batch(seed in 0_u64..1000, cut in 1_usize..7) {
        let (model, x, labels) = (model(layers(), 3, seed)?, draws(3, 8, seed), cycle(4, 8));
        let part = |from: usize, to: usize| {
            let columns = x.columns(from, to - from).into_owned();
            let (value, gradient) = loss_and_gradient(model.network(), model.theta(), &columns, &labels[from..to]);
            let share = (to - from) as f64 / 8.0;
            (value * share, gradient.iter().map(|g| g * share).collect::<Vec<_>>())
        };
        let ((va, ga), (vb, gb), (v, g)) = (part(0, cut), part(cut, 8), part(0, 8));
        relative(va + vb, v, 32.0 * f64::EPSILON)?;
        for ((a, b), g) in ga.iter().zip(&gb).zip(&g) {
            gradus_testkit::scaled(a + b, *g, 128.0 * f64::EPSILON, 1.0)?;
        }
    }

    #[test]
    fn dropout_is_the_identity_in_evaluation(seed in 0_u64..1000, rate in 0.0..=1.0) {
        let x = draws(6, 4, seed);
        let with = |rate| Network::new(6, vec![dropout(rate)], Output::Identity)?.initialize(Key::new(0));
        let training = Mode::Training { key: Key::new(seed), first: 0 };
        prop_assert_eq!(&logits(&with(rate)?, &x, Mode::Evaluation)?, &x);
        prop_assert_eq!(&logits(&with(0.0)?, &x, training)?, &x);
    }

    #[test]
    fn dropout_does_not_depend_on_shards(seed in 0_u64..1000, cut in 1_usize..7) {
        let x = draws(6, 8, seed);
        let model = Network::new(6, vec![dropout(0.4)], Output::Identity)?.initialize(Key::new(0))?;
        let from = |first| Mode::Training { key: Key::new(seed), first };
        let whole = logits(&model, &x, from(0))?;
        let right = logits(&model, &x.columns(cut, 8 - cut).into_owned(), from(cut))?;
        prop_assert_eq!(whole.columns(cut, 8 - cut).into_owned(), right);
    }

    #[test]
    fn saved_parameters_come_back_to_the_bit(seed in 0_u64..1000) {
        let folder = std::env::temp_dir();
        let path = folder.join(format!("gradus-nn-{}-{seed}.safetensors", std::process::id()));
        let (saved, mut loaded) = (model(layers(), 3, seed)?, model(layers(), 3, seed + 1)?);
        saved.save(&path)?;
        let outcome = loaded.load(&path);
        std::fs::remove_file(&path)?;
        outcome?;
        all_same_bits(saved.theta(), loaded.theta())?;
    }

    #[test]
    fn initialization_is_keyed(seed in 0_u64..1000) {
        let (a, b, c) = (model(layers(), 3, seed)?, model(layers(), 3, seed)?, model(layers(), 3, seed + 1)?);
        all_same_bits(a.theta(), b.theta())?;
        prop_assert_ne!(a.theta(), c.theta());
    }
}

#[test]
fn dropout_of_everything_is_zero() -> Result<(), Box<dyn Error>> {
    let model = Network::new(6, vec![dropout(1.0)], Output::Identity)?.initialize(Key::new(0))?;
    let all = logits(
        &model,
        &draws(6, 4, 1),
        Mode::Training {
            key: Key::new(3),
            first: 0,
        },
    )?;
    assert!(all.iter().all(|x| *x == 0.0));
    Ok(())
}

#[test]
fn dropout_keeps_the_mean() -> Result<(), Box<dyn Error>> {
    let (n, rate) = (100_000, 0.3_f64);
    let ones = DMatrix::from_element(100, n / 100, 1.0);
    let model =
        Network::new(100, vec![dropout(rate)], Output::Identity)?.initialize(Key::new(0))?;
    let kept = logits(
        &model,
        &ones,
        Mode::Training {
            key: Key::new(5),
            first: 0,
        },
    )?;
    let mean = kept.iter().sum::<f64>() / n as f64;
    let deviation = (rate / (1.0 - rate) / n as f64).sqrt(); // of a mean of n Bernoulli variables / (1 − p)
    assert!((mean - 1.0).abs() < 5.0 * deviation, "{mean}");
    Ok(())
}

const fn scaling(fan: Fan, law: Law) -> Initializer {
    Initializer::VarianceScaling {
        scale: 3.0,
        fan,
        law,
    }
}

#[test]
fn scaled_variances_are_those_of_the_named_laws() {
    let dimensions = [16, 3, 5, 5];
    let of = |scale, fan| {
        let law = Law::Normal;
        Initializer::VarianceScaling { scale, fan, law }.variance(&dimensions)
    };
    let named = [
        Initializer::HeNormal,
        Initializer::LeCunNormal,
        Initializer::GlorotNormal,
    ]
    .map(|law| law.variance(&dimensions));
    assert_eq!(
        [of(2.0, Fan::In), of(1.0, Fan::In), of(1.0, Fan::Mean)],
        named
    );
    assert_eq!(of(1.0, Fan::Out), 1.0 / 400.0);
}

#[test]
fn initial_weights_have_the_stated_variance() -> Result<(), NnError> {
    let dimensions = [200, 300];
    let all = [
        Initializer::GlorotUniform,
        Initializer::GlorotNormal,
        Initializer::HeUniform,
        Initializer::HeNormal,
        Initializer::LeCunUniform,
        Initializer::LeCunNormal,
        Initializer::Uniform { bound: 0.5 },
        Initializer::Normal { deviation: 2.0 },
        Initializer::TruncatedNormal { deviation: 2.0 },
        scaling(Fan::In, Law::Uniform),
        scaling(Fan::Out, Law::Normal),
        scaling(Fan::Mean, Law::TruncatedNormal),
    ];
    for (law, stream) in all.into_iter().zip(0..) {
        let mut w = vec![0.0_f64; 60_000];
        law.fill(&mut w, &dimensions, &mut Key::new(1).stream(stream).rng())?;
        let (n, variance) = (w.len() as f64, law.variance(&dimensions));
        let mean = w.iter().sum::<f64>() / n;
        let second = w.iter().map(|w| w * w).sum::<f64>() / n;
        assert!(mean.abs() < 5.0 * (variance / n).sqrt(), "{law:?} {mean}");
        // The fourth moment of a normal law is 3 Var², that of a uniform law is less.
        assert!(
            (second - variance).abs() < 5.0 * variance * (2.0 / n).sqrt(),
            "{law:?} {second}"
        );
    }
    Ok(())
}

#[test]
fn threads_change_no_bit() -> Result<(), Box<dyn Error>> {
    let settings = Settings {
        batch: 16,
        shard: 4,
        threads: 1,
        seed: 3,
    };
    let one = trained(3, settings)?;
    for threads in [2, 3, 8] {
        all_same_bits(
            &one,
            &trained(
                3,
                Settings {
                    threads,
                    ..settings
                },
            )?,
        )?;
    }
    Ok(())
}

#[test]
fn shard_width_changes_only_rounding() -> Result<(), Box<dyn Error>> {
    let settings = |shard| Settings {
        batch: 16,
        shard,
        threads: 2,
        seed: 3,
    };
    let whole = trained(1, settings(16))?;
    for shard in [1, 3, 5, 8] {
        // Four steps of Adam at 0.01, each of which moves a parameter by 0.01 at most.
        all_scaled(&whole, &trained(1, settings(shard))?, 1e-9, 0.04)?;
    }
    Ok(())
}

#[test]
fn training_goes_on_where_it_stopped() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 50, 1), cycle(4, 50));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let start = || {
        training(
            vec![dense(8), relu(), dropout(0.3), dense(4)],
            adam(0.01)?,
            Settings::default(),
        )
    };
    let (mut twice, mut once) = (start()?, start()?);
    twice.fit(2, &data, &mut [])?;
    twice.fit(2, &data, &mut [])?;
    once.fit(4, &data, &mut [])?;
    all_same_bits(twice.model().theta(), once.model().theta())?;
    assert_eq!(twice.history(), once.history());
    Ok(())
}

/// Samples that write down who was gathered.
struct Witness {
    seen: Mutex<Vec<u32>>,
}

impl Samples<f64> for Witness {
    fn len(&self) -> usize {
        45
    }
    fn features(&self) -> usize {
        3
    }
    fn gather(&self, index: &[u32], x: &mut [f64]) {
        x.fill(0.5);
        if let Ok(mut seen) = self.seen.lock() {
            seen.extend(index);
        }
    }
    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<f64>) {
        targets.set_labels(index.iter().map(|i| i % 4));
    }
}

#[test]
fn an_epoch_visits_every_sample_once() -> Result<(), Box<dyn Error>> {
    let samples = Witness {
        seen: Mutex::default(),
    };
    let settings = Settings {
        batch: 16,
        shard: 5,
        ..Settings::default()
    };
    let mut training = training(vec![dense(4)], sgd(0.1)?, settings)?;
    let mut orders = Vec::new();
    for _ in 0..2 {
        training.fit(1, &samples, &mut [])?;
        let order = std::mem::take(&mut *samples.seen.lock().map_err(|_| "poisoned")?);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..45).collect::<Vec<_>>());
        orders.push(order);
    }
    assert_ne!(orders[0], orders[1]);
    Ok(())
}

#[test]
fn a_network_learns_eight_points_by_heart() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 8, 4), vec![0, 3, 1, 2, 2, 0, 1, 3]);
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let settings = Settings {
        batch: 8,
        ..Settings::default()
    };
    let hits = Metric::new("accuracy", |z: MatrixRef<'_, f64>, target| match target {
        Target::Labels(labels) => labels
            .iter()
            .enumerate()
            .filter(|(j, label)| {
                let right = z.get(**label as usize, *j);
                z.column(*j).all(|other| Some(other) <= right)
            })
            .count() as f64,
        Target::Values(_) => f64::NAN,
    });
    let mut training = training(vec![dense(32), tanh(), dense(4)], adam(0.02)?, settings)?
        .with_metrics(vec![hits]);
    training.fit(2000, &data, &mut [])?;
    let learned = training.evaluate(&data)?;
    assert!(learned.loss < 1e-3, "{}", learned.loss);
    assert_eq!(learned.metrics, [1.0]);
    Ok(())
}

#[test]
fn early_stopping_keeps_the_best_parameters() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 20, 8), cycle(4, 20));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let (y, other) = (draws(3, 20, 9), cycle(4, 20)); // nothing in common: validation must get worse
    let validation = Dataset::new(Features::Numbers(view(&y)?), Target::Labels(&other))?;
    let start = training(
        vec![dense(32), tanh(), dense(4)],
        adam(0.05)?,
        Settings::default(),
    )?;
    let mut training = start.with_early_stopping(EarlyStopping::new(3, 0.0)?);
    training.fit_validated(500, &data, &validation, &mut [])?;
    let records = training.history().records();
    assert!(records.len() < 500);
    let best = training.best().ok_or("no best epoch")?;
    let losses = records
        .iter()
        .filter_map(|record| record.validation.as_ref().map(|v| v.loss));
    assert_eq!(best.loss, losses.fold(f64::INFINITY, f64::min));
    assert_eq!(best.epoch + 3, records.len() as u64);
    assert_eq!(training.remaining(500), 0);
    let theta = best.theta.clone();
    all_same_bits(training.into_best()?.theta(), &theta)?;
    Ok(())
}

#[test]
fn a_callback_can_stop_in_the_middle_of_an_epoch() -> Result<(), Box<dyn Error>> {
    let samples = Witness {
        seen: Mutex::default(),
    };
    let mut training = training(
        vec![dense(4)],
        sgd(0.1)?,
        Settings {
            batch: 10,
            ..Settings::default()
        },
    )?;
    let mut stop = |event: &Event<'_, f64>| match event {
        Event::Step { samples: 20, .. } => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    training.fit(5, &samples, &mut [&mut stop])?;
    assert_eq!(training.state().step(), 2);
    assert!(training.history().records().is_empty());
    training.fit(1, &samples, &mut [])?; // the rest of the epoch
    assert_eq!((training.state().step(), training.epochs()), (5, 1));
    let seen = samples.seen.lock().map_err(|_| "poisoned")?;
    let mut seen = seen.clone();
    seen.sort_unstable();
    assert_eq!(seen, (0..45).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 4, 1), [0, 1, 2, 4]); // 4 is no class
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut training = training(layers(), sgd(0.1)?, Settings::default())?;
    let before = training.model().theta().to_vec();
    assert!(matches!(
        training.fit(1, &data, &mut []),
        Err(NnError::Loss(_))
    ));
    let thin = draws(2, 4, 1);
    let data = Dataset::new(Features::Numbers(view(&thin)?), Target::Labels(&labels))?;
    assert_eq!(
        training.fit(1, &data, &mut []),
        Err(NnError::FeatureCount {
            expected: 3,
            got: 2
        })
    );
    all_same_bits(&before, training.model().theta())?;
    Ok(())
}

#[test]
fn a_training_that_explodes_stops_with_the_last_good_parameters() -> Result<(), Box<dyn Error>> {
    let (x, y) = (draws(3, 20, 1), draws(1, 20, 2));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
    let model = Network::new(3, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    let settings = Settings {
        batch: 20,
        ..Settings::default()
    };
    let mut training = Training::new(model, sgd(1e3)?, Box::new(SquaredError), settings)?;
    let last = RefCell::new(Vec::new());
    let outcome = (0..500).try_for_each(|_| {
        last.replace(training.model().theta().to_vec());
        training.fit(1, &data, &mut [])
    });
    assert!(
        matches!(
            outcome,
            Err(NnError::NonFiniteLoss { .. } | NnError::Optim(_))
        ),
        "{outcome:?}"
    );
    assert!(last.borrow().iter().all(|w: &f64| w.is_finite()));
    all_same_bits(&last.borrow(), training.model().theta())?;
    Ok(())
}

#[test]
fn batches_that_are_not_finite_are_skipped_and_counted() -> Result<(), Box<dyn Error>> {
    // The squared error of the third sample overflows; it is a batch of its own.
    let (x, y) = ([0.5, 1.0, 1e200, -1.0], [2.0, 3.0, 1.0, -1.0]);
    let row = |x| MatrixRef::new(x, Shape::new(1, 4), Order::Columns);
    let data = Dataset::new(Features::Numbers(row(&x)?), Target::Values(row(&y)?))?;
    let settings = Settings {
        batch: 1,
        ..Settings::default()
    };
    let start = |in_a_row| -> Result<Training<f64>, Box<dyn Error>> {
        let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
        let optimizer = sgd(0.1)?.after(SkipNonFinite { in_a_row })?;
        Ok(Training::new(
            model,
            optimizer,
            Box::new(SquaredError),
            settings,
        )?)
    };
    let mut training = start(1)?;
    training.fit(2, &data, &mut [])?;
    let state = training.state();
    assert_eq!((state.step(), state.number("0.skipped")?), (6, 2.0));
    let losses = training
        .history()
        .records()
        .iter()
        .map(|epoch| epoch.training.loss);
    assert!(losses.clone().count() == 2 && losses.clone().all(f64::is_finite));
    // The count is saved, and the training goes on with the same bits.
    let file = format!("gradus-nn-skipped-{}.safetensors", std::process::id());
    let path = std::env::temp_dir().join(file);
    training.save_checkpoint(&path)?;
    let mut second = start(1)?;
    second.resume(&path)?;
    std::fs::remove_file(&path)?;
    second.fit(1, &data, &mut [])?;
    training.fit(1, &data, &mut [])?;
    assert_eq!(second.state().number("0.skipped")?, 3.0);
    all_same_bits(training.model().theta(), second.model().theta())?;
    // None in a row: the error of a chain without the link.
    let refused = start(0)?.fit(1, &data, &mut []);
    assert!(
        matches!(refused, Err(NnError::NonFiniteLoss { .. })),
        "{refused:?}"
    );
    Ok(())
}

#[test]
fn files_that_do_not_fit_are_refused() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!(
        "gradus-nn-misfit-{}.safetensors",
        std::process::id()
    ));
    let (small, mut large) = (model(vec![dense(4)], 3, 0)?, model(layers(), 3, 0)?);
    small.save(&path)?;
    let before = large.theta().to_vec();
    assert!(matches!(
        large.load(&path),
        Err(NnError::TensorShape { .. })
    ));
    std::fs::write(&path, b"not a safetensors file")?;
    assert!(matches!(
        large.load(&path),
        Err(NnError::InvalidFile { .. })
    ));
    std::fs::write(&path, vec![0; 1 << 21])?; // a header may have a mebibyte
    assert!(matches!(
        large.load(&path),
        Err(NnError::FileTooLarge { .. })
    ));
    std::fs::remove_file(&path)?;
    assert!(matches!(large.load(&path), Err(NnError::Io { .. })));
    all_same_bits(&before, large.theta())?;
    Ok(())
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let refused = |settings| training(vec![dense(4)], sgd(0.1).ok()?, settings).err();
    let zero = Settings {
        batch: 0,
        ..Settings::default()
    };
    assert!(matches!(
        refused(zero),
        Some(NnError::Domain { name: "batch", .. })
    ));
    assert!(matches!(
        Network::<f64>::new(3, vec![], Output::Identity),
        Err(NnError::NoLayers)
    ));
    assert!(matches!(
        Network::<f64>::new(3, vec![dense(0)], Output::Identity),
        Err(NnError::Layer { why, .. }) if *why == Misfit::Empty
    ));
    assert!(matches!(
        Network::<f64>::new(3, vec![dropout(1.5)], Output::Identity),
        Err(NnError::Domain { .. })
    ));
}

/// A network of images with everything that a sequence of layers can have.
fn images() -> Layers {
    let block = vec![convolution(3, 3), batch_norm(), tanh(), convolution(3, 3)];
    vec![
        convolution(3, 3),
        batch_norm(),
        relu(),
        residual(block),
        max_pool(2),
        layer_norm(),
        flatten(),
        dense(4),
    ]
}

const IMAGE: SampleShape = SampleShape::Image {
    channels: 1,
    height: 4,
    width: 6,
};

#[test]
fn names_shapes_and_misfits_are_known_when_a_network_is_made() -> Result<(), NnError> {
    let network = Network::new(IMAGE, images(), Output::Softmax)?;
    let names = |layout: &gradus_optim::Layout| {
        layout
            .entries()
            .iter()
            .map(|e| e.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(network.layout())[..6],
        [
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "3.0.weight",
            "3.0.bias"
        ]
    );
    let buffers = [
        "1.running_mean",
        "1.running_var",
        "3.1.running_mean",
        "3.1.running_var",
    ];
    assert_eq!(names(network.buffer_layout()), buffers);
    assert!(Summary::of(&network).to_string().contains("3 × 2 × 3"));
    let refused = |layers: Layers| {
        Network::new(IMAGE, layers, Output::Identity)
            .err()
            .map(|e| e.to_string())
    };
    assert_eq!(
        refused(vec![relu(), dense(3)]).as_deref(),
        Some("layer 1 (dense) of 1 × 4 × 6: it takes a vector; flatten it first")
    );
    assert_eq!(
        refused(vec![relu(), residual(vec![relu(), max_pool(5)])]).as_deref(),
        Some(
            "layer 1.1 (max pool) of 1 × 4 × 6: a window [5, 5] with stride [5, 5], padding [0, 0] and dilation [1, 1] does not fit"
        )
    );
    Ok(())
}

#[test]
fn threads_change_no_bit_of_parameters_or_buffers() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(24, 30, 5), cycle(4, 30));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut seen = Vec::new();
    for threads in [1, 2, 3] {
        let model = Network::new(IMAGE, images(), Output::Softmax)?.initialize(Key::new(3))?;
        let settings = Settings {
            batch: 16,
            shard: 5,
            threads,
            seed: 1,
        };
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let mut training = Training::new(model, adam(0.01)?, loss, settings)?;
        let before = training.evaluate(&data)?.loss;
        training.fit(20, &data, &mut [])?;
        assert!(training.evaluate(&data)?.loss < before);
        let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        seen.push((
            bits(training.model().theta()),
            bits(training.model().buffers()),
        ));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    Ok(())
}

/// The gradient of the whole network, through all layers at once, agrees with differences of the loss.
#[test]
fn the_gradient_of_a_network_of_images_is_right() -> Result<(), Box<dyn Error>> {
    let smooth = || {
        images()
            .into_iter()
            .filter(|layer| layer.kind() != "max pool")
            .map(|layer| {
                if layer.kind() == "Relu" {
                    tanh()
                } else {
                    layer
                }
            })
            .collect::<Layers>()
    };
    let (x, labels) = (draws(24, 6, 8), cycle(4, 6));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    // Weights of a scale at which four normalizations in a row are not too curved for differences.
    let drawn = Network::new(IMAGE, smooth(), Output::Softmax)?.initialize(Key::new(3))?;
    let start: Vec<f64> = drawn.theta().iter().map(|w| 1.75 * w).collect();
    // One step of plain descent with rate 1 moves θ by the gradient; its loss is that before the step.
    let step = |theta: &[f64]| -> Result<(f64, Vec<f64>), Box<dyn Error>> {
        let mut model = Network::new(IMAGE, smooth(), Output::Softmax)?.initialize(Key::new(3))?;
        model.set_theta(theta.to_vec())?;
        let settings = Settings {
            batch: 6,
            shard: 3,
            ..Settings::default()
        };
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let mut training = Training::new(model, sgd(1.0)?, loss, settings)?;
        // whole batch in one order
        training.fit(1, &data, &mut [])?;
        let gradient = theta
            .iter()
            .zip(training.model().theta())
            .map(|(a, b)| a - b)
            .collect();
        Ok((training.history().records()[0].training.loss, gradient))
    };
    let value_and_gradient = |x: &[f64]| step(x).unwrap_or((f64::NAN, vec![f64::NAN; x.len()]));
    gradient::check(value_and_gradient, &start)?;
    Ok(())
}
