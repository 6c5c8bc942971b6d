//! A training step in steady state allocates nothing, counted over all threads.
//!
//! The counters belong to the whole process, so this binary has one test: nothing else runs beside it.

use gradus::evaluation::hits;
use gradus::losses::{ClassWeightedCrossEntropy, L2, Loss, SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{Layer, dense, dropout, relu};
use gradus::nn::{
    Dataset, Event, Features, Metric, Model, Network, Output, Penalty, Samples, Settings, Subset,
    Training,
};
use gradus::optim::{ClipByGlobalNorm, adam};
use gradus::random::Key;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;

#[global_allocator]
static GLOBAL: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Nine batches of 128 and a smaller one, so that steady state means both sizes.
const SAMPLES: usize = 9 * 128 + 40;
const STEPS: usize = SAMPLES.div_ceil(128);
const EPOCHS: usize = 5;
/// Hidden layers of the main job.
const SMALL: [usize; 2] = [10, 128];

#[test]
fn a_step_in_steady_state_allocates_nothing() -> Result<(), Box<dyn Error>> {
    for threads in [1, 2, 3] {
        for (hidden, rate) in [(SMALL, None), (SMALL, Some(0.2)), ([512, 512], None)] {
            let steps = allocations(threads, network(hidden, rate)?, quiet(), || (), false)?;
            assert_eq!(
                steps,
                [0; (EPOCHS - 1) * STEPS],
                "allocations by step; threads {threads}, hidden {hidden:?}, dropout {rate:?}"
            );
        }
    }
    let steps = allocations(2, network(SMALL, None)?, quiet(), || (), true)?;
    assert_eq!(
        steps,
        [0; (EPOCHS - 1) * STEPS],
        "weights of samples and classes, prices, a subset"
    );
    the_counter_sees_the_thread_of_the_callback()?;
    the_counter_sees_the_threads_of_the_pool()
}

/// Negative control: one allocation in a callback is one allocation a step.
fn the_counter_sees_the_thread_of_the_callback() -> Result<(), Box<dyn Error>> {
    let allocate = || drop(black_box(vec![0_u8; 100]));
    let steps = allocations(2, network(SMALL, None)?, quiet(), allocate, false)?;
    assert_eq!(steps, [1; (EPOCHS - 1) * STEPS]);
    Ok(())
}

/// Negative control: a metric runs in the shards, so it allocates once a shard, on whatever thread.
fn the_counter_sees_the_threads_of_the_pool() -> Result<(), Box<dyn Error>> {
    let greedy = Metric::new("greedy", |_, _| black_box(vec![1.0; 100]).len() as f64);
    let steps = allocations(2, network(SMALL, None)?, greedy, || (), false)?;
    for epoch in steps.chunks(STEPS) {
        let (last, full) = epoch.split_last().ok_or("no step")?;
        assert_eq!(*last, 1, "40 samples are one shard");
        assert!(full.iter().all(|&count| count == 2), "{full:?}");
    }
    Ok(())
}

/// Trains and tells how many allocations each step after the first epoch made, on all threads together.
///
/// The first step of an epoch also counts the shuffling.
fn allocations(
    threads: usize,
    model: Model<f32>,
    metric: Metric<f32>,
    at_each_step: impl Fn() + Sync,
    weighted: bool,
) -> Result<Vec<usize>, Box<dyn Error>> {
    let pixels: Vec<u8> = (0_u8..=250).cycle().take(SAMPLES * 784).collect();
    let labels: Vec<u32> = (0..10).cycle().take(SAMPLES).collect();
    let data = Dataset::new(
        Features::Bytes {
            bytes: &pixels,
            features: 784,
            scale: 1.0 / 255.0,
        },
        Target::Labels(&labels),
    )?;
    let settings = Settings {
        batch: 128,
        threads,
        ..Settings::default()
    };
    let optimizer = adam(1e-3)?.after(ClipByGlobalNorm { max_norm: 1.0 })?;
    let weights: Vec<f32> = (1_u8..=3).cycle().take(SAMPLES).map(f32::from).collect();
    let heavy = data.with_weights(&weights)?;
    let subset = Subset::new(&heavy, (0..u32::try_from(SAMPLES)?).rev().collect())?;
    let (samples, loss, penalties): (&dyn Samples<f32>, Box<dyn Loss<f32>>, _) = if weighted {
        let loss = ClassWeightedCrossEntropy::new(vec![0.5; 10], 0.1)?;
        (
            &subset,
            Box::new(loss),
            vec![Penalty::new(L2 { lambda: 0.1 })],
        )
    } else {
        (&data, Box::new(SoftmaxCrossEntropy::default()), vec![])
    };
    let mut training = Training::new(model, optimizer, loss, settings)?
        .with_metrics(vec![metric])
        .with_penalties(penalties)?;

    let mut steps = Vec::with_capacity(EPOCHS * STEPS);
    let mut before = 0;
    let mut count = |event: &Event<'_, f32>| {
        match event {
            Event::EpochStart { .. } => before = so_far(),
            Event::Step { .. } => {
                at_each_step();
                let now = so_far();
                steps.push(now - before);
                before = now;
            }
            _ => {}
        }
        ControlFlow::Continue(())
    };
    training.fit(EPOCHS as u64, samples, &mut [&mut count])?;
    Ok(steps.split_off(STEPS))
}

/// Calls to the allocator that brought memory, since the process began.
fn so_far() -> usize {
    let stats = GLOBAL.stats();
    stats.allocations + stats.reallocations
}

/// Digits through two hidden layers, with dropout after them if there is a rate.
fn network(hidden: [usize; 2], rate: Option<f64>) -> Result<Model<f32>, Box<dyn Error>> {
    let [first, second] = hidden.map(dense);
    let mut layers: Vec<Box<dyn Layer<f32>>> = vec![first, relu(), second, relu()];
    layers.extend(rate.map(dropout));
    layers.push(dense(10));
    Ok(Network::new(784, layers, Output::Softmax)?.initialize(Key::new(1))?)
}

/// The metric of the main job.
fn quiet() -> Metric<f32> {
    Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    })
}
