//! What does softmax cross-entropy with its gradient cost for a shard of 64 digits, next to the
//! exponentials it cannot do without?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
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

fn main() {
    let mut criterion = settings::criterion();
    softmax_cross_entropy(&mut criterion);
    criterion.final_summary();
}
