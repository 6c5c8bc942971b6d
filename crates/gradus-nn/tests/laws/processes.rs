//! Several processes train one model as one process would.

use super::{IMAGE, Layers, cycle, draws, images, layers, view};
use gradus_losses::{SoftmaxCrossEntropy, Target};
use gradus_nn::exchange::{Channels, Exchange, ExchangeError, Rank};
use gradus_nn::layers::function;
use gradus_nn::{
    Dataset, Event, Features, Metric, Misfit, Network, NnError, Output, SampleShape, Settings,
    Training,
};
use gradus_optim::adam;
use gradus_random::Key;
use std::error::Error;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What a training leaves: bits of parameters, buffers and history.
type Left = (Vec<u64>, Vec<u64>, Vec<u64>);

/// What one process does.
#[derive(Clone, Copy)]
struct Job {
    layers: fn() -> Layers,
    sample: SampleShape,
    settings: Settings,
    epochs: u64,
}

const IMAGES: Job = Job {
    layers: images,
    sample: IMAGE,
    settings: Settings {
        batch: 16,
        shard: 3,
        threads: 2,
        seed: 1,
    },
    epochs: 3,
};

const DENSE: Job = Job {
    layers,
    sample: SampleShape::Vector(3),
    ..IMAGES
};

fn run(job: Job, exchange: Option<Channels>, labels: &[u32]) -> Result<Left, NnError> {
    let features = job.sample.len();
    let x = draws(features, labels.len(), 5);
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(labels))?;
    let network = Network::new(job.sample, (job.layers)(), Output::Softmax)?;
    let model = network.initialize(Key::new(3))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let size = Metric::new("size", |logits, _| {
        (0..logits.columns())
            .map(|j| logits.get(0, j).unwrap_or(0.0))
            .sum()
    });
    let training = Training::new(model, adam(0.01)?, loss, job.settings)?.with_metrics(vec![size]);
    let mut training = match exchange {
        Some(exchange) => training.with_exchange(Box::new(exchange)),
        None => training,
    };
    training.fit_validated(job.epochs, &data, &data, &mut [])?;
    let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let history = training.history().records().iter().flat_map(|record| {
        let validation = record.validation.iter();
        let all = [&record.training].into_iter().chain(validation);
        all.flat_map(|part| [part.loss].into_iter().chain(part.metrics.clone()))
            .collect::<Vec<_>>()
    });
    let history: Vec<f64> = history.collect();
    Ok((
        bits(training.model().theta()),
        bits(training.model().buffers()),
        bits(&history),
    ))
}

/// The same on each of the connected processes; `job` tells what each of them does.
fn run_on(processes: usize, job: impl Fn(usize) -> (Job, Vec<u32>)) -> Vec<Result<Left, NnError>> {
    let threads: Vec<_> = (0..)
        .zip(Channels::new(processes))
        .map(|(rank, channels)| {
            let (job, labels) = job(rank);
            thread::spawn(move || run(job, Some(channels), &labels))
        })
        .collect();
    threads
        .into_iter()
        .flat_map(thread::JoinHandle::join)
        .collect()
}

/// Dense layers, and images with batch normalization: the last batch is short, and from seven processes on some have no
/// shard.
#[test]
fn processes_change_no_bit() -> Result<(), Box<dyn Error>> {
    let labels = cycle(4, 27);
    for job in [DENSE, IMAGES] {
        let alone = run(job, None, &labels)?;
        for processes in [1, 2, 3, 4, 8] {
            for left in run_on(processes, |_| (job, labels.clone())) {
                assert!(left? == alone, "{processes} processes");
            }
        }
    }
    Ok(())
}

/// One shard and three processes: two of them only pass on, whichever it is.
#[test]
fn a_rank_without_shards_passes_the_sum() -> Result<(), Box<dyn Error>> {
    let settings = Settings {
        batch: 4,
        shard: 4,
        ..DENSE.settings
    };
    let job = Job { settings, ..DENSE };
    let labels = cycle(4, 8);
    let alone = run(job, None, &labels)?;
    for left in run_on(3, |_| (job, labels.clone())) {
        assert_eq!(left?, alone);
    }
    Ok(())
}

/// Seed, batch, network, number of samples: every process says what differs, and on which.
#[test]
fn any_difference_is_named() {
    let labels = cycle(4, 27);
    let changed = |settings| Job { settings, ..DENSE };
    let deeper = Job {
        layers: || {
            let mut all = layers();
            all.push(gradus_nn::layers::dense(4));
            all
        },
        ..DENSE
    };
    let others = [
        (
            "seed",
            changed(Settings {
                seed: 2,
                ..DENSE.settings
            }),
            27,
        ),
        (
            "batch",
            changed(Settings {
                batch: 8,
                ..DENSE.settings
            }),
            27,
        ),
        ("parameters", deeper, 27),
        ("samples", DENSE, 26),
    ];
    for (expected, other, count) in others {
        let job = |rank: usize| {
            if rank == 2 {
                (other, labels[..count].to_vec())
            } else {
                (DENSE, labels.clone())
            }
        };
        for left in run_on(3, job) {
            let Err(NnError::Exchange(ExchangeError::Differs { rank: 2, what, .. })) = &left else {
                panic!("{expected}: {left:?}");
            };
            assert!(what.contains(expected), "{what}");
        }
    }
}

/// A layer that breaks on one process in the second epoch: its own error tells the layer, that of the others the process.
#[test]
fn an_error_in_one_rank_is_an_error_in_all() -> Result<(), Box<dyn Error>> {
    let labels = cycle(4, 27);
    let threads: Vec<_> = Channels::new(3)
        .into_iter()
        .map(|channels| {
            let labels = labels.clone();
            let (is_wrong, broken) = (
                channels.rank().number == 1,
                Arc::new(AtomicBool::new(false)),
            );
            thread::spawn(move || -> Result<NnError, NnError> {
                let x = draws(3, 27, 5);
                let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
                let seen = Arc::clone(&broken);
                let mut all = layers();
                all.push(function("breaks", move |x, pass| {
                    if seen.load(Ordering::Relaxed) {
                        Err(pass.misfit(x, Misfit::NotAVector))
                    } else {
                        Ok(x)
                    }
                }));
                let model = Network::new(3, all, Output::Softmax)?.initialize(Key::new(3))?;
                let loss = Box::new(SoftmaxCrossEntropy::default());
                let mut training = Training::new(model, adam(0.01)?, loss, DENSE.settings)?
                    .with_exchange(Box::new(channels));
                let mut second = |event: &Event<'_, f64>| {
                    broken.store(
                        is_wrong && matches!(event, Event::EpochStart { epoch: 2 }),
                        Ordering::Relaxed,
                    );
                    ControlFlow::Continue(())
                };
                let before = |training: &Training<f64>| training.model().theta().to_vec();
                training.fit(1, &data, &mut [])?;
                let kept = before(&training);
                let error = training.fit(1, &data, &mut [&mut second]).err();
                assert_eq!(before(&training), kept);
                error.ok_or(NnError::NoLayers) // there was none: the wrong answer below
            })
        })
        .collect();
    let mut errors = Vec::new();
    for error in threads.into_iter().flat_map(thread::JoinHandle::join) {
        errors.push(error?);
    }
    let failed = NnError::Exchange(ExchangeError::Failed { rank: 1, step: 3 });
    assert!(matches!(
        errors.remove(1),
        NnError::Layer { kind: "breaks", .. }
    ));
    assert_eq!(errors, [failed.clone(), failed]);
    Ok(())
}

/// A process that ends early is missed by all others; none of them waits for ever.
#[test]
fn a_process_that_ends_is_missed() {
    let labels = cycle(4, 27);
    let mut channels = Channels::new(3);
    drop(channels.remove(0));
    let threads: Vec<_> = channels
        .into_iter()
        .map(|channels| {
            let labels = labels.clone();
            thread::spawn(move || run(DENSE, Some(channels), &labels))
        })
        .collect();
    for left in threads.into_iter().flat_map(thread::JoinHandle::join) {
        assert!(
            matches!(left, Err(NnError::Exchange(ExchangeError::Gone { .. }))),
            "{left:?}"
        );
    }
}

/// A callback sees the same numbers everywhere, so it stops everywhere at the same step.
#[test]
fn callbacks_stop_all_processes_alike() -> Result<(), Box<dyn Error>> {
    let labels = cycle(4, 27);
    let threads: Vec<_> = Channels::new(2)
        .into_iter()
        .map(|channels| {
            let labels = labels.clone();
            thread::spawn(move || -> Result<u64, NnError> {
                assert_eq!(channels.rank().of, 2);
                let x = draws(3, 27, 5);
                let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
                let model = Network::new(3, layers(), Output::Softmax)?.initialize(Key::new(3))?;
                let loss = Box::new(SoftmaxCrossEntropy::default());
                let mut training = Training::new(model, adam(0.01)?, loss, DENSE.settings)?
                    .with_exchange(Box::new(channels));
                let mut stop = |event: &Event<'_, f64>| match event {
                    Event::Step { epoch: 2, .. } => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                };
                training.fit(5, &data, &mut [&mut stop])?;
                Ok(training.state().step())
            })
        })
        .collect();
    for steps in threads.into_iter().flat_map(thread::JoinHandle::join) {
        assert_eq!(steps?, 3);
    }
    Ok(())
}

#[test]
fn ranks_say_where_they_stand() {
    let ranks: Vec<Rank> = Channels::new(2).iter().map(Exchange::rank).collect();
    assert!(ranks[0].is_first() && !ranks[0].is_last() && ranks[1].is_last());
    assert_eq!(ranks[1].to_string(), "rank 1 of 2");
}
