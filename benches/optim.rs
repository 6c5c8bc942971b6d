//! What does a chain of links cost next to Adam written as one loop?
//!
//! 10 548 parameters (784-10-128-10) lie in the caches, 669 706 (784-512-512-10) and more do not.

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::numeric::{Shape, vectorized};
use gradus::optim::{ClipByGlobalNorm, Gradient, Layout, OptimError, adam, adam_w};
use inputs::normals;
use std::hint::black_box;
use std::iter::zip;

const SIZES: [usize; 4] = [10_548, 669_706, 1_000_000, 10_000_000];

/// Adam as one loop over four vectors.
fn fused(theta: &mut [f32], mu: &mut [f32], nu: &mut [f32], gradient: &[f32], rate: f32) {
    vectorized(
        #[inline(always)]
        move || {
            for ((x, &g), (m, v)) in zip(zip(theta, gradient), zip(mu, nu)) {
                *m = 0.9 * *m + 0.1 * g;
                *v = 0.999 * *v + 0.001 * g * g;
                *x -= rate * *m / (v.sqrt() + 1e-8);
            }
        },
    );
}

fn steps(c: &mut Criterion) -> Result<(), OptimError> {
    let chains = [
        ("adam", adam(1e-3)?),
        ("adamw", adam_w(1e-3, 1e-2)?),
        (
            "clip, adam",
            adam(1e-3)?.after(ClipByGlobalNorm { max_norm: 1.0 })?,
        ),
    ];
    let mut group = c.benchmark_group("optim/step");
    for n in SIZES {
        let gradient: Vec<f32> = normals(n);
        let mut layout = Layout::new();
        layout.push("theta", Shape::new(n, 1))?;
        group.throughput(Throughput::Elements(n as u64));
        for (name, optimizer) in &chains {
            let mut theta = gradient.clone();
            let mut state = optimizer.init(&layout, &theta)?;
            group.bench_function(BenchmarkId::new(*name, n), |b| {
                b.iter(|| {
                    let shards: [&[f32]; 1] = [black_box(&gradient)];
                    optimizer.update(&mut state, &mut theta, Gradient::known_ordinary(&shards))
                });
            });
        }
        let mut memory = [gradient.clone(), vec![0.0; n], vec![0.0; n]];
        group.bench_function(BenchmarkId::new("adam, one loop", n), |b| {
            let [theta, mu, nu] = &mut memory;
            b.iter(|| fused(theta, mu, nu, black_box(&gradient), black_box(1e-3)));
        });
    }
    Ok(())
}

fn main() -> Result<(), OptimError> {
    let mut criterion = settings::criterion();
    steps(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
