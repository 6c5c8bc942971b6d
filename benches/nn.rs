//! How wide should a shard be, and what does privacy cost? Training steps of 784-10-128-10.
//!
//! An iteration is 20 steps; a step is an element of the throughput. A private step should take at most three times as
//! long as a plain one: it goes back over every shard twice, and draws a normal number for every parameter. The fewer samples
//! a step has, the more the draws weigh.

mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{
    Dataset, Features, Model, Network, Output, Private, PrivateTraining, Settings, Training,
};
use gradus::optim::adam;
use gradus::random::Key;
use std::error::Error;

const STEPS: usize = 20;
const INPUTS: usize = 784;

fn model() -> Result<Model<f32>, Box<dyn Error>> {
    let layers = vec![dense(10), relu(), dense(128), relu(), dense(10)];
    Ok(Network::new(INPUTS, layers, Output::Softmax)?.initialize(Key::new(1))?)
}

fn loss() -> SoftmaxCrossEntropy {
    SoftmaxCrossEntropy::default()
}

fn training(batch: usize, shard: usize, threads: usize) -> Result<Training<f32>, Box<dyn Error>> {
    let settings = Settings {
        batch,
        shard,
        threads,
        seed: 1,
    };
    Ok(Training::new(
        model()?,
        adam(1e-3)?,
        Box::new(loss()),
        settings,
    )?)
}

/// A private training whose steps have as many samples on the average.
fn private(batch: usize, samples: usize) -> Result<PrivateTraining<f32>, Box<dyn Error>> {
    let private = Private {
        rate: batch as f64 / samples as f64,
        clip: 1.0,
        noise: 1.0,
        key: Key::new(1),
        shard: 64,
        threads: 1,
    };
    Ok(PrivateTraining::new(
        model()?,
        adam(1e-3)?,
        Box::new(loss()),
        private,
    )?)
}

/// Pictures and labels: a fifth of the pixels has ink, as in handwriting.
fn pictures(samples: usize) -> (Vec<u8>, Vec<u32>) {
    let ink = (0_u8..=250).map(|x| if x % 5 == 0 { x } else { 0 });
    let pixels = ink.cycle().take(samples * INPUTS).collect();
    (pixels, (0..10).cycle().take(samples).collect())
}

fn dataset<'a>(pixels: &'a [u8], labels: &'a [u32]) -> Result<Dataset<'a, f32>, Box<dyn Error>> {
    let features = Features::Bytes {
        bytes: pixels,
        features: INPUTS,
        scale: 1.0 / 255.0,
    };
    Ok(Dataset::new(features, Target::Labels(labels))?)
}

fn shards(c: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let batch = 128;
    let (pixels, labels) = pictures(STEPS * batch);
    let data = dataset(&pixels, &labels)?;
    let mut group = c.benchmark_group("nn/step 784-10-128-10");
    group.throughput(Throughput::Elements(STEPS as u64));
    for threads in [1, 2] {
        for shard in [32, 64, 128] {
            let mut training = training(batch, shard, threads)?;
            let id = BenchmarkId::new(format!("threads {threads}, shard"), shard);
            group.bench_function(id, |b| b.iter(|| training.fit(1, &data, &mut [])));
        }
    }
    Ok(())
}

fn privacy(c: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let mut group = c.benchmark_group("nn/private step 784-10-128-10");
    group.throughput(Throughput::Elements(STEPS as u64));
    for batch in [128, 512] {
        let samples = STEPS * batch;
        let (pixels, labels) = pictures(samples);
        let data = dataset(&pixels, &labels)?;
        let mut plain = training(batch, 64, 1)?;
        group.bench_function(BenchmarkId::new("plain, batch", batch), |b| {
            b.iter(|| plain.fit(1, &data, &mut []));
        });
        let mut private = private(batch, samples)?;
        group.bench_function(BenchmarkId::new("private, batch", batch), |b| {
            b.iter(|| private.fit(STEPS as u64, &data));
        });
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = settings::criterion();
    shards(&mut criterion)?;
    privacy(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
