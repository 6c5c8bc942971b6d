//! How wide should a shard be? A training step of 784-10-128-10 with batches of 128.
//!
//! An iteration is an epoch of 20 steps; a step is an element of the throughput.

mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Training};
use gradus::optim::adam;
use gradus::random::Key;
use std::error::Error;

const STEPS: usize = 20;
const BATCH: usize = 128;

fn training(shard: usize, threads: usize) -> Result<Training<f32>, Box<dyn Error>> {
    let layers = vec![dense(10), relu(), dense(128), relu(), dense(10)];
    let model = Network::new(784, layers, Output::Softmax)?.initialize(Key::new(1))?;
    let settings = Settings {
        batch: BATCH,
        shard,
        threads,
        seed: 1,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Ok(Training::new(model, adam(1e-3)?, loss, settings)?)
}

fn steps(c: &mut Criterion) -> Result<(), Box<dyn Error>> {
    // A fifth of the pixels has ink, as in handwriting.
    let ink = (0_u8..=250).map(|x| if x % 5 == 0 { x } else { 0 });
    let pixels: Vec<u8> = ink.cycle().take(STEPS * BATCH * 784).collect();
    let labels: Vec<u32> = (0..10).cycle().take(STEPS * BATCH).collect();
    let features = Features::Bytes {
        bytes: &pixels,
        features: 784,
        scale: 1.0 / 255.0,
    };
    let data = Dataset::new(features, Target::Labels(&labels))?;
    let mut group = c.benchmark_group("nn/step 784-10-128-10");
    group.throughput(Throughput::Elements(STEPS as u64));
    for threads in [1, 2] {
        for shard in [32, 64, 128] {
            let mut training = training(shard, threads)?;
            let id = BenchmarkId::new(format!("threads {threads}, shard"), shard);
            group.bench_function(id, |b| b.iter(|| training.fit(1, &data, &mut [])));
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = settings::criterion();
    steps(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
