//! What does softmax cross-entropy with its gradient cost for a shard of 64 digits, next to the
//! exponentials it cannot do without? What do other losses of classes cost beside it, what samples that lie one after
//! the other, and what one that compares all samples with each other?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::losses::{
    Comparison, ConfidencePenalty, GeneralizedCrossEntropy, Loss, NtXent, Poly1,
    SoftmaxCrossEntropy, SoftmaxFocal, Sparsemax, Target, Triplet, Weights,
};
use gradus::numeric::{MatrixMut, MatrixRef, Order, Real, Shape, map};
use inputs::normals;
use std::hint::black_box;

const CLASSES: usize = 10;
const SAMPLES: usize = 64;

#[expect(
    clippy::redundant_closure,
    reason = "only a closure can ask to be inlined into the vectorized loop"
)]
fn softmax_cross_entropy(c: &mut Criterion) {
    let shape = Shape::new(CLASSES, SAMPLES);
    let logits: Vec<f32> = normals(shape.rows * shape.columns);
    let labels: Vec<u32> = (0..10).cycle().take(SAMPLES).collect();
    let mut gradient = vec![0.0_f32; logits.len()];
    let mut group = c.benchmark_group("losses/softmax cross-entropy 10x64");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    for order in [Order::Rows, Order::Columns] {
        group.bench_function(
            BenchmarkId::new("value and gradient", format!("{order:?}")),
            |b| {
                b.iter(|| -> Result<f64, Box<dyn std::error::Error>> {
                    let logits = MatrixRef::new(black_box(&logits), shape, order)?;
                    let gradient = MatrixMut::new(&mut gradient, shape, order)?;
                    let (target, loss) = (Target::Labels(&labels), SoftmaxCrossEntropy::default());
                    Ok(loss.value_and_gradient(logits, target, Weights::Equal, 64.0, gradient)?)
                });
            },
        );
    }
    group.bench_function(
        BenchmarkId::new("exponentials alone", CLASSES * SAMPLES),
        |b| {
            b.iter(|| {
                map(
                    black_box(&logits),
                    &mut gradient,
                    #[inline(always)]
                    |x| Real::exp(x),
                );
            });
        },
    );
}

/// Losses of classes, value and gradient, single precision, rows contiguous.
fn losses_of_classes(c: &mut Criterion) {
    let losses: [(&str, Box<dyn Loss<f32>>); 6] = [
        (
            "softmax cross-entropy",
            Box::new(SoftmaxCrossEntropy::default()),
        ),
        (
            "generalized cross-entropy",
            Box::new(GeneralizedCrossEntropy::default()),
        ),
        ("poly-1", Box::new(Poly1::default())),
        ("focal", Box::new(SoftmaxFocal::default())),
        ("confidence penalty", Box::new(ConfidencePenalty::default())),
        ("sparsemax", Box::new(Sparsemax)),
    ];
    for (classes, samples) in [(10, 128), (1000, 4096)] {
        let shape = Shape::new(classes, samples);
        let logits: Vec<f32> = normals(classes * samples);
        let labels: Vec<u32> = (0..10).cycle().take(samples).collect();
        let mut gradient = vec![0.0_f32; logits.len()];
        let mut group = c.benchmark_group(format!("losses/of classes {samples}x{classes}"));
        group.throughput(Throughput::Elements((classes * samples) as u64));
        for (name, loss) in &losses {
            group.bench_function(*name, |b| {
                b.iter(|| -> Result<f64, Box<dyn std::error::Error>> {
                    let logits = MatrixRef::new(black_box(&logits), shape, Order::Rows)?;
                    let gradient = MatrixMut::new(&mut gradient, shape, Order::Rows)?;
                    let target = Target::Labels(&labels);
                    Ok(loss.value_and_gradient(logits, target, Weights::Equal, 64.0, gradient)?)
                });
            });
        }
    }
}

/// What does it cost that the samples lie one after the other, and a row of sixteen is spread over memory?
fn samples_one_after_the_other(c: &mut Criterion) {
    const SAMPLES: usize = 1024;
    let mut group = c.benchmark_group("losses/samples one after the other");
    for classes in [10, 16, 32, 128] {
        let shape = Shape::new(classes, SAMPLES);
        let logits: Vec<f32> = normals(classes * SAMPLES);
        let labels: Vec<u32> = (0..10).cycle().take(SAMPLES).collect();
        let mut gradient = vec![0.0_f32; logits.len()];
        group.throughput(Throughput::Elements((classes * SAMPLES) as u64));
        for order in [Order::Rows, Order::Columns] {
            group.bench_function(BenchmarkId::new(format!("{order:?}"), classes), |b| {
                b.iter(|| -> Result<f64, Box<dyn std::error::Error>> {
                    let logits = MatrixRef::new(black_box(&logits), shape, order)?;
                    let gradient = MatrixMut::new(&mut gradient, shape, order)?;
                    let (target, loss) = (Target::Labels(&labels), SoftmaxCrossEntropy::default());
                    Ok(loss.value_and_gradient(logits, target, Weights::Equal, 64.0, gradient)?)
                });
            });
        }
    }
}

/// Embeddings, each column with all others (NT-Xent, n² m), and one with two others (triplets, n m).
fn comparisons(c: &mut Criterion) {
    for (numbers, columns) in [(10, 128), (100, 1024)] {
        let shape = Shape::new(numbers, columns);
        let x: Vec<f32> = normals(numbers * columns);
        let mut gradient = vec![0.0_f32; x.len()];
        let pairs: Vec<[usize; 2]> = (0..columns / 2).map(|k| [2 * k, 2 * k + 1]).collect();
        let triplets: Vec<[usize; 3]> = (0..columns)
            .map(|k| [k, (k + 1) % columns, (k + 2) % columns])
            .collect();
        let mut group = c.benchmark_group(format!("losses/comparisons {columns}x{numbers}"));
        group.throughput(Throughput::Elements((numbers * columns) as u64));
        let mut measure =
            |name: &str, ask: &dyn Fn(MatrixRef<'_, f32>, MatrixMut<'_, f32>) -> f64| {
                group.bench_function(name, |b| {
                    b.iter(|| -> Result<f64, Box<dyn std::error::Error>> {
                        let x = MatrixRef::new(black_box(&x), shape, Order::Columns)?;
                        Ok(ask(
                            x,
                            MatrixMut::new(&mut gradient, shape, Order::Columns)?,
                        ))
                    });
                });
            };
        measure("NT-Xent", &|x, gradient| {
            let value =
                NtXent::default().value_and_gradient(x, &pairs, Weights::Equal, 64.0, gradient);
            value.unwrap_or(f64::NAN)
        });
        measure("triplets", &|x, gradient| {
            let value =
                Triplet::default().value_and_gradient(x, &triplets, Weights::Equal, 64.0, gradient);
            value.unwrap_or(f64::NAN)
        });
    }
}

fn main() {
    let mut criterion = settings::criterion();
    softmax_cross_entropy(&mut criterion);
    losses_of_classes(&mut criterion);
    samples_one_after_the_other(&mut criterion);
    comparisons(&mut criterion);
    criterion.final_summary();
}
